using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Http2Nano.Engine.Tests.Resting;

/// <summary>Somebody who comes to the server, and checks what he hears.</summary>
internal abstract class RestingClient(RestingWorld world)
{
    private const int SynAgain = 1000;

    private readonly Dictionary<int, int> _asked = [];
    private readonly Dictionary<int, (Events Events, int Heard)> _listening = [];
    private Wire? _wire;

    /// <summary>What was heard on this connection and is not taken.</summary>
    protected List<byte> Heard { get; } = [];

    /// <summary>Answers that came.</summary>
    public int Answers { get; private set; }

    /// <summary>Events heard, in octets, and connections that the server ended.</summary>
    public int EventOctets { get; private set; }

    public int Cuts { get; private set; }

    protected RestingWorld World => world;

    protected Random Random => world.Random;

    /// <summary>Whether it has a connection and wants something of it.</summary>
    protected bool IsThere => _wire != null;

    protected bool IsOver => world.Time >= world.QuietFrom || world.IsStopping || world.AllLeft;

    /// <summary>How it is named in messages.</summary>
    protected string Name => $"{GetType().Name} {world.Clients.IndexOf(this)}";

    public void Come()
    {
        if (IsOver)
        {
            return;
        }

        if (!world.IsListening || world.Backlog.Count > world.Options.Backlog)
        {
            world.After(SynAgain, Come);
            return;
        }

        Heard.Clear();
        _asked.Clear();
        _listening.Clear();
        Wire wire = null!;
        wire = new Wire(
            world,
            Random.Next(3) == 0 ? Random.Next(30) : 0,
            octets => HearFrom(wire, octets),
            () => Closed(wire));
        _wire = wire;
        world.Backlog.Add(wire);
        Begin();
    }

    /// <summary>Ends its side, or the connection.</summary>
    public void Leave()
    {
        if (_wire != null)
        {
            Goodbye();
            if (Random.Next(3) == 0)
            {
                _wire.Reset();
            }
            else
            {
                _wire.End();
            }

            _wire = null;
        }
    }

    /// <summary>Everything that was asked for has come, as far as the connection is there.</summary>
    public void Check()
    {
        if (_wire == null)
        {
            return;
        }

        foreach ((int id, int time) in _asked)
        {
            world.Report($"{Name} has no answer to {id} of {time}.");
        }

        foreach ((int id, (Events events, int heard)) in _listening)
        {
            if (heard != events.Published.Count)
            {
                world.Report($"{Name} has heard {heard} of {events.Published.Count} octets of {id}.");
            }
        }
    }

    protected abstract void Begin();

    protected abstract void Take();

    protected virtual void Goodbye()
    {
    }

    protected abstract void CutOff(bool asked);

    protected void Say(string text) => Say(Encoding.Latin1.GetBytes(text));

    protected void Say(byte[] octets) => _wire?.Say(octets);

    protected void EndBehind() => _wire?.End();

    /// <summary>Does something later, if the connection is the same then.</summary>
    protected void Later(int milliseconds, Action action)
    {
        Wire? wire = _wire;
        world.After(milliseconds, () =>
        {
            if (_wire == wire && wire != null)
            {
                action();
            }
        });
    }

    protected void Asked(int id) => _asked[id] = world.Time;

    protected void Forget(int id)
    {
        _asked.Remove(id);
        _listening.Remove(id);
    }

    protected bool IsAsked(int id) => _asked.ContainsKey(id);

    /// <summary>The server has said that it takes no more, and which requests it has not taken.</summary>
    protected void ToldToEnd(int last)
    {
        foreach (int id in _asked.Keys)
        {
            if (id > last)
            {
                _asked.Remove(id);
            }
        }
    }

    protected void Answered(int id, string head, string body, string path, int count)
    {
        Headed(id, head, path);
        Answers++;
        string text = RestingApplication.Text(path, count);
        if (body != text)
        {
            world.Report($"{Name} got '{body}' for '{text}'.");
        }
    }

    /// <summary>The head of the response has come.</summary>
    protected void Headed(int id, string head, string path)
    {
        if (_asked.Remove(id, out int time) && world.Time - time > RestingWorld.Bound)
        {
            world.Report($"{Name} has waited {world.Time - time} ms for {path}.");
        }

        if (!head.Contains($"x-path: {path}\r\n", StringComparison.Ordinal))
        {
            world.Report($"{Name} got for {path}: {head}");
        }
    }

