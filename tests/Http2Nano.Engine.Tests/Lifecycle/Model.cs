using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using Http2Nano.Hosting;
using Http2Nano.Http1;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>What happens next.</summary>
internal enum Happening
{
    Connect,
    Upgrade,
    Get,
    Post,
    Data,
    Complete,
    CompleteWithSource,
    WriteLate,
    Reset,
    HalfClose,
    Malformed,
    Elapse,
    Lost,
    Stop,
    Block,
    WindowUpdate,
    Flow,
}

/// <summary>A step: what happens, and two numbers that say how.</summary>
internal readonly record struct Step(Happening What, int A, int B)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new({nameof(Happening)}.{What}, {A}, {B})");
}

/// <summary>A server whose clients, applications and time are made up, and what has to hold after each step.</summary>
/// <remarks>
/// The octets of a body are all the mark of its request, an octet above ASCII that no other request of the run has. So an octet
/// that reaches another client, or the handler of another request, is seen wherever it comes from.
/// </remarks>
internal sealed class Model
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

    private void Send(ReadOnlySpan<byte> octets)
    {
        if (!_ended)
        {
            foreach (byte octet in octets)
            {
                _unsent.Enqueue(octet);
            }
        }
    }

    private void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    private void Frame(int type, int flags, int stream, ReadOnlySpan<byte> payload)
    {
        Send([0, (byte)(payload.Length >> 8), (byte)payload.Length, (byte)type, (byte)flags,
            (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream]);
        Send(payload);
    }

    private void Greet()
    {
        if (!_greeted)
        {
            _greeted = true;
            Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            Frame(4, 0, 0, []);
            Frame(4, 1, 0, []);
            _nextStream = _view.Open.Any() ? 3 : _nextStream;
        }
    }

    private void Upgrade(Behaviour behaviour, int how)
    {
        int id = NextId();
        _view.Requests.Add(id);
        string host = how % 4 == 0 ? string.Empty : " d";
        Send($"GET {ModelApplication.Path(behaviour, id)} HTTP/1.1\r\nHost:{host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
        _nextStream = 3;
    }

    private void Request(Behaviour behaviour, int how, bool upload)
    {
        if (_upload.Id != 0 || _ids >= MostRequests - 10)
        {
            return;
        }

        if (!_connected)
        {
            Connect(how % 2 == 0);
        }

        int id = NextId();
        string path = ModelApplication.Path(behaviour, id);
        int length = upload ? how * 13 : 0;
        bool chunked = how % 3 == 0;
        if (!_view.IsHttp2)
        {
            _view.Requests.Add(id);
            string fields = !upload ? string.Empty
                : (how % 5 == 0 ? "Expect: 100-continue\r\n" : string.Empty) + (chunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {length}\r\n");
            Send($"{(upload ? "POST" : "GET")} {path} HTTP/1.1\r\nHost: d\r\n{fields}\r\n");
            _upload = upload && (chunked || length != 0) ? (0, id, length, chunked) : default;
            return;
        }

        Greet();
        int stream = _nextStream;
        _nextStream += 2;
        _view.Add(stream, id);
        List<byte> block = [0x20, (byte)(upload ? 0x83 : 0x82), 0x86, 0x04, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0x01, 1, (byte)'d'];
        if (upload && !chunked)
        {
            string digits = length.ToString(CultureInfo.InvariantCulture);
            block.AddRange([0x0F, 0x0D, (byte)digits.Length, .. Encoding.ASCII.GetBytes(digits)]);
        }

        bool cut = how % 7 == 0;
        byte[] octets = [.. block];
        Frame(1, (upload ? 0 : 1) | (cut ? 0 : 4), stream, cut ? octets.AsSpan(0, 3) : octets);
        if (cut)
        {
            Frame(9, 4, stream, octets.AsSpan(3));
        }

        _upload = upload ? (stream, id, length, chunked) : default;
    }

    private void Data(int count, bool last)
    {
        if (!_connected || _upload.Id == 0)
        {
            return;
        }

        count = _upload.Chunked ? count : Math.Min(count, _upload.Left);
        last = _upload.Chunked ? last : count == _upload.Left;
        byte[] octets = new byte[count];
        octets.AsSpan().Fill(Mark(_upload.Id));
        if (_upload.Stream != 0)
        {
            Frame(0, last ? 1 : 0, _upload.Stream, octets);
        }
        else
        {
            if (_upload.Chunked && count != 0)
            {
                Send(count.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
            }

            Send(octets);
            Send(!_upload.Chunked ? string.Empty : (count != 0 ? "\r\n" : string.Empty) + (last ? "0\r\n\r\n" : string.Empty));
        }

        _upload = last ? default : _upload with { Left = _upload.Left - count };
    }

    private void Complete(int which, bool withSource)
    {
        if (_ledger.Held.Count == 0)
        {
            return;
        }

        Held held = _ledger.Held[which % _ledger.Held.Count];
        _ledger.Held.Remove(held);
        OnThread(() =>
        {
            try
            {
                if (withSource)
                {
                    _application.SetSource(held.Response, new ModelSource(_ledger, held.Id, 250) { ThrowsInClose = which % 2 == 0 }, 250);
                }
                else
                {
                    ModelApplication.Fill(held.Response, held.Id, 20);
                }
            }
            catch (InvalidOperationException)
            {
                // It has a body already.
            }

            held.Response.Complete();
        });
    }

    private void WriteLate(int which)
    {
        if (_ledger.Held.Count == 0)
        {
            return;
        }

        Held held = _ledger.Held[which % _ledger.Held.Count];
        OnThread(() =>
        {
            try
            {
                Require(held.Request.PeerAddress.Length == 0 && !held.Request.IsSecure, "late", "The client is another.");
                held.Response.Push("/"u8.ToArray());
                held.Response.EarlyHints("</late>"u8.ToArray());
                ModelApplication.Fill(held.Response, held.Id, 9);
            }
            catch (InvalidOperationException)
            {
                // It has a body already.
            }
        });
    }

    private void OnThread(Action work)
    {
        var thread = new Thread(() =>
        {
            using var watch = new ExceptionWatch(_ledger);
            try
            {
                work();
            }
            catch (Exception exception)
            {
                _ledger.Report("A thread of the application is told: " + exception);
            }
        });
        thread.Start();
        thread.Join();
    }

    private void Reset(int which)
    {
        if (!_connected || !_view.IsHttp2 || !_greeted)
        {
            return;
        }

        int[] open = [.. _view.Open];
        if (open.Length != 0)
        {
            int stream = open[which % open.Length];
            _view.Leave(stream);
            Frame(3, 0, stream, [0, 0, 0, 8]);
            _upload = stream == _upload.Stream ? default : _upload;
        }
    }

    private void WindowUpdate(int which, int size)
    {
        if (_connected && _view.IsHttp2 && _greeted)
        {
            int[] open = [.. _view.Open];
            int stream = open.Length == 0 || which % 2 == 0 ? 0 : open[which % open.Length];
            Frame(8, 0, stream, [0, 0, (byte)size, 1]);
        }
    }

    private void Malformed(int how, int size)
    {
        if (!_connected)
        {
            return;
        }

        if (!_view.IsHttp2)
        {
            if (_upload.Id == 0)
            {
                _view.Requests.Add(0);
                Send(how % 2 == 0 ? "no request\r\n\r\n" : "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            }
            else if (_upload.Chunked)
            {
                Send("no chunk\r\n");
                _upload = default;
            }

            _ended |= how % 5 == 0;
            return;
        }

        Greet();
        int stream = _upload.Stream != 0 ? _upload.Stream : _nextStream;
        switch (how % 7)
        {
            case 0:
                Frame(0, 0, 0, [1, 2, 3]);
                break;
            case 1:
                // Longer than its content-length says, or on an idle stream.
                byte[] octets = new byte[size + 900];
                octets.AsSpan().Fill(Mark(_upload.Id));
                Frame(0, 1, stream, octets);
                break;
            case 2:
                Frame(1, 5, stream, [0x20, 0x82]);
                _nextStream = Math.Max(_nextStream, stream + 2);
                break;
            case 3:
                Frame(1, 1, stream, [0x20, 0x82, 0x86]);
                _nextStream = Math.Max(_nextStream, stream + 2);
                break;
            case 4:
                Frame(1, 5, stream, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
                break;
            case 5:
                Frame(8, 0, stream, [0, 0, 0, 0]);
                break;
            default:
                Send("xyz");
                break;
        }

        _upload = default;
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
