using System;
using System.Collections.Generic;
using System.Text;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests;

/// <summary>Requests over HTTP/2, stream after stream. The first one enters its fields into the dynamic table.</summary>
internal sealed class Http2Driver : Driver
{
    private const int HeaderLength = 9;
    private const int MostWindow = 0x7FFFFFFF;
    private const int DefaultWindow = 65535;
    private const byte Indexed = 0x80;
    private const byte WithIndexing = 0x40;
    private const int FirstDynamic = 62;
    private const byte SizeUpdate = 0x20;
    private const byte LongestPrefix = 0x1F;

    private byte[] _first;
    private byte[] _others;
    private readonly byte[] _body;
    private readonly byte[] _pending = new byte[65536];
    private readonly byte[] _frame = new byte[HeaderLength];
    private int _pendingStart;
    private int _pendingEnd;
    private int _stream = -1;
    private int _frameLength;
    private int _left;
    private bool _acknowledge;

    public Http2Driver(string method, string path, byte[] body, RequestDispatcher? application = null, params (string Name, string Value)[] more)
        : base(application)
    {
        (string Name, string Value)[] fields =
        [
            (":authority", "still"), (":path", path), ("accept-encoding", "gzip"), ("user-agent", "driver"), ("content-type", "text/plain"), .. more,
        ];
        byte methodAndScheme = method == "POST" ? (byte)3 : (byte)2;
        List<byte> others = [(byte)(Indexed | methodAndScheme), Indexed | 6];

        // RFC 7541 4.2: the server's table is smaller than what a client takes for granted.
        int size = new HttpLimits().DecoderTableSize - LongestPrefix;
        List<byte> first = [SizeUpdate | LongestPrefix, (byte)(0x80 | (size & 0x7F)), (byte)(size >> 7), .. others];
        for (int i = 0; i < fields.Length; i++)
        {
            first.Add(WithIndexing);
            foreach (string text in new[] { fields[i].Name, fields[i].Value })
            {
                first.Add((byte)text.Length);
                first.AddRange(Encoding.ASCII.GetBytes(text));
            }

            others.Add((byte)(Indexed | (FirstDynamic + fields.Length - 1 - i)));
        }

        _first = [.. first];
        _others = [.. others];
        _body = body;
        AppendPreface();
    }

    /// <summary>Makes the requests that <see cref="Driver.Take"/> is given, which are those of a browser over TLS.</summary>
    public Http2Driver(RequestDispatcher application)
        : base(application, true)
    {
        _first = [];
        _others = [];
        _body = [];
        AppendPreface();
    }

    public override void Take(byte[] octets)
    {
        _first = octets;
        _others = octets;
    }

    protected override void BeginRequest()
    {
        ContentLength = 0;
        byte[] fields = _stream < 0 ? _first : _others;
        _stream += 2;
        bool upload = _body.Length != 0;
        AppendHeader(fields.Length, 1, upload ? 4 : 5, _stream);
        Append(fields);
        if (upload)
        {
            AppendHeader(_body.Length, 0, 1, _stream);
            Append(_body);
        }
    }

    protected override int Feed(byte[] buffer, int offset, int room)
    {
        int count = Math.Min(room, _pendingEnd - _pendingStart);
        Array.Copy(_pending, _pendingStart, buffer, offset, count);
        _pendingStart += count;
        if (_pendingStart == _pendingEnd)
        {
            _pendingStart = 0;
            _pendingEnd = 0;
            if (_acknowledge)
            {
                _acknowledge = false;
                AppendHeader(0, 4, 1, 0);
            }
        }

        return count;
    }

    protected override bool Follow(byte[] octets, int count)
    {
        bool complete = false;
        for (int at = 0; at < count;)
        {
            if (_frameLength < HeaderLength)
            {
                _frame[_frameLength++] = octets[at++];
                if (_frameLength == HeaderLength)
                {
                    _left = (_frame[0] << 16) | (_frame[1] << 8) | _frame[2];
                    Begin(octets, at);
                }
            }
            else
            {
                int part = Math.Min(_left, count - at);
                at += part;
                _left -= part;
            }

            if (_frameLength == HeaderLength && _left == 0)
            {
                _frameLength = 0;
                complete |= _frame[3] <= 1 && (_frame[4] & 1) != 0;
            }
        }

        return complete;
    }

    private void AppendPreface()
    {
        Append("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);

        // INITIAL_WINDOW_SIZE and the connection's window at their most: this driver takes whatever comes.
        AppendHeader(6, 4, 0, 0);
        AppendNumber(4, 2);
        AppendNumber(MostWindow, 4);
        AppendHeader(4, 8, 0, 0);
        AppendNumber(MostWindow - DefaultWindow, 4);
    }

    private void Begin(byte[] octets, int payload)
    {
        switch (_frame[3])
        {
            case 0:
                ContentLength += _left;
                break;

            case 1:
                // Statuses of the static table; an update of the table's size may go before.
                int at = payload;
                while ((octets[at] & 0xE0) == SizeUpdate)
                {
                    // RFC 7541 5.1: further octets of the size.
                    bool more = (octets[at++] & LongestPrefix) == LongestPrefix;
                    while (more)
                    {
                        more = octets[at++] >= 0x80;
                    }
                }

                Status = octets[at] switch { 0x88 => 200, 0x8B => 304, 0x8D => 404, _ => -1 };
                break;

            case 3 or 7:
                throw new AssertFailedException("The server has ended the stream or the connection.");

            case 4 when (_frame[4] & 1) == 0:
                _acknowledge = true;
                break;
        }
    }

    private void AppendHeader(int length, int type, int flags, int stream)
    {
        AppendNumber(length, 3);
        AppendNumber(type, 1);
        AppendNumber(flags, 1);
        AppendNumber(stream, 4);
    }

    private void AppendNumber(int value, int octets)
    {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8)
        {
            _pending[_pendingEnd++] = (byte)(value >> shift);
        }
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_pending.AsSpan(_pendingEnd));
        _pendingEnd += octets.Length;
    }
}
