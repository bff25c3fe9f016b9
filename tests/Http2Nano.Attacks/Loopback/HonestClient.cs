using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Http2Nano.Attacks.Loopback;

/// <summary>A client that asks for a page, on a connection of its own each time.</summary>
internal static class HonestClient
{
    /// <summary>Asks once and takes the time.</summary>
    /// <param name="server">The server.</param>
    /// <param name="version">HTTP/1.1, or HTTP/2 with prior knowledge.</param>
    /// <returns>Time until the answer was complete, connecting included; connections that the server closed are tried again, as browsers do.</returns>
    public static async Task<TimeSpan> AskAsync(IPEndPoint server, Version version)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60), DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
                string text = await client.GetStringAsync(new Uri($"http://{server}/"), CancellationToken.None);
                return text == "Hello, world\n" ? watch.Elapsed : throw new InvalidOperationException("Another answer: " + text);
            }
            catch (HttpRequestException) when (watch.Elapsed.TotalSeconds < 60)
            {
                // Refused or reset: the next attempt counts from the first.
            }
        }
    }
}
