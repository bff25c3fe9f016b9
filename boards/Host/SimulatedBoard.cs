using System;
using Http2Nano.Dashboard;

namespace Http2Nano.Host;

/// <summary>A device that does not exist: its temperature follows a slow day, its heap and its radio are restless.</summary>
internal sealed class SimulatedBoard : Board
{
    // The managed heap of an ESP32 without PSRAM.
    private const int Heap = 92160;

    private readonly long _started = Environment.TickCount64;
    private readonly Random _random = new(42);
    private double _noise;
    private bool _output;

    public override string DeviceName => "Http2Nano simulated ESP32";

    public override string Firmware => typeof(SimulatedBoard).Assembly.GetName().Version?.ToString(3) ?? "0";

    public override int Uptime => (int)((Environment.TickCount64 - _started) / 1000);

    public override int HeapTotal => Heap;

    public override int HeapFree => 51200 + (int)(4096 * Math.Sin(Seconds / 17)) + _random.Next(-400, 400);

    public override int Temperature
    {
        get
        {
            _noise = (0.9 * _noise) + ((_random.NextDouble() - 0.5) * 6);
            return 2350 + (int)(120 * Math.Sin(Seconds / 90)) + (int)_noise + (_output ? 40 : 0);
        }
    }

    public override int Signal => -58 + (int)(4 * Math.Sin(Seconds / 23)) + _random.Next(-1, 2);

    public override bool HasOutput => true;

    public override bool Output
    {
        get => _output;
        set => _output = value;
    }

    private double Seconds => (Environment.TickCount64 - _started) / 1000.0;
}
