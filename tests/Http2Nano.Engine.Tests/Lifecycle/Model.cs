using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Http2Nano.Hosting;
using Http2Nano.Http1;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>A server whose clients, applications and time are made up, and what has to hold after each step.</summary>
/// <remarks>
/// The octets of a body are all the mark of its request, an octet above ASCII that no other request of the run has. So an octet
/// that reaches another client, or the handler of another request, is seen wherever it comes from.
/// </remarks>
internal sealed partial class Model
{
    // As many as there are marks.
    private const int MostRequests = 127;
    private const int MostTurns = 10_000;
    private const int Trailers = 2;

    private static readonly FieldInfo s_http1 = Field(typeof(HttpSession), "_http1");
    private static readonly FieldInfo s_http2 = Field(typeof(HttpSession), "_http2");
    private static readonly FieldInfo s_exchange = Field(typeof(Http1Connection), "_exchange");
    private static readonly FieldInfo s_upgraded = Field(typeof(Http2Connection), "_upgraded");
    private static readonly FieldInfo s_block = Field(typeof(FieldBlocks), "_exchange");
    private static readonly FieldInfo s_kind = Field(typeof(FieldBlocks), "_kind");

    private readonly Ledger _ledger;
    private readonly ModelApplication _application;
    private readonly Queue<byte> _unsent = [];
    private readonly int _piece;
    private ClientView _view;
    private int _ids;
    private int _nextStream;
    private int _readLimit;
    private bool _connected;
    private bool _ended;
    private bool _greeted;
    private (int Stream, int Id, int Left, bool Chunked) _upload;

    /// <summary>A server that gets its octets in pieces of a size.</summary>
    public Model(int piece, int exchanges, Ledger? ledger = null)
    {
        _ledger = ledger ?? new Ledger();
        _piece = piece;
        _application = new ModelApplication(_ledger, NextId);
        Limits = new HttpLimits
        {
            ReceiveBufferSize = 512,
            TransmitBufferSize = 1024,
            Exchanges = exchanges,
            ExchangeSize = 1024,
            MaximumStreams = 4,
            MaximumPushes = 2,
            InitialWindowSize = 512,
            MaximumDrain = 2048,
        };
        Session = new HttpSession(Limits, _application, Counters);
        _view = new ClientView(_ledger);
    }

    public HttpLimits Limits { get; }

    public HttpSession Session { get; }

    /// <summary>Milliseconds.</summary>
    public long Now { get; set; } = 1000;

    public ServerCounters Counters { get; } = new();

    /// <summary>Turns after which the connection is lost.</summary>
    public int TurnsLeft { get; set; } = int.MaxValue;

    /// <summary>Requests that a handler has seen.</summary>
    public int Handled => _application.Requests;

    /// <summary>The octet that stands for a request.</summary>
    public static byte Mark(int id) => (byte)(0x80 + id);

    /// <summary>Plays steps, one after the other, and then lets everything come to its end.</summary>
    public void Run(IEnumerable<Step> steps)
    {
        using var watch = new ExceptionWatch(_ledger);
        foreach (Step step in steps)
        {
            Play(step);
            Check(step.ToString());
        }

        End();
        while (_ledger.Held.Count != 0)
        {
            Complete(0, false);
        }

        Check("the end");
        for (int i = 0; i < Session.Exchanges.Count; i++)
        {
            Require(Session.Exchanges[i].Owner == ExchangePool.Free, "the end", "An exchange is lost.");
        }

        Require(_ledger.Sources.All(source => source.Closings == 1), "the end", "The body of a response is not closed.");
        Require(_ledger.Sinks.All(sink => sink.Closings == 1), "the end", "The body of a request is not closed.");
    }

    /// <summary>Begins with a connection on which nothing was said.</summary>
    public void Begin()
    {
        End();
        Session.Begin(Now, false);
        _view = new ClientView(_ledger);
        _unsent.Clear();
        _nextStream = 1;
        _readLimit = int.MaxValue;
        _connected = true;
        _ended = false;
        _greeted = false;
        _upload = default;
    }

    /// <summary>From now on no call of the application throws but those that are meant to.</summary>
    public void Heal() => _ledger.ThrowsAt = 0;

    private void Connect(bool http2)
    {
        Begin();
        if (http2)
        {
            _view.BeginHttp2();
            Greet();
        }
    }