    protected void Listen(int id, int number)
    {
        Events? events = world.Application.Find(number);
        if (events == null)
        {
            world.Report($"{Name} hears events that nobody published.");
        }
        else
        {
            _listening[id] = (events, 0);
        }
    }

    protected void Hear(int id, ReadOnlySpan<byte> octets)
    {
        if (!_listening.TryGetValue(id, out (Events Events, int Heard) stream))
        {
            world.Report($"{Name} hears what it has not asked for on {id}.");
            return;
        }

        foreach (byte octet in octets)
        {
            if (stream.Heard >= stream.Events.Published.Count || octet != stream.Events.At(stream.Heard))
            {
                world.Report($"{Name} hears {octet} as octet {stream.Heard} of {stream.Events.Published.Count} on {id}.");
                break;
            }

            if (world.Time - stream.Events.Published[stream.Heard] > RestingWorld.Bound && !world.IsStopping)
            {
                world.Report($"{Name} hears octet {stream.Heard} after {world.Time - stream.Events.Published[stream.Heard]} ms.");
            }

            stream.Heard++;
            EventOctets++;
        }

        _listening[id] = stream;
    }

    /// <summary>The response is complete: so are its events.</summary>
    protected void HeardAll(int id)
    {
        if (_listening.Remove(id, out (Events Events, int Heard) stream) && (!stream.Events.HasEnded || stream.Heard != stream.Events.Published.Count))
        {
            world.Report($"{Name} was told that {stream.Heard} of {stream.Events.Published.Count} octets on {id} are all.");
        }
    }

    // Whoever has ended his side is not interested any more.
    private void HearFrom(Wire wire, byte[] octets)
    {
        if (_wire == wire)
        {
            Heard.AddRange(octets);
            Take();
        }
    }

    private void Closed(Wire wire)
    {
        if (_wire == wire)
        {
            _wire = null;
            Cuts++;
            CutOff(_asked.Count != 0);
        }
    }
}

/// <summary>Somebody over HTTP/1.1, or something like it.</summary>
internal abstract class Http1Client(RestingWorld world) : RestingClient(world)
{
    /// <summary>Takes a head, with names in lower case.</summary>
    protected string? TakeHead()
    {
        string text = Encoding.Latin1.GetString([.. Heard]);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        Heard.RemoveRange(0, end + 4);
        if (text.StartsWith("HTTP/1.1 503", StringComparison.Ordinal))
        {
            if (!World.MayRefuse)
            {
                World.Report($"{Name} is refused although an exchange is free.");
            }

            // It comes again when the server has closed.
            ToldToEnd(0);
            return null;
        }

        return text[..(end + 2)];
    }
}

/// <summary>Somebody who listens to events over HTTP/1.1.</summary>
internal sealed class EventListener(RestingWorld world) : Http1Client(world)
{
    private bool _inBody;
    private int _number;

    protected override void Begin()
    {
        _inBody = false;
        _number = World.NextNumber();
        Asked(1);
        string head = $"GET /e{_number} HTTP/1.1\r\nHost: d\r\nAccept: text/event-stream\r\n\r\n";
        int half = Random.Next(4) == 0 ? Random.Next(head.Length) : head.Length;
        Say(head[..half]);
        if (half != head.Length)
        {
            Later(Random.Next(20), () => Say(head[half..]));
        }

        if (Random.Next(3) == 0)
        {
            Later(Random.Next(2000), Leave);
        }
        else if (Random.Next(8) == 0)
        {
            // Another request, which nobody will answer.
            Later(Random.Next(100, 1500), () => Say("GET /g1 HTTP/1.1\r\nHost: d\r\n\r\n"));
        }
    }

    protected override void Take()
    {
        if (!_inBody)
        {
            string? head = TakeHead();
            if (head == null)
            {
                return;
            }

            if (head.Contains("content-length", StringComparison.Ordinal) || head.Contains("chunked", StringComparison.Ordinal))
            {
                World.Report(head);
            }

            _inBody = true;
            Listen(1, _number);
            Headed(1, head, $"/e{_number}");
        }

        Hear(1, Heard.ToArray());
        Heard.Clear();
    }

