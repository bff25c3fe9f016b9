using System;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.Engine.Tests;

/// <summary>Requests over HTTP/1.1.</summary>
internal sealed class Http1Driver : Driver
{
    private byte[] _request;
    private readonly byte[] _head = new byte[4096];
    private int _sent;
    private int _headLength;
    private int _left;

    public Http1Driver(string method, string path, byte[] body, RequestDispatcher? application = null, params (string Name, string Value)[] more)
        : base(application)
    {
        string head = $"{method} {path} HTTP/1.1\r\nhost: still\r\naccept: */*\r\naccept-encoding: gzip\r\nuser-agent: driver\r\n";
        if (body.Length != 0)
        {
            head += $"content-type: text/plain\r\ncontent-length: {body.Length}\r\n";
        }

        foreach ((string name, string value) in more)
        {
            head += $"{name}: {value}\r\n";
        }

        _request = [.. Encoding.ASCII.GetBytes(head + "\r\n"), .. body];
    }

    /// <summary>Makes the requests that <see cref="Driver.Take"/> is given.</summary>
    public Http1Driver(RequestDispatcher application)
        : base(application) => _request = [];

    public override void Take(byte[] octets) => _request = octets;

    protected override void BeginRequest()
    {
        _sent = 0;
        _headLength = 0;
        _left = -1;
    }

    protected override int Feed(byte[] buffer, int offset, int room)
    {
        int count = Math.Min(room, _request.Length - _sent);
        Array.Copy(_request, _sent, buffer, offset, count);
        _sent += count;
        return count;
    }

    protected override bool Follow(byte[] octets, int count)
    {
        int at = 0;
        while (at < count && _left < 0)
        {
            _head[_headLength++] = octets[at++];
            ReadOnlySpan<byte> head = _head.AsSpan(0, _headLength);
            if (head.EndsWith("\r\n\r\n"u8))
            {
                Status = Number(head[9..]);
                int length = head.IndexOf("content-length: "u8);
                _left = length < 0 || Status == 304 ? 0 : Number(head[(length + 16)..]);
                ContentLength = _left;
            }
        }

        _left -= count - at;
        return _left == 0;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        for (int i = 0; digits[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            number = (number * 10) + digits[i] - '0';
        }

        return number;
    }
}
