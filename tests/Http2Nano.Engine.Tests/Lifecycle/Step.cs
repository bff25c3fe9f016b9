using System.Globalization;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>What happens next.</summary>
internal enum Happening
{
    Connect,
    Upgrade,
    Get,
    Post,
    Data,
    Complete,
    CompleteWithSource,
    WriteLate,
    Reset,
    HalfClose,
    Malformed,
    Elapse,
    Lost,
    Stop,
    Block,
    WindowUpdate,
    Flow,
}

/// <summary>A step: what happens, and two numbers that say how.</summary>
internal readonly record struct Step(Happening What, int A, int B)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new({nameof(Happening)}.{What}, {A}, {B})");
}