    protected override void CutOff(bool asked) => World.After(Random.Next(50, 500), Come);
}

/// <summary>Somebody who asks again and again over HTTP/1.1.</summary>
internal sealed class Poller : Http1Client
{
    private readonly bool _keeps;
    private readonly int _pause;
    private readonly bool _varies;
    private readonly bool _endsBehind;
    private readonly bool _upgrades;
    private int _left;
    private int _id;
    private string _path = string.Empty;
    private int _length;
    private string? _head;

    public Poller(RestingWorld world)
        : base(world)
    {
        _keeps = Random.Next(3) != 0;
        _pause = Random.Next(3) == 0 ? Random.Next(400) : Random.Next(40);
        _varies = Random.Next(2) == 0;
        _endsBehind = !_keeps && Random.Next(4) == 0;
        _upgrades = Random.Next(6) == 0;
        _left = Random.Next(1, 80);
    }

    protected override void Begin()
    {
        _head = null;
        Later(Random.Next(3) == 0 ? Random.Next(100) : 0, Ask);
    }

    protected override void Take()
    {
        while (true)
        {
            _head ??= TakeHead();
            if (_head == null)
            {
                return;
            }

            if (_head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            {
                // It did not mean it.
                Leave();
                World.After(10, Come);
                return;
            }

            int at = _head.IndexOf("content-length: ", StringComparison.Ordinal);
            int length = at < 0 ? 0 : int.Parse(_head[(at + 16)..].Split('\r')[0], CultureInfo.InvariantCulture);
            if (Heard.Count < length)
            {
                return;
            }

            string body = Encoding.Latin1.GetString([.. Heard.GetRange(0, length)]);
            Heard.RemoveRange(0, length);
            string head = _head;
            _head = null;
            if (!IsAsked(_id))
            {
                World.Report($"{Name} was answered unasked: {head}");
                return;
            }

            Answered(_id, head, body, _path, _length);
            if (--_left == 0 || !_keeps || head.Contains("connection: close", StringComparison.Ordinal))
            {
                Leave();
                if (_left > 0)
                {
                    World.After(_pause, Come);
                }

                return;
            }

            Later(Random.Next(_pause + 1), Ask);
        }
    }

    protected override void CutOff(bool asked) => World.After(asked ? 20 : _pause, Come);

    private void Ask()
    {
        if (IsOver)
        {
            return;
        }

        _id++;
        Asked(_id);
        int kind = Random.Next(10);
        _path = (kind < 6 ? "/g" : kind < 8 ? "/d" : "/u") + (_varies ? Random.Next(10) : 1).ToString(CultureInfo.InvariantCulture);
        _length = kind < 8 ? 0 : Random.Next(1, 200);
        string fields = "Host: d\r\n" + (_varies ? $"X-Any: {new string('v', Random.Next(100))}\r\n" : "User-Agent: poller/1.0\r\n");
        if (kind < 8)
        {
            string upgrade = _upgrades && kind == 0 ? "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n" : string.Empty;
            Say($"GET {_path} HTTP/1.1\r\n{fields}{upgrade}\r\n");
            if (_endsBehind)
            {
                EndBehind();
            }
        }
        else
        {
            int first = Random.Next(_length);
            Say($"POST {_path} HTTP/1.1\r\n{fields}Content-Length: {_length}\r\n\r\n{new string('b', first)}");
            Later(Random.Next(100), () => Say(new string('b', _length - first)));
        }
    }
}

/// <summary>Somebody who says nothing, or only the beginning of something, or nonsense.</summary>
internal sealed class Newcomer(RestingWorld world) : Http1Client(world)
{
    protected override void Begin()
    {
        int what = Random.Next(6);
        World.HasNonsense |= what > 1;
        if (what != 0)
        {
            const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
            Later(Random.Next(50), () => Say(what switch
            {
                1 => "GET / HT",
                2 => Preface[..Random.Next(1, Preface.Length)],
                3 => Preface,
                4 => Preface + "nonsense and more of it",
                _ => "\u0016\u0003\u0001",
            }));
        }

        Later(Random.Next(2000), Leave);
    }

    protected override void Take()
    {
    }

    protected override void CutOff(bool asked)
    {
    }
}
