using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Http2Nano.Soak;

/// <summary>Honest and hostile clients at once until a number of requests is reached, and how the server stood meanwhile.</summary>
internal sealed class SoakRun(IPEndPoint server, Func<Sample> measure)
{
    private const int SampleMilliseconds = 1000;

    private readonly List<Sample> _samples = [];

    public HonestLoad Honest { get; } = new(server);

    public HostileLoad Hostile { get; } = new(server);

    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Runs until the requests were made or the time is over.</summary>
    /// <param name="requests">Requests.</param>
    /// <param name="limit">Longest time.</param>
    /// <param name="report">Is told each sample.</param>
    public async Task RunAsync(long requests, TimeSpan limit, Action<Sample>? report = null)
    {
        using var stop = new CancellationTokenSource(limit);
        Task load = Task.WhenAll(Honest.RunAsync(stop.Token), Hostile.RunAsync(stop.Token));
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(SampleMilliseconds, CancellationToken.None);
            Sample sample = measure();
            _samples.Add(sample);
            report?.Invoke(sample);
            if (sample.Requests >= requests)
            {
                await stop.CancelAsync();
            }
        }

        await load;
    }
}
