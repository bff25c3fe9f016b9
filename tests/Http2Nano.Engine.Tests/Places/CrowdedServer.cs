using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Http2Nano.Fields;
using Http2Nano.Hosting;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Places;

/// <summary>A request of a run: which client sends it, and what it is.</summary>
internal readonly record struct Request(int Client, Kind Kind, int Size)
{
    public override string ToString() => $"new({Client}, Kind.{Kind}, {Size})";
}

/// <summary>How many places there are, how the clients behave, and what they ask for.</summary>
internal sealed record Run(int Streams, int Exchanges, bool Wide, bool BodiesLast, int Pause, Request[] Requests)
{
    public override string ToString() =>
        $"new({Streams}, {Exchanges}, {Wide}, {BodiesLast}, {Pause}, [{string.Join(", ", Requests)}])".Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal);
}

/// <summary>Two connections that share the exchanges of a server, in made-up time.</summary>
internal sealed class CrowdedServer
{
    private const int LongestRun = 600_000;
    private const int MostTurns = 100_000;
    private const int Slice = 5;

    // For how long reading may stand still: what responses that are being sent have, and the time between two checks.
    private const int LongestWait = 5000 + 250;

    // Shorter than some body lies unread: that is not its client's fault.
    private const int BodyTimeout = 1000;

    private static readonly FieldInfo s_http2 = typeof(HttpSession).GetField("_http2", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly CrowdedApplication _application = new();
    private readonly ServerCounters _counters = new();
    private readonly ExchangePool _exchanges;
    private readonly CrowdedClient[] _clients;
    private readonly HttpLimits _limits;
    private readonly Run _run;
    private readonly int[] _unread = new int[2];
    private readonly long[] _readAt = new long[2];
    private readonly List<Asked> _bodies = [];
    private long _now = 1000;

    public CrowdedServer(Run run)
    {
        _run = run;
        _limits = new HttpLimits
        {
            ReceiveBufferSize = 256,
            TransmitBufferSize = 1024,
            Exchanges = run.Exchanges,
            ExchangeSize = 1024,
            MaximumStreams = run.Streams,
            MaximumPushes = 0,
            InitialWindowSize = 512,
            BodyTimeout = BodyTimeout,
        };
        _exchanges = new ExchangePool(_limits, 2);
        _clients = [.. Enumerable.Range(0, 2).Select(number =>
        {
            var session = new HttpSession(_limits, _application, _counters, _exchanges, new HttpDate(), number);
            session.Begin(_now, false);
            return new CrowdedClient(session, run.Wide);
        })];
    }

    /// <summary>Requests that were refused.</summary>
    public int Refused => _counters.Refused;

    public IEnumerable<Asked> Requests => _clients.SelectMany(client => client.Requests);

    /// <summary>Plays the run: every request comes to its end, and then everything is free.</summary>
    public void Play()
    {
        Ask();
        Until(() => Requests.All(asked => asked.Ended || asked.Kind.IsEndless()) && _clients.All(client => client.Unread == 0 && client.Pings == 1));
        Require(_clients.All(client => !client.IsOver), "A connection has ended.");

        foreach (Asked asked in Requests)
        {
            bool fits = asked.Kind != Kind.Download || asked.Octets == asked.Size;
            Require(asked.IsRefused || (asked.Kind.IsEndless() && !asked.Ended) || (asked.IsAnswered && asked.Status == 200 && fits),
                $"Stream {asked.Stream} has ended with status {asked.Status}, {asked.Octets} octets, reset {asked.Reset}.");
            Require(!asked.IsRefused || asked.Status == 0, "A request is refused behind its response.");
        }

        _application.End();
        Until(() => Requests.All(asked => asked.Ended));
        foreach (CrowdedClient client in _clients)
        {
            client.ReadLimit = int.MaxValue;
        }

        Elapse(500);
        foreach (CrowdedClient client in _clients)
        {
            Require(client.Announced[^1] == (_run.Wide ? 100 : _run.Streams), "What is announced in the end is wrong.");
            client.Ask(Kind.Short, 0);
        }

        Until(() => Requests.All(asked => asked.Ended));
        Require(_clients.All(client => client.Requests.Last().IsAnswered), "A request at the end is not answered.");
        for (int i = 0; i < _exchanges.Count; i++)
        {
            Require(_exchanges[i].Owner == ExchangePool.Free, "An exchange is lost.");
        }
    }

    private void Ask()
    {
        foreach (Request request in _run.Requests)
        {
            CrowdedClient client = _clients[request.Client];
            Asked asked = client.Ask(request.Kind, request.Size);
            if (asked.Kind.IsUpload())
            {
                if (_run.BodiesLast)
                {
                    _bodies.Add(asked);
                }
                else
                {
                    client.SendBody(asked);
                }
            }
        }

        foreach (CrowdedClient client in _clients)
        {
            foreach (Asked asked in client.Requests.Intersect(_bodies))
            {
                client.SendBody(asked);
            }

            client.Ping();
            client.ReadLimit = _run.Pause == 0 ? int.MaxValue : _run.Pause;
        }
    }

    private void Until(Func<bool> holds)
    {
        long end = _now + LongestRun;
        while (!holds())
        {
            Require(_now < end, "Requests wait for ever.");
            Elapse(Slice);

            // A client that has stopped reading goes on.
            foreach (CrowdedClient client in _clients.Where(client => client.ReadLimit == 0))
            {
                client.ReadLimit = _run.Pause;
            }
        }
    }

    // To the next time at which something happens, or by some milliseconds.
    private void Elapse(int milliseconds)
    {
        long target = _now + milliseconds;
        do
        {
            _application.Now = _now;
            _application.Complete();
            for (int i = 0; i < _clients.Length; i++)
            {
                CrowdedClient client = _clients[i];
                for (int turn = 0; !client.IsOver && client.Turn(_now); turn++)
                {
                    Require(turn < MostTurns, "The session goes on without end.");
                }

                Check(client);
                if (client.Unread == 0 || client.Unread != _unread[i])
                {
                    _unread[i] = client.Unread;
                    _readAt[i] = _now;
                }

                Require(_now - _readAt[i] <= LongestWait, $"Nothing was read for {_now - _readAt[i]} ms.");
            }

            long next = Math.Min(target, _application.Next);
            _now = Math.Max(_now + 1, _clients.Where(client => !client.IsOver).Select(client => client.Session.Deadline).Append(next).Min());
        }
        while (_now < target);
    }

    private void Check(CrowdedClient client)
    {
        var http2 = (Http2Connection)s_http2.GetValue(client.Session)!;
        int open = client.Requests.Count(asked => asked.Status != 0 && !asked.Ended);
        Require(http2.Streams.Requests <= _run.Streams && open <= _run.Streams, "There are more streams than places.");
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new AssertFailedException($"{fault} At {_now} of {_run}");
        }
    }
}
