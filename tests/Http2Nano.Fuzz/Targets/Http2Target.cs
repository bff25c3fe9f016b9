using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.Messages;

namespace Http2Nano.Fuzz.Targets;

/// <summary>The HTTP/2 engine: an input is what follows the connection preface, and its first octet how it comes.</summary>
public sealed class Http2Target : IFuzzTarget, IVocabulary
{
    private const int HeaderLength = 9;
    private const int MostPayload = 16384;

    private static readonly byte[] s_preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_settings = Frame(4, 0, 0);
    private static readonly byte[] s_acknowledgement = Frame(4, 1, 0);

    private readonly SessionHarness _harness = new(HttpProfiles.Default(), new Application());
    private readonly byte[] _ended = new byte[512];

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("get", Input(0, Request(1, "/", true))),
        ("windows", Input(1, Request(1, "/b", true), Frame(8, 0, 1, 0, 0, 1, 0), Frame(8, 0, 0, 0, 0, 1, 0))),
        ("post", Input(2, Request(1, "/g", false), Frame(0, 0, 1, [.. new byte[100]]), Frame(0, 1, 1, 1, 2, 3))),
        ("padded", Input(4, Request(1, "/s", false), Frame(0, 8, 1, 3, 1, 2, 3, 0, 0, 0), Frame(0, 1, 1))),
        ("echo", Input(24, Request(1, "/e", false), Request(3, "/w", true), Frame(0, 0, 1, new byte[200]), Frame(3, 0, 3, 0, 0, 0, 8))),
        ("many", Input(0, Request(1, "/p", true), Request(3, "/h", true), Request(5, "/f", true), Request(7, "/2", true), Request(9, "/n", true), Request(11, "/u", true))),
        ("control", Input(0, Frame(6, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8), Frame(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), Frame(2, 0, 1, 0, 0, 0, 0, 16), Frame(16, 0, 0, [0, 0, 0, 1, .. "u=1, i"u8]))),
        ("settings", Input(0, Frame(4, 0, 0, 0, 4, 0, 0, 0, 5, 0, 1, 0, 0, 0, 64, 0, 2, 0, 0, 0, 1), Request(1, "/b", true), Frame(4, 0, 0, 0, 4, 0, 0, 255, 255))),
        ("continuation", Input(0, Frame(1, 1, 1, 0x82, 0x86), Frame(9, 0, 1, [0x44, 2, .. "/a"u8]), Frame(9, 4, 1, [0x41, 1, .. "a"u8]))),
        ("priority", Input(0, Frame(1, 0x2C, 1, [2, 0, 0, 0, 0, 15, .. Fields("/f", true), 0, 0]), Frame(0, 0, 1, 1), Frame(1, 5, 1, [0x40, 1, .. "t"u8, 1, .. "v"u8]))),
        ("indexed", Input(0, Frame(1, 5, 1, [.. Fields("/", true), 0x40, 0x84, 0x25, 0xA8, 0x49, 0xE9, 0x83, 0x25, 0xA8, 0x49, 0x58, 0x86, 0xA8, 0xEB, 0x10, 0x64, 0x9C, 0xBF]), Frame(1, 5, 3, 0x82, 0x86, 0x84, 0xBE, 0xBF, 0xC0))),
        ("socket", Input(0, Connect(1), Frame(0, 0, 1, [0x81, 0x85, 0, 0, 0, 0, .. "Hello"u8]), Frame(0, 0, 1, 0x88, 0x82, 0, 0, 0, 0, 3, 232), Frame(0, 1, 1))),
        ("large", Input(0, Frame(1, 5, 1, [.. Fields("/", true), 0x40, 1, (byte)'x', 0x7F, 0xE9, 0x06, .. new byte[1000].Select(_ => (byte)'v'), 0x60, 9, .. "a=b; c=de"u8]), Frame(1, 5, 3, 0x82, 0x86, 0x84, 0xBE, 0xBF))),
        ("sizes", Input(0, Frame(1, 5, 1, [0x3F, 0x01, 0x20, .. Fields("/", true)]), Frame(0x42, 0, 0, 1, 2, 3))),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words =>
    [
        Connect(1), Connect(3), Frame(0, 0, 1, 0x82, 0x81, 0, 0, 0, 0, 1), Frame(0, 0, 1, 0x89, 0x80, 0, 0, 0, 0), Frame(0, 1, 1, 0x88, 0x80, 0, 0, 0, 0),
        Request(1, "/", true), Request(3, "/b", true), Request(5, "/g", false), Request(7, "/s", false), Request(9, "/e", false), Request(11, "/p", true), Request(13, "/w", true),
        Frame(0, 0, 5, 1, 2, 3), Frame(0, 1, 5), Frame(0, 1, 7, 1), Frame(0, 0, 9, new byte[64]), Frame(3, 0, 1, 0, 0, 0, 8), Frame(3, 0, 3, 0, 0, 0, 8), Frame(3, 0, 9, 0, 0, 0, 8),
        Frame(4, 0, 0), s_acknowledgement, Frame(4, 0, 0, 0, 1, 0, 0, 0, 0), Frame(4, 0, 0, 0, 4, 0, 0, 0, 1), Frame(4, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF), Frame(4, 0, 0, 0, 2, 0, 0, 0, 0),
        Frame(8, 0, 0, 0, 0, 0, 1), Frame(8, 0, 3, 0, 0, 0, 1), Frame(8, 0, 3, 0x7F, 0xFF, 0xFF, 0xFF), Frame(6, 0, 0, new byte[8]), Frame(7, 0, 0, new byte[8]), Frame(2, 0, 3, 0, 0, 0, 1, 5),
        Frame(9, 4, 1), Frame(1, 1, 15, 0x82), Frame(9, 4, 15, 0x84, 0x86, 0x41, 1, 97), [0x82], [0xBE], [0x3F, 0xE1, 0x1F], [0x20], [0x40, 1, 97, 1, 98], [0x00, 1, 97, 0x81, 0x1F], [0xFF, 0xFF, 0xFF, 0xFF, 0x07],
    ];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        _harness.Play(s_preface, input);
        CheckFrames(_harness.Received);
    }

    // What the server sends is frames of allowed sizes; nothing follows the end of a stream but WINDOW_UPDATE and RST_STREAM.
    private void CheckFrames(ReadOnlySpan<byte> octets)
    {
        Array.Clear(_ended);
        while (octets.Length >= HeaderLength)
        {
            int length = octets[0] << 16 | octets[1] << 8 | octets[2];
            int stream = BinaryPrimitives.ReadInt32BigEndian(octets[5..]);
            byte type = octets[3];
            SessionHarness.Check(length <= MostPayload && stream >= 0, "A frame of an impossible size or stream was sent.");
            if (stream != 0 && stream < _ended.Length && type is 0 or 1)
            {
                SessionHarness.Check(_ended[stream] == 0, "Something was sent behind the end of a stream.");
                _ended[stream] = (byte)(octets[4] & 1);
            }
            else if (type == 3 && stream < _ended.Length)
            {
                _ended[stream] = 1;
            }

            if (octets.Length < HeaderLength + length)
            {
                return;
            }

            octets = octets[(HeaderLength + length)..];
        }
    }

    private static byte[] Input(byte manner, params byte[][] frames) => [manner, .. s_settings, .. s_acknowledgement, .. frames.SelectMany(frame => frame)];

    private static byte[] Connect(int stream) => Frame(
        1,
        4,
        stream,
        [0x02, 7, .. "CONNECT"u8, 0x00, 9, .. ":protocol"u8, 9, .. "websocket"u8, 0x86, 0x84, 0x01, 1, .. "a"u8, 0x00, 21, .. "sec-websocket-version"u8, 2, .. "13"u8]);

    private static byte[] Request(int stream, string path, bool end) => Frame(1, (byte)(end ? 5 : 4), stream, Fields(path, end));

    private static byte[] Fields(string path, bool end) => [(byte)(end ? 0x82 : 0x83), 0x86, 0x04, (byte)path.Length, .. path.Select(c => (byte)c), 0x01, 1, (byte)'a'];

    private static byte[] Frame(byte type, byte flags, int stream, params byte[] payload) =>
        [0, (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, (byte)(stream >> 8), (byte)stream, .. payload];
}