    /// <summary>Plays a step.</summary>
    public void Play(Step step)
    {
        switch (step.What)
        {
            case Happening.Connect:
                Connect(step.A % 2 == 0);
                break;
            case Happening.Upgrade:
                Begin();
                Upgrade((Behaviour)(step.A % ModelApplication.Behaviours), step.B);
                break;
            case Happening.Get:
                Request((Behaviour)(step.A % ModelApplication.Behaviours), step.B, false);
                break;
            case Happening.Post:
                Request((Behaviour)(step.A % ModelApplication.Behaviours), step.B, true);
                break;
            case Happening.Data:
                Data(step.A * 7, step.B % 2 == 0);
                break;
            case Happening.Complete:
                Complete(step.A, false);
                break;
            case Happening.CompleteWithSource:
                Complete(step.A, true);
                break;
            case Happening.WriteLate:
                WriteLate(step.A);
                break;
            case Happening.Reset:
                Reset(step.A);
                break;
            case Happening.HalfClose:
                _ended = true;
                break;
            case Happening.Malformed:
                Malformed(step.A, step.B);
                break;
            case Happening.Elapse:
                Elapse(step.A % 4 == 0 ? 60_000 : step.A * step.B);
                break;
            case Happening.Lost:
                End();
                break;
            case Happening.Stop:
                if (_connected)
                {
                    Session.Shutdown(Now);
                }

                break;
            case Happening.Block:
                _readLimit = step.A % 2 == 0 ? int.MaxValue : step.B;
                break;
            case Happening.WindowUpdate:
                WindowUpdate(step.A, step.B);
                break;
            case Happening.Flow:
                foreach (ModelSource source in _ledger.Sources)
                {
                    source.Stalls = false;
                }

                foreach (ModelSink sink in _ledger.Sinks.Where(sink => sink.Waiting != 0))
                {
                    sink.Waiting = 0;
                }

                break;
        }

        Pump();
    }

    private int NextId() => Math.Min(++_ids, MostRequests);

    private void End()
    {
        if (_connected)
        {
            Session.End();
            _connected = false;
        }
    }

    // As the loop of a host does it.
    private void Pump()
    {
        bool told = false;
        for (int turn = 0; _connected; turn++)
        {
            Require(turn < MostTurns, "a turn", "The session goes on without end.");
            if (TurnsLeft != int.MaxValue && --TurnsLeft == 0)
            {
                End();
                return;
            }

            bool moved = Deliver();
            Session.Advance(Now);
            if (_ended && _unsent.Count == 0 && !told && !Session.Finished)
            {
                told = true;
                Session.EndOfStream(Now);
            }

            int count = Math.Min(Session.Transmit.Length, _readLimit);
            if (count != 0)
            {
                _view.Receive(Session.Transmit.Bytes, Session.Transmit.Start, count);
                Session.Transmit.Sent(count);
                _readLimit -= _readLimit == int.MaxValue ? 0 : count;
                moved = true;
            }

            if (Session.Finished && Session.Transmit.Length == 0)
            {
                End();
            }

            if (!moved)
            {
                return;
            }
        }
    }

    private bool Deliver()
    {
        int count = Math.Min(Math.Min(Session.Receive.MakeRoom(), _unsent.Count), _piece);
        for (int i = 0; i < count; i++)
        {
            Session.Receive.Bytes[Session.Receive.End++] = _unsent.Dequeue();
        }

        return count != 0;
    }

    private void Elapse(int milliseconds)
    {
        long target = Now + milliseconds;
        while (_connected && Session.Deadline <= target)
        {
            long deadline = Session.Deadline;
            Now = Math.Max(Now, deadline);
            Pump();
            Require(!_connected || Session.Deadline > Now, "a deadline", "A deadline has passed, and the session did nothing about it.");
        }

        Now = target;
    }

    // What has to hold between any two steps.
    private void Check(string step)
    {
        Require(_ledger.Fault == null, step, _ledger.Fault!);
        HttpExchange?[] held = [.. Holders()];
        ExchangePool pool = Session.Exchanges;
        for (int i = 0; i < pool.Count; i++)
        {
            HttpExchange exchange = pool[i];
            int connections = held.Count(one => one == exchange);
            int applications = _ledger.Held.Count(one => one.Response == exchange.Response);
            (int Connections, int Applications) owners = exchange.Owner switch
            {
                ExchangePool.Free => (0, 0),
                ExchangePool.Protocol => (1, 0),
                ExchangePool.Application => (1, 1),
                _ => (0, 1),
            };
            Require((connections, applications) == owners, step,
                $"An exchange whose owner is {exchange.Owner} is held {connections} times by the connection and {applications} times by the application.");
        }

        if (_ledger.Held.Count == 0 && (Session.Connection == null || (Session.IsBetweenRequests && !Session.AwaitsApplication)))
        {
            Require(held.All(exchange => exchange == null), step, "Nothing is under way, and an exchange is taken.");
            Require(_ledger.Sources.All(source => source.Closings == 1), step, "Nothing is under way, and the body of a response is open.");
            Require(_ledger.Sinks.All(sink => sink.Closings == 1), step, "Nothing is under way, and the body of a request is open.");
        }
    }

    private IEnumerable<HttpExchange?> Holders()
    {
        yield return (HttpExchange?)s_exchange.GetValue(s_http1.GetValue(Session));
        var http2 = (Http2Connection)s_http2.GetValue(Session)!;
        yield return (HttpExchange?)s_upgraded.GetValue(http2);
        if ((int)s_kind.GetValue(http2.FieldBlocks)! != Trailers)
        {
            yield return (HttpExchange?)s_block.GetValue(http2.FieldBlocks);
        }

        for (int slot = 0; slot < http2.Streams.Id.Length; slot++)
        {
            yield return http2.Streams.Exchange[slot];
        }
    }

    private static void Require(bool holds, string step, string fault)
    {
        if (!holds)
        {
            throw new AssertFailedException($"{fault} After {step}.");
        }
    }

    private static FieldInfo Field(Type type, string name) =>
        type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(type.Name, name);
}
