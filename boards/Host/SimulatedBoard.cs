using System;
using System.IO;
using System.Linq;
using Http2Nano.Dashboard;
using Http2Nano.Development;

namespace Http2Nano.Host;

/// <summary>
/// A simulated device: its temperature changes slowly, its heap and its radio signal change all the time.
/// </summary>
/// <param name="profile">The board whose heap it has.</param>
/// <param name="serverHeap">Bytes of the heap that the server takes.</param>
/// <param name="sensorFault">
/// Seconds for which the temperature sensor alternately answers and is silent; 0 for no fault.
/// </param>
/// <param name="without">The parts that it lacks.</param>
internal sealed class SimulatedBoard(BoardProfile profile, int serverHeap, int sensorFault, string[] without) : Board
{
    /// <summary>A part: the temperature sensor.</summary>
    public const string Sensor = "sensor";

    /// <summary>A part: the radio.</summary>
    public const string Wifi = "wifi";

    /// <summary>A part: the output.</summary>
    public const string Switch = "switch";

    /// <summary>A part: the drive that keeps what is set.</summary>
    public const string Storage = "storage";

    // Rough heap of the runtime and the application beside the server.
    private const int Others = 14 * 1024;

    private long _started = Environment.TickCount64;
    // Read by the server and by the loop that records measurements.
    private readonly object _lock = new();
    private readonly Random _random = new(42);
    private double _noise;
    private bool _output;

    public override string DeviceName => $"Simulated {profile.Name}";

    public override string Firmware => typeof(SimulatedBoard).Assembly.GetName().Version?.ToString(3) ?? "0";

    public override int Uptime => (int)((Environment.TickCount64 - _started) / 1000);

    public override int HeapTotal => profile.Heap;

    public override int HeapFree => profile.Heap - serverHeap - Others - 2048 + (int)(1536 * Math.Sin(Seconds / 17)) + Restless(-300, 300);

    public override int Temperature
    {
        get
        {
            if (!Has(Sensor))
            {
                return Unknown;
            }

            if (sensorFault != 0 && (int)(Seconds / sensorFault) % 2 == 1)
            {
                throw new IOException("The sensor does not answer.");
            }

            lock (_lock)
            {
                _noise = (0.9 * _noise) + ((_random.NextDouble() - 0.5) * 6);
                return 2350 + (int)(120 * Math.Sin(Seconds / 90)) + (int)_noise + (_output ? 40 : 0);
            }
        }
    }

    public override int Signal => !HasWifi ? Unknown : -58 + (int)(4 * Math.Sin(Seconds / 23)) + Restless(-1, 2);

    /// <summary>Whether it has a radio.</summary>
    public bool HasWifi => profile.HasWifi && Has(Wifi);

    /// <summary>Whether it keeps what is set.</summary>
    public bool HasStorage => Has(Storage);

    public override bool HasOutput => Has(Switch);

    public override bool Output
    {
        get => _output;
        set => _output = value;
    }

    public override bool SaveSettings(string deviceName, bool fahrenheit) => HasStorage;

    /// <summary>As if it had been restarted: it has run for no time, and its output is off.</summary>
    public void Restart()
    {
        _output = false;
        _started = Environment.TickCount64;
    }

    private double Seconds => (Environment.TickCount64 - _started) / 1000.0;

    private bool Has(string part) => !without.Contains(part);

    private int Restless(int least, int end)
    {
        lock (_lock)
        {
            return _random.Next(least, end);
        }
    }
}
