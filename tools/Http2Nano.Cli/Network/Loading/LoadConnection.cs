using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using HdrHistogram;

namespace Http2Nano.Cli.Network.Loading;

/// <summary>One connection of a load.</summary>
internal abstract class LoadConnection(LoadRun run)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    // Frequent enough for a live line, rare enough to cost nothing.
    private const int CountEvery = 512;
    private readonly LongHistogram _times = LoadRun.MakeHistogram();
    private readonly Dictionary<int, long> _statuses = [];
    private long _done;
    private long _bytes;

    /// <summary>Requests without a response.</summary>
    public int Unanswered { get; protected set; }

    protected LoadRun Load => run;

    /// <summary>Sends requests until none are left, or the server ends the connection.</summary>
    public abstract void Run();

    /// <summary>Adds this connection's counts to the totals.</summary>
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
