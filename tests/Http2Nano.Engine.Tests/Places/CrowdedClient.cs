using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Hosting;
using Http2Nano.Hpack;

namespace Http2Nano.Engine.Tests.Places;

/// <summary>What the client asks for on a stream, and what has become of it.</summary>
internal sealed class Asked(int stream, Kind kind, int size)
{
    public int Stream => stream;

    public Kind Kind => kind;

    /// <summary>Octets of the body, of the request or the response; or milliseconds that the application takes.</summary>
    public int Size => size;

    public int Status { get; set; }

    public int Octets { get; set; }

    public bool Ended { get; set; }

    /// <summary>The error code of RST_STREAM; -1 for none.</summary>
    public int Reset { get; set; } = -1;

    /// <summary>The response has come whole.</summary>
    public bool IsAnswered => Ended && Reset < 0;

    /// <summary>No handler has seen it, and it may be sent again.</summary>
    public bool IsRefused => Reset == 7;
}

/// <summary>
/// A client that sends all its requests at once, and opens windows as it receives, as clients do: what it sends lies in the order
/// in which it was sent, and is read as far as the server likes.
/// </summary>
internal sealed class CrowdedClient
{
    private const int HeaderLength = 9;
    private const int WideWindow = 1_000_000;

    private readonly Queue<byte> _unread = [];
    private readonly List<byte> _octets = [];
    private readonly HpackDecoder _decoder = new(HpackDecoder.InitialTableSize);
    private readonly HeaderList _fields = new(new byte[8192]);
    private readonly Dictionary<int, Asked> _asked = [];
    private readonly bool _wide;
    private int _next = 1;

    public CrowdedClient(HttpSession session, bool wide)
    {
        Session = session;
        _wide = wide;
        Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Frame(4, 0, 0, wide ? [0, 4, 0, WideWindow >> 16, (WideWindow >> 8) & 0xFF, WideWindow & 0xFF] : []);
        if (wide)
        {
            Frame(8, 0, 0, [0x10, 0, 0, 0]);
        }
    }

    public HttpSession Session { get; }

    public IEnumerable<Asked> Requests => _asked.Values;

    /// <summary>The server has ended the connection, or has said that it will.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Acknowledgements of PING.</summary>
    public int Pings { get; private set; }

    /// <summary>What SETTINGS_MAX_CONCURRENT_STREAMS was, each time.</summary>
    public List<int> Announced { get; } = [];

    /// <summary>Octets that the server has not read.</summary>
    public int Unread => _unread.Count + Session.Receive.Length;

    /// <summary>Octets that the client still reads; then it stops for a while.</summary>
    public int ReadLimit { get; set; } = int.MaxValue;

    public Asked Ask(Kind kind, int size)
    {
        var asked = new Asked(_next, kind, size);
        _asked.Add(_next, asked);
        _next += 2;
        string path = string.Create(CultureInfo.InvariantCulture, $"/{(int)kind}/{size}");
        byte[] block = [(byte)(asked.Kind.IsUpload() ? 0x83 : 0x82), 0x86, 0x04, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0x01, 1, (byte)'d'];
        Frame(1, asked.Kind.IsUpload() ? 4 : 5, asked.Stream, block);
        return asked;
    }

    /// <summary>The whole body of an upload, whether the server has said anything or not.</summary>
    public void SendBody(Asked asked) => Frame(0, 1, asked.Stream, new byte[asked.Size]);

    public void Ping() => Frame(6, 0, 0, new byte[8]);

    /// <summary>Hands octets over in both directions.</summary>
    /// <returns>Whether any have moved.</returns>
    public bool Turn(long now)
    {
        int room = Math.Min(Session.Receive.MakeRoom(), _unread.Count);
        for (int i = 0; i < room; i++)
        {
            Session.Receive.Bytes[Session.Receive.End++] = _unread.Dequeue();
        }

        int before = Unread;
        Session.Advance(now);
        int count = Math.Min(Session.Transmit.Length, ReadLimit);
        for (int i = 0; i < count; i++)
        {
            _octets.Add(Session.Transmit.Bytes[Session.Transmit.Start + i]);
        }

        Session.Transmit.Sent(count);
        ReadLimit -= ReadLimit == int.MaxValue ? 0 : count;
        while (TakeFrame())
        {
        }

        IsOver |= Session.Finished;
        return count != 0 || Unread != before || room != 0;
    }

    private bool TakeFrame()
    {
        if (_octets.Count < HeaderLength)
        {
            return false;
        }

        int length = (_octets[0] << 16) | (_octets[1] << 8) | _octets[2];
        if (_octets.Count < HeaderLength + length)
        {
            return false;
        }

        int type = _octets[3];
        int flags = _octets[4];
        int stream = (_octets[5] << 24) | (_octets[6] << 16) | (_octets[7] << 8) | _octets[8];
        byte[] payload = [.. _octets.GetRange(HeaderLength, length)];
        _octets.RemoveRange(0, HeaderLength + length);
        switch (type)
        {
            case 0:
                Asked asked = _asked[stream];
                asked.Octets += length;
                asked.Ended |= (flags & 1) != 0;
                if (!_wide && length != 0)
                {
                    Frame(8, 0, 0, [0, 0, (byte)(length >> 8), (byte)length]);
                    if (!asked.Ended)
                    {
                        Frame(8, 0, stream, [0, 0, (byte)(length >> 8), (byte)length]);
                    }
                }

                break;
            case 1:
                _fields.Reset(0, 8192);
                _decoder.Begin(_fields);
                if (!_decoder.Decode(payload, 0, length) || !_decoder.End())
                {
                    throw new InvalidOperationException("A field block that cannot be decoded.");
                }

                _asked[stream].Status = int.Parse(_fields.GetValue(_fields.Find(FieldName.Status)), CultureInfo.InvariantCulture);
                _asked[stream].Ended |= (flags & 1) != 0;
                break;
            case 3:
                _asked[stream].Reset = payload[3];
                _asked[stream].Ended = true;
                break;
            case 4 when (flags & 1) == 0:
                Announced.AddRange(payload.Chunk(6).Where(setting => setting[1] == 3).Select(setting => (int)setting[5]));
                Frame(4, 1, 0, []);
                break;
            case 6:
                Pings++;
                break;
            case 7:
                IsOver = true;
                break;
        }

        return true;
    }

    private void Frame(int type, int flags, int stream, ReadOnlySpan<byte> payload)
    {
        Send([0, (byte)(payload.Length >> 8), (byte)payload.Length, (byte)type, (byte)flags, 0, 0, (byte)(stream >> 8), (byte)stream]);
        Send(payload);
    }

    private void Send(ReadOnlySpan<byte> octets)
    {
        foreach (byte octet in octets)
        {
            _unread.Enqueue(octet);
        }
    }
}
