using System;
using System.Collections.Generic;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests.Remembering;

/// <summary>One of two servers that are told the same, with what came from it.</summary>
internal sealed class Side
{
    private readonly HttpSession _session;

    public Side(HttpLimits limits, bool remembers)
    {
        _session = new HttpSession(limits, Application.Router, Counters);
        _session.Exchanges.Remembers = remembers;
    }

    public RememberedApplication Application { get; } = new();

    public ServerCounters Counters { get; } = new();

    /// <summary>All octets that the server has sent.</summary>
    public List<byte> Sent { get; } = [];

    /// <summary>How many requests were not read again.</summary>
    public int Remembered { get; private set; }

    public bool Finished => _session.Finished;

    public void Begin(long now, bool secure)
    {
        _session.Begin(now, secure);
        Sent.Add((byte)'|');
    }

    public void Receive(ReadOnlySpan<byte> octets, int piece, int taken, long now)
    {
        // More turns than any of it takes: a server that waits for its application takes nothing for the time being.
        int turns = 0;
        do
        {
            int count = Math.Min(Math.Min(piece, octets.Length), _session.Receive.MakeRoom());
            octets[..count].CopyTo(_session.Receive.Bytes.AsSpan(_session.Receive.End));
            _session.Receive.End += count;
            octets = octets[count..];
            _session.Advance(now);
            Take(count == 0 ? int.MaxValue : taken);
        }
        while (octets.Length != 0 && !_session.Finished && ++turns < 1000);
        for (int i = 0; i < _session.Exchanges.Count; i++)
        {
            Remembered += (_session.Exchanges[i].Request.Facts & HttpRequest.Remembered) != 0 ? 1 : 0;
        }
    }

    public void Complete(long now)
    {
        Application.Complete();
        _session.Advance(now);
        Take(int.MaxValue);
    }

    private void Take(int most)
    {
        int count = Math.Min(most, _session.Transmit.Length);
        Sent.AddRange(_session.Transmit.Bytes.AsSpan(_session.Transmit.Start, count));
        _session.Transmit.Sent(count);
    }
}

/// <summary>What a client writes: field blocks with a dynamic table of its own, frames and heads.</summary>
internal sealed class Client
{
    private static readonly string[] s_paths =
    [
        "/", "/b/1", "/b/2", "/b/%31", "/b/1/x/y?q=1", "/deferred", "/long", "/full", "/more", "/throws", "/guarded",
        "/files/a.html", "/files/b.css", "/files/c", "/files/none", "/none", "/b/1?%zz", "/files/%61.html",
    ];

    private static readonly string[] s_fields =
    [
        "accept", "*/*", "if-none-match", "*", "priority", "u=1, i", "x-a", "1", "x-a", "2", "accept-encoding", "gzip",
        "sec-fetch-mode", "navigate", "cookie", "a=b", "range", "bytes=1-4", "te", "trailers", "connection", "close",
        "Sec-Fetch-Site", "same-origin", "accept-language", "en", "Connection", "Keep-Alive", "Expect", "nothing", "Content-Length", "0",
    ];

    // Sizes of the fields in the table, the newest first (RFC 7541 4.1), and what they may add up to.
    private readonly List<int> _table = [];
    private readonly List<byte[]> _blocks = [];
    private readonly List<byte[]> _heads = [];
    private int _limit = 4096;
    private int _stream;

    /// <summary>The stream opened last.</summary>
    public int Stream => _stream - 2;

    public byte[] Preface { get; } =
        [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 3, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0];

    public void Begin()
    {
        _table.Clear();
        _blocks.Clear();
        _heads.Clear();
        _limit = 4096;
        _stream = 1;
    }

    /// <summary>HEADERS with a block that is new, one from before, or one that is nearly one from before.</summary>
    public byte[] Headers(int how, int which, int flavour)
    {
        byte[] block;
        if (how < 6 && _blocks.Count != 0)
        {
            block = _blocks[^(1 + (which % Math.Min(_blocks.Count, how < 3 ? 1 : 4)))];
        }
        else if (how == 6 && _blocks.Count != 0)
        {
            // One octet of the path is another one.
            block = [.. _blocks[^1]];
            int slash = Array.LastIndexOf(block, (byte)'1');
            if (slash >= 0)
            {
                block[slash] = (byte)'2';
            }
        }
        else
        {
            block = Block(which, flavour);
        }

        if (block[0] is not (>= 0x20 and < 0x40) && Array.IndexOf(block, (byte)0x40) < 0)
        {
            _blocks.Add(block);
        }

        byte flags = 5;
        byte[] prefix = [];
        byte[] padding = [];
        if (flavour % 7 == 1)
        {
            flags |= 0x20;
            prefix = [0, 0, 0, (byte)(flavour % 14 == 1 ? 0 : _stream), (byte)flavour];
        }
        else if (flavour % 7 == 2)
        {
            flags |= 8;
            prefix = [3];
            padding = [0, 0, 0];
        }
        else if (flavour % 7 == 3)
        {
            flags &= 0xFE;
        }

        int stream = _stream;
        _stream += 2;
        if (flavour % 11 == 4 && block.Length > 2)
        {
            byte[] first = Frame(1, (byte)(flags & 0xDB & 0xF7), stream, block[..2]);
            return [.. first, .. Frame(9, 4, stream, block[2..])];
        }

        byte[] frame = Frame(1, flags, stream, [.. prefix, .. block, .. padding]);
        return (flags & 1) != 0 ? frame : [.. frame, .. Frame(0, 1, stream, flavour % 2 == 0 ? [] : "body"u8.ToArray())];
    }

