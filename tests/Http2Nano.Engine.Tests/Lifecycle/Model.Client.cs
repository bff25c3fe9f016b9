using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Http2Nano.Engine.Tests.Lifecycle;

// What the client sends.
internal sealed partial class Model
{
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
}
