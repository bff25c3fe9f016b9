using Http2Nano.Dashboard;

namespace Http2Nano.Engine.Tests;

/// <summary>A device on which nothing happens.</summary>
internal sealed class StillBoard : Board
{
    public override string DeviceName => "Still";

    public override string Firmware => "1.0";

    public override int Uptime => 12345;

    public override int HeapFree => 40000;

    public override int HeapTotal => 90000;

    public override int Temperature => 2150;

    public override int Signal => -60;
}
