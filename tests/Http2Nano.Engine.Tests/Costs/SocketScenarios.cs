using System;
using System.Text;
using Http2Nano.CostCounter;
using Http2Nano.Fields;
using Http2Nano.Hosting;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.WebSockets;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>A WebSocket that is open, and its client in memory.</summary>
internal sealed class MemorySocket
{
    /// <summary>Octets of each message.</summary>
    internal const int MessageLength = 100;

    private const int HeaderLength = 6;
    private const string Handshake =
        "GET /socket HTTP/1.1\r\nHost: device\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0];

    // Large windows, so that the server never waits for one.
    private static readonly byte[] s_windows = [0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7F, 0, 0, 0, 0, 0, 4, 8, 0, 0, 0, 0, 1, 0x7F, 0, 0, 0];

    private readonly byte[] _message;
    private readonly HttpSession _session;
    private long _now;

    internal MemorySocket(bool http2)
    {
        Router router = new();
        router.MapWebSocket("/socket", Endpoint.Handle);
        _session = new HttpSession(new HttpLimits(), router, new ServerCounters());
        _session.Begin(0, false);
        if (http2)
        {
            Receive(s_preface);
            Turn();
            Receive(RequestFrame());
            Turn();
            Receive(s_windows);
            Turn();
        }
        else
        {
            Receive(Encoding.ASCII.GetBytes(Handshake));
            Turn();
        }

        byte[] frame = new byte[HeaderLength + MessageLength];
        byte[] mask = [0x37, 0xFA, 0x21, 0x3D];
        frame[0] = 0x81;
        frame[1] = 0x80 | MessageLength;
        mask.CopyTo(frame, 2);
        for (int i = 0; i < MessageLength; i++)
        {
            frame[HeaderLength + i] = (byte)('a' ^ mask[i & 3]);
        }

        _message = http2 ? [0, 0, (byte)frame.Length, 0, 0, 0, 0, 0, 1, .. frame] : frame;
    }

    /// <summary>The server's end.</summary>
    internal CountingEndpoint Endpoint { get; } = new();

    /// <summary>Puts a message of the client where the server finds it.</summary>
    internal void Ask() => Receive(_message);

    /// <summary>Lets the server do what it can, once.</summary>
    internal void Advance() => _session.Advance(_now);

    /// <summary>Lets the server do what it can, and takes what it sends.</summary>
    /// <returns>How much that was.</returns>
    internal int Turn()
    {
        _session.Advance(++_now);
        int count = _session.Transmit.Length;
        _session.Transmit.Sent(count);
        return count;
    }

    private void Receive(byte[] octets)
    {
        _session.Receive.MakeRoom();
        Array.Copy(octets, 0, _session.Receive.Bytes, _session.Receive.End, octets.Length);
        _session.Receive.End += octets.Length;
    }

    private static byte[] RequestFrame()
    {
        HeaderList list = new(new byte[512]);
        foreach ((string name, string value) in new[]
        {
            (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":authority", "device"), (":path", "/socket"), ("sec-websocket-version", "13"),
        })
        {
            list.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
        }

        byte[] frame = new byte[512];
        HpackEncoder encoder = new(0);
        encoder.Begin(frame, 9);
        encoder.Encode(list);
        int length = encoder.End();
        byte[] header = [0, (byte)(length >> 8), (byte)length, 1, 4, 0, 0, 0, 1];
        header.CopyTo(frame, 0);
        return frame[..(9 + length)];
    }

    /// <summary>Counts the messages that come, and sends some.</summary>
    internal sealed class CountingEndpoint() : WebSocketEndpoint(1, new Clock())
    {
        private readonly byte[] _message = new byte[MessageLength];

        /// <summary>Messages that have come.</summary>
        internal int Received { get; private set; }

        /// <summary>Messages that are to be sent.</summary>
        internal int Due { get; set; }

        public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
        {
            if (piece == WebSocketPiece.TextEnd && buffer[offset] == 'a')
            {
                Received++;
            }
        }

        public override bool HasMessage(WebSocket socket) => Due != 0;

        public override int Read(WebSocket socket, byte[] buffer, int offset, int count, out WebSocketPiece piece)
        {
            if (Due == 0 || count < MessageLength)
            {
                piece = WebSocketPiece.None;
                return 0;
            }

            Due--;
            piece = WebSocketPiece.BinaryEnd;
            Array.Copy(_message, 0, buffer, offset, MessageLength);
            return MessageLength;
        }
    }
}

/// <summary>A message of 100 octets through a socket that is open.</summary>
public abstract class SocketScenario(bool http2, bool sends) : ICostScenario
{
    private const int WarmUp = 8;
    private MemorySocket _socket = null!;
    private int _received;

    /// <inheritdoc/>
    public string Name => $"a WebSocket message {(sends ? "sent" : "received")} over {(http2 ? "HTTP/2" : "HTTP/1.1")}";

    /// <inheritdoc/>
    public string Unit => "message";

    /// <inheritdoc/>
    public long? Aim => 1500;

    /// <inheritdoc/>
    public void Prepare()
    {
        _socket = new MemorySocket(http2);
        for (int i = 0; i < WarmUp; i++)
        {
            Begin();
            _socket.Turn();
            _socket.Turn();
        }

        Begin();
        _received = _socket.Endpoint.Received;
    }

    /// <inheritdoc/>
    public void Run()
    {
        _socket.Advance();
        if (sends ? _socket.Endpoint.Due != 0 : _socket.Endpoint.Received != _received + 1)
        {
            throw new InvalidOperationException($"{Name}: the message did not go through.");
        }
    }

    private void Begin()
    {
        if (sends)
        {
            _socket.Endpoint.Due = 1;
        }
        else
        {
            _socket.Ask();
        }
    }
}

/// <inheritdoc/>
public sealed class SocketReceivesOverHttp1() : SocketScenario(false, false);

/// <inheritdoc/>
public sealed class SocketReceivesOverHttp2() : SocketScenario(true, false);

/// <inheritdoc/>
public sealed class SocketSendsOverHttp1() : SocketScenario(false, true);

/// <inheritdoc/>
public sealed class SocketSendsOverHttp2() : SocketScenario(true, true);
