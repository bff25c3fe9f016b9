using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Hpack;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>What a client sees of one connection: every octet has to belong to the request that it answers.</summary>
internal sealed class ClientView(Ledger ledger)
{
    private const int HeaderLength = 9;

    private readonly List<byte> _octets = [];
    private readonly HpackDecoder _decoder = new(HpackDecoder.InitialTableSize);
    private readonly HeaderList _fields = new(new byte[8192]);
    private readonly Dictionary<int, int> _ids = [];
    private readonly HashSet<int> _ended = [];
    private readonly HashSet<int> _left = [];
    private int _responses;
    private bool _inHead = true;

    /// <summary>Requests of HTTP/1.1 in their order; 0 for what is none.</summary>
    public List<int> Requests { get; } = [];

    /// <summary>101 has come, or the preface was sent: frames follow.</summary>
    public bool IsHttp2 { get; private set; }

    /// <summary>Streams of the client's whose responses are not complete.</summary>
    public IEnumerable<int> Open
    {
        get
        {
            foreach (int stream in _ids.Keys)
            {
                if (!_ended.Contains(stream) && !_left.Contains(stream))
                {
                    yield return stream;
                }
            }
        }
    }

    public void BeginHttp2() => IsHttp2 = true;

    /// <summary>A stream carries a request.</summary>
    public void Add(int stream, int id) => _ids[stream] = id;

    /// <summary>The client has reset a stream, and asks for nothing more of it.</summary>
    public void Leave(int stream) => _left.Add(stream);

    public void Receive(byte[] bytes, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _octets.Add(bytes[offset + i]);
        }

        int taken = 0;
        while (taken >= 0 && _octets.Count != 0)
        {
            taken = IsHttp2 ? TakeFrame() : TakeText();
            if (taken <= 0)
            {
                break;
            }

            _octets.RemoveRange(0, taken);
        }
    }

    // Bodies are octets above ASCII, so a status line is seen wherever it begins.
    private int TakeText()
    {
        if (!_inHead)
        {
            int at = 0;
            while (at < _octets.Count && _octets[at] != 'H')
            {
                if (_octets[at] >= 0x80)
                {
                    Check(_octets[at], _responses <= Requests.Count && _responses > 0 ? Requests[_responses - 1] : -1);
                }

                at++;
            }

            _inHead = at < _octets.Count;
            return at;
        }

        string text = Encoding.Latin1.GetString([.. _octets]);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return 0;
        }

        string head = text[..end];
        if (!head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
        {
            ledger.Report("No status line: " + head);
        }

        if (head[9] != '1')
        {
            _responses++;
            int field = head.IndexOf("x-id: ", StringComparison.Ordinal);
            if (field >= 0)
            {
                CheckId(head[(field + 6)..].Split('\r')[0], _responses <= Requests.Count ? Requests[_responses - 1] : -1);
            }

            _inHead = false;
        }
        else if (head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            // The request that asked becomes stream 1.
            Add(1, Requests[^1]);
            IsHttp2 = true;
        }

        return end + 4;
    }

    private int TakeFrame()
    {
        if (_octets.Count < HeaderLength)
        {
            return 0;
        }

        int length = (_octets[0] << 16) | (_octets[1] << 8) | _octets[2];
        if (length > 16384)
        {
            ledger.Report("No frame.");
            return -1;
        }

        if (_octets.Count < HeaderLength + length)
        {
            return 0;
        }

        int type = _octets[3];
        int flags = _octets[4];
        int stream = Int32(5);
        byte[] payload = [.. _octets.GetRange(HeaderLength, length)];
        switch (type)
        {
            case 0:
                foreach (byte octet in payload)
                {
                    Check(octet, Id(stream));
                }

                End(stream, (flags & 1) != 0);
                break;

            case 1:
                Decode(payload, 0);
                int position = _fields.Find(ModelApplication.IdName);
                if (position >= 0)
                {
                    CheckId(_fields.GetValue(position), Id(stream));
                }

                End(stream, (flags & 1) != 0);
                break;

            case 3:
                _ended.Add(stream);
                break;

            case 5:
                int promised = Int32(HeaderLength);
                Decode(payload, 4);
                Add(promised, int.Parse(_fields.GetValue(_fields.Find(FieldName.Path)).AsSpan(2), CultureInfo.InvariantCulture));
                break;
        }

        return HeaderLength + length;
    }

    private void Decode(byte[] payload, int offset)
    {
        _fields.Reset(0, 8192);
        _decoder.Begin(_fields);
        if (!_decoder.Decode(payload, offset, payload.Length - offset) || !_decoder.End())
        {
            ledger.Report("A field block that cannot be decoded.");
        }
    }

    private void End(int stream, bool ended)
    {
        if (_ended.Contains(stream))
        {
            ledger.Report($"A frame on stream {stream} behind its end.");
        }

        if (ended)
        {
            _ended.Add(stream);
        }
    }

    private int Id(int stream) => _ids.TryGetValue(stream, out int id) ? id : -1;

    private int Int32(int at) => ((_octets[at] & 0x7F) << 24) | (_octets[at + 1] << 16) | (_octets[at + 2] << 8) | _octets[at + 3];

    private void Check(byte octet, int id)
    {
        if (id < 0 || octet != Model.Mark(id))
        {
            ledger.Report($"The response to request {id} holds an octet of request {octet - 0x80}.");
        }
    }

    private void CheckId(string text, int id)
    {
        if (text != id.ToString(CultureInfo.InvariantCulture))
        {
            ledger.Report($"The response to request {id} has a field of request {text}.");
        }
    }
}
