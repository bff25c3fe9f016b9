using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using HdrHistogram;

namespace Http2Nano.Cli.Network.Loading;

/// <summary>One connection of a load.</summary>
internal abstract class LoadConnection(LoadRun run)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    // Often enough for a live line, rarely enough to cost nothing.
    private const int CountEvery = 512;
    private readonly LongHistogram _times = LoadRun.MakeHistogram();
    private readonly Dictionary<int, long> _statuses = [];
    private long _done;
    private long _bytes;

    /// <summary>Requests begun that have no answer.</summary>
    public int Unanswered { get; protected set; }

    protected LoadRun Load => run;

    /// <summary>Makes requests until there are none left, or the server ends the connection.</summary>
    public abstract void Run();

    /// <summary>Adds what was counted to the whole.</summary>
    public void Count()
    {
        run.Add(_times, _done, _bytes, _statuses);
        _done = 0;
        _bytes = 0;
    }

    protected void Bytes(int count) => _bytes += count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void Answered(int status, long began)
    {
        Unanswered--;
        _done++;
        _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
        _times.RecordValue(System.Math.Clamp((Stopwatch.GetTimestamp() - began) * MicrosecondsPerSecond / Stopwatch.Frequency, 1, 59_000_000));
        if (_done == CountEvery)
        {
            Count();
        }
    }
}
