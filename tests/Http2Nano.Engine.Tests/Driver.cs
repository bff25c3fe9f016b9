using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Packing;
using Http2Nano.Routing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests;

/// <summary>
/// An application behind a session in memory. It feeds one request after the other and follows the responses to their end,
/// without allocating anything itself.
/// </summary>
internal abstract class Driver
{
    // More turns than any request needs.
    private const int MostTurns = 10000;

    // Both sides' settings, and that they were read.
    private const int GreetingTurns = 3;

    private readonly byte[] _answer = new byte[65536];

    /// <summary>Connects to an application; to the dashboard unless it is another one.</summary>
    /// <param name="application">The application.</param>
    /// <param name="secure">Whether it is as if over TLS.</param>
    protected Driver(RequestDispatcher? application, bool secure = false)
    {
        Session = new HttpSession(new HttpLimits(), application ?? Dashboard(), Counters);
        Session.Begin(Now, secure);
    }

    public ServerCounters Counters { get; } = new();

    /// <summary>The status of the last response.</summary>
    public int Status { get; protected set; }

    /// <summary>How many octets of content the last response had.</summary>
    public int ContentLength { get; protected set; }

    protected HttpSession Session { get; }

    protected long Now { get; private set; }

    /// <summary>Lets pass what is said before the first request.</summary>
    public void Greet()
    {
        for (int i = 0; i < GreetingTurns; i++)
        {
            Step();
        }
    }

    /// <summary>Makes requests, each when the response before it has come.</summary>
    public void Run(int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            BeginRequest();
            int turns = 0;
            while (!Step())
            {
                if (++turns > MostTurns || Session.Finished)
                {
                    throw new AssertFailedException($"The response to request {Counters.Requests + 1} has not come to its end.");
                }
            }
        }
    }

    /// <summary>Says what the next requests consist of: a field block over HTTP/2, a head over HTTP/1.1.</summary>
    public abstract void Take(byte[] octets);

    /// <summary>Prepares the octets of the next request.</summary>
    protected abstract void BeginRequest();

    /// <summary>The octets that are still to be sent: copies as many as fit, and forgets them.</summary>
    protected abstract int Feed(byte[] buffer, int offset, int room);

    /// <summary>Looks at what was sent. True when the response is complete.</summary>
    protected abstract bool Follow(byte[] octets, int count);

    private Router Dashboard()
    {
        var pack = new AssetPack(new MemoryAssetStore(AssetPackBuilder.FromFolder(Path.Combine(AppContext.BaseDirectory, "www")).Build()));
        return new DashboardApplication(new StillBoard(), pack, new DashboardOptions()) { Counters = Counters }.Router;
    }

    private bool Step()
    {
        int room = Session.Receive.MakeRoom();
        Session.Receive.End += Feed(Session.Receive.Bytes, Session.Receive.End, room);
        Session.Advance(Now++);
        int count = Session.Transmit.Length;
        Array.Copy(Session.Transmit.Bytes, Session.Transmit.Start, _answer, 0, count);
        Session.Transmit.Sent(count);
        return Follow(_answer, count);
    }
}
