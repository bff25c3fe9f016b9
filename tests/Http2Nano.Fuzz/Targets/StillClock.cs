using Http2Nano.Messages;

namespace Http2Nano.Fuzz.Targets;

/// <summary>A clock that stands: what an input does must not depend on the time of day.</summary>
internal sealed class StillClock : Clock
{
    public override long Now => 0;
}
