using System;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// Something that takes bytes from outside. One file holds one target; it is found by its name, the type's without "Target".
/// </summary>
public interface IFuzzTarget
{
    /// <summary>Inputs to start from; each with a name for its file.</summary>
    (string Name, byte[] Input)[] Seeds { get; }

    /// <summary>Takes an input. Whatever it throws is a finding.</summary>
    /// <param name="input">The input, of any length.</param>
    void Run(ReadOnlySpan<byte> input);
}
