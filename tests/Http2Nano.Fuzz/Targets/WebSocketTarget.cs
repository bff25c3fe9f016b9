using System;
using System.Collections.Generic;
using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.WebSockets;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// Frames of a WebSocket: an input is what the client sends behind the handshake. Whole and octet by octet the same messages come
/// of it and the same end, and the socket is always given back.
/// </summary>
public sealed class WebSocketTarget : IFuzzTarget, IVocabulary
{
    private static readonly byte[] s_handshake = Encoding.ASCII.GetBytes(
        "GET / HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    private readonly SessionHarness _harness;
    private readonly Summing _endpoint = new();
    private readonly byte[] _input = new byte[8193];

    /// <summary>Makes the target.</summary>
    public WebSocketTarget()
    {
        var router = new Router();
        router.MapWebSocket("/", _endpoint.Handle);
        _harness = new SessionHarness(HttpProfiles.Default(), router);
    }

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("text", [0x81, 0x85, 0, 0, 0, 0, .. "Hello"u8]),
        ("masked", [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]),
        ("fragments", [0x01, 0x82, 0, 0, 0, 0, 0xC3, 0xA4, 0x89, 0x81, 0, 0, 0, 0, 1, 0x80, 0x81, 0, 0, 0, 0, 0x41]),
        ("close", [0x88, 0x82, 0, 0, 0, 0, 3, 232]),
        ("long", [0x82, 0xFE, 0, 200, 0, 0, 0, 0, .. new byte[200]]),
        ("longer", [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. new byte[300]]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words { get; } =
    [
        [0x81, 0x80, 0, 0, 0, 0], [0x82, 0x81, 0, 0, 0, 0], [0x01, 0x81, 0, 0, 0, 0], [0x80, 0x80, 0, 0, 0, 0], [0x00, 0x82, 0, 0, 0, 0],
        [0x88, 0x80, 0, 0, 0, 0], [0x89, 0x84, 0, 0, 0, 0], [0x8A, 0x80, 0, 0, 0, 0], [0xFE], [0xFF], [0, 126], [0x7F, 0xFF, 0xFF, 0xFF],
        [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98, 0x80], [3, 232],
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        input = input[..Math.Min(input.Length, _input.Length - 1)];
        input.CopyTo(_input.AsSpan(1));
        (int, int, int) whole = Play(0, input.Length);
        (int, int, int) pieces = Play(1, input.Length);
        SessionHarness.Check(whole == pieces, "In pieces it is read as something else.");

        // And to a client that takes nothing.
        Play(240, input.Length);
    }

    private (int Messages, int Sum, int Code) Play(byte manner, int length)
    {
        _input[0] = manner;
        _harness.Play(s_handshake, _input.AsSpan(0, length + 1));
        SessionHarness.Check(_endpoint.Sockets == 0, "A socket was not given back.");
        SessionHarness.Check(_endpoint.Code != 0, "The application was not told of the end.");
        SessionHarness.Check(manner == 240 || _harness.Received.StartsWith("HTTP/1.1 101 "u8), "There was no handshake.");
        return (_endpoint.Messages, _endpoint.Sum, _endpoint.Code);
    }

    // Sums up the messages that are complete, and sends each piece back as one of its own.
    private sealed class Summing() : QueuedWebSocketEndpoint(1, 512, new StillClock())
    {
        private int _sum;
        private int _left;

        internal int Messages { get; private set; }

        internal int Sum { get; private set; }

        internal int Code { get; private set; }

        public override void Opened(WebSocket socket, HttpRequest request)
        {
            base.Opened(socket, request);
            Messages = 0;
            Sum = 0;
            Code = 0;
            _sum = 0;
        }

        public override int Room(WebSocket socket)
        {
            // A pipe that is narrow, and never shut.
            _left = 1 + ((_left + 40) % 97);
            return _left;
        }

        public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
        {
            SessionHarness.Check(count <= _left, "More than there was room for.");
            for (int i = 0; i < count; i++)
            {
                _sum = unchecked((_sum * 31) + buffer[offset + i] + 1);
            }

            if (piece is WebSocketPiece.TextEnd or WebSocketPiece.BinaryEnd)
            {
                Messages++;
                Sum = unchecked((Sum * 17) + _sum + (int)piece);
                _sum = 0;
            }

            Send(socket, WebSocketPiece.BinaryEnd, buffer, offset, count);
        }

        public override void Closed(WebSocket socket, int code)
        {
            base.Closed(socket, code);
            Code = code;
        }
    }
}