    public byte[] Frame(byte type, byte flags, int stream, byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, (byte)(stream >> 8), (byte)stream, .. payload];

    /// <summary>A head that is new, one from before, or one that is nearly one from before.</summary>
    public byte[] Head(int how, int which, int flavour)
    {
        byte[] head;
        if (how < 6 && _heads.Count != 0)
        {
            head = _heads[^(1 + (which % Math.Min(_heads.Count, how < 4 ? 1 : 3)))];
        }
        else if (how == 6 && _heads.Count != 0)
        {
            head = [.. _heads[^1]];
            int digit = Array.IndexOf(head, (byte)'1');
            if (digit >= 0)
            {
                head[digit] = (byte)'2';
            }
        }
        else if (how < 10 && _heads.Count != 0)
        {
            head = WithOtherLines(_heads[^1], how, which, flavour);
        }
        else
        {
            string path = s_paths[which % s_paths.Length];
            StringBuilder text = new($"{(flavour % 9 == 1 ? "HEAD" : flavour % 9 == 2 ? "POST" : "GET")} {path} HTTP/1.{(flavour % 13 == 1 ? 0 : 1)}\r\n");
            text.Append(flavour % 17 == 3 ? "" : "Host: device\r\n");
            for (int i = 0; i < flavour % 12; i++)
            {
                int field = 2 * ((which + i) % (s_fields.Length / 2));
                text.Append(s_fields[field] == "connection" && flavour % 5 != 0 ? "X-Y" : s_fields[field]).Append(": ").Append(s_fields[field + 1]).Append("\r\n");
            }

            text.Append(flavour % 9 == 2 ? "Content-Length: 4\r\n\r\nbody" : "\r\n");
            head = Encoding.ASCII.GetBytes(text.ToString());
        }

        _heads.Add(head);
        return head;
    }

    // A head from before with another target, or with lines that are others, more, fewer, or elsewhere.
    private static byte[] WithOtherLines(byte[] head, int how, int which, int flavour)
    {
        List<string> lines = [.. Encoding.ASCII.GetString(head).Split("\r\n")];
        int fields = lines.Count - 3;
        int one = 1 + (which % Math.Max(fields, 1));
        int other = 1 + (flavour % Math.Max(fields, 1));
        if (how == 7 || fields < 1)
        {
            lines[0] = $"GET {s_paths[which % s_paths.Length]} HTTP/1.{(flavour % 13 == 1 ? 0 : 1)}";
        }
        else if (how == 8)
        {
            lines[one] = (flavour % 5) switch
            {
                0 => lines[one] + "x",
                1 => lines[one].Replace(": ", ":"),
                2 => s_fields[2 * (flavour % (s_fields.Length / 2))] + ": z",
                3 => lines[one].ToUpperInvariant(),
                _ => "X-Sec-Fetch-Site: " + which,
            };
        }
        else if (flavour % 3 == 0)
        {
            lines.RemoveAt(one);
        }
        else if (flavour % 3 == 1)
        {
            lines.Insert(other, lines[one]);
        }
        else
        {
            (lines[one], lines[other]) = (lines[other], lines[one]);
        }

        return Encoding.ASCII.GetBytes(string.Join("\r\n", lines));
    }

    // Method, scheme, authority and path, and some fields; some of them go into the table, some come from it.
    private byte[] Block(int which, int flavour)
    {
        List<byte> block = [];
        if (flavour % 10 == 0)
        {
            _limit = flavour % 20 == 0 ? 200 : 70;
            Integer(block, 0x20, 0x1F, _limit);
            Evict(0);
        }

        block.Add((byte)(flavour % 9 == 1 ? 0x83 : 0x82));
        block.Add((byte)(flavour % 23 == 5 ? 0x87 : 0x86));
        string path = s_paths[which % s_paths.Length];
        block.Add(4);
        Text(block, path);
        block.Add(1);
        Text(block, "device");
        for (int i = 0; i < flavour % 4; i++)
        {
            int field = 2 * ((which + i) % (s_fields.Length / 2));
            if (_table.Count != 0 && (flavour + i) % 3 == 0)
            {
                Integer(block, 0x80, 0x7F, 62 + ((flavour + i) % _table.Count));
                continue;
            }

            string name = s_fields[field].ToLowerInvariant();
            name = name == "connection" ? "x-c" : name;
            bool indexed = (flavour + i) % 3 == 1;
            block.Add((byte)(indexed ? 0x40 : 0));
            Text(block, name);
            Text(block, s_fields[field + 1]);
            if (indexed)
            {
                int size = name.Length + s_fields[field + 1].Length + 32;
                Evict(size);
                if (size <= _limit)
                {
                    _table.Insert(0, size);
                }
            }
        }

        return [.. block];
    }

    private void Evict(int size)
    {
        int sum = size;
        for (int i = 0; i < _table.Count; i++)
        {
            sum += _table[i];
            if (sum > _limit)
            {
                _table.RemoveRange(i, _table.Count - i);
                return;
            }
        }
    }

    private static void Text(List<byte> block, string text)
    {
        block.Add((byte)text.Length);
        block.AddRange(Encoding.ASCII.GetBytes(text));
    }

    private static void Integer(List<byte> block, byte bits, int mask, int value)
    {
        if (value < mask)
        {
            block.Add((byte)(bits | value));
            return;
        }

        block.Add((byte)(bits | mask));
        for (value -= mask; value >= 0x80; value >>= 7)
        {
            block.Add((byte)(value | 0x80));
        }

        block.Add((byte)value);
    }
}
