using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using HdrHistogram;
using Http2Nano.Development;

namespace Http2Nano.Cli.Network.Loading;

/// <summary>A running load: a thread for each connection, and the totals of their counts.</summary>
internal sealed class LoadRun(Target target, LoadOptions options)
{
    // Microseconds: up to a minute, three digits.
    private const long Longest = 60_000_000;
    private const int Digits = 3;
    private const int MostFailures = 10;

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<int, long> _statuses = new();
    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly LongHistogram _times = new(Longest, Digits);
    private readonly Lock _lock = new();
    private long _begun;
    private long _done;
    private long _failed;
    private long _bytes;
    private long _connections;
    private volatile bool _stop;

    public long Done => Interlocked.Read(ref _done);

    public long Failed => Interlocked.Read(ref _failed);

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Connections => Interlocked.Read(ref _connections);

    public IReadOnlyDictionary<int, long> Statuses => _statuses;

    /// <summary>The errors, each kind once.</summary>
    public IEnumerable<string> Troubles => _troubles.Distinct();

    public TimeSpan Elapsed { get; private set; }

    public bool IsStopping => _stop || Stopwatch.GetElapsedTime(_started).TotalSeconds > options.Seconds;

    public LoadOptions Options => options;

    public Target Target => target;

    /// <summary>Times to the end of a response, in microseconds.</summary>
    public LongHistogram Times => _times;

    /// <summary>Runs until all requests are done, the time is over, or it is stopped.</summary>
    /// <param name="tick">Called five times a second.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Run(Action<LoadRun> tick, CancellationToken cancellation)
    {
        using CancellationTokenRegistration stop = cancellation.Register(() => _stop = true);
        Thread[] threads = [.. Enumerable.Range(0, options.Connections).Select(_ => new Thread(Serve) { IsBackground = true })];
        long started = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        while (threads.Any(thread => thread.IsAlive))
        {
            _stop |= IsStopping;
            Elapsed = Stopwatch.GetElapsedTime(started);
            tick(this);
            threads.FirstOrDefault(thread => thread.IsAlive)?.Join(200);
        }

        Elapsed = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Asks for permission to send a request.</summary>
    public bool TryBegin()
    {
        if (_stop)
        {
            return false;
        }

        long begun = Interlocked.Increment(ref _begun);

        // What time it is takes longer to find out than to count.
        if (begun <= options.Requests && ((begun & 63) != 0 || !IsStopping))
        {
            return true;
        }

        Interlocked.Decrement(ref _begun);
        return false;
    }

    /// <summary>Adds the counts of a connection, at its end and at intervals.</summary>
    public void Add(LongHistogram times, long done, long bytes, Dictionary<int, long> statuses)
    {
        Interlocked.Add(ref _done, done);
        Interlocked.Add(ref _bytes, bytes);
        foreach ((int status, long count) in statuses)
        {
            _statuses.AddOrUpdate(status, count, (_, before) => before + count);
        }

        lock (_lock)
        {
            _times.Add(times);
        }

        times.Reset();
        statuses.Clear();
    }

    /// <summary>A histogram for one connection.</summary>
    public static LongHistogram MakeHistogram() => new(Longest, Digits);

    private void Serve()
    {
        int failures = 0;
        while (failures < MostFailures && !IsStopping && Interlocked.Read(ref _begun) < options.Requests)
        {
            long before = Done;
            LoadConnection connection = options.Http2 ? new Http2Load(this) : new Http1Load(this);
            try
            {
                Interlocked.Increment(ref _connections);
                connection.Run();
                if (connection.Unanswered == 0)
                {
                    failures = 0;
                    continue;
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or UserException or TlsException or InvalidDataException or ArgumentException)
            {
                _troubles.Enqueue(exception is IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } }
                    ? $"No answer within {options.Timeout / 1000} s."
                    : exception.Message);
            }
            finally
            {
                connection.Count();
                Interlocked.Add(ref _failed, connection.Unanswered);
            }

            failures = Done > before ? 0 : failures + 1;
        }

        if (failures == MostFailures)
        {
            _stop = true;
        }
    }
}
