using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static Http2Nano.Peers.Raw.Octets;

namespace Http2Nano.Peers;

/// <summary>
/// What no honest HTTP/2 client sends, over real sockets: the RFC's error code in its scope, the connection closed where the
/// RFC says so, and the next client served at once.
/// </summary>
[TestClass]
public sealed class Http2BadInputTests : HostTests
{
    private static readonly Dictionary<string, (Error Code, byte[] Octets)> s_connectionErrors = new()
    {
        ["3.4 the first frame is not SETTINGS"] = (Error.Protocol, [.. Preface, .. Frame(FrameKind.Ping, 0, 0, new byte[8])]),
        ["3.4 the first SETTINGS is an acknowledgement"] = (Error.Protocol, [.. Preface, .. Frame(FrameKind.Settings, Acknowledge, 0)]),
        ["4.2 a frame longer than 16,384"] = (Error.FrameSize, [.. Hello(), .. Frame(FrameKind.Headers, EndHeaders, 1, 16385, new byte[100])]),
        ["4.3 a field block that does not decode"] = (Error.Compression, [.. Hello(), .. Frame(FrameKind.Headers, EndHeaders | EndStream, 1, 0xFF, 0xFF, 0xFF, 0x7F)]),
        ["4.3 a field block that is cut off"] = (Error.Compression, [.. Hello(), .. Frame(FrameKind.Headers, EndHeaders | EndStream, 1, 0, 5, (byte)'a')]),
        ["5.1.1 an even stream"] = (Error.Protocol, [.. Hello(), .. Get(2, "/")]),
        ["5.1.1 a stream below the last"] = (Error.Protocol, [.. Hello(), .. Get(5, "/missing"), .. Get(3, "/missing")]),
        ["6.1 DATA on the connection"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Data, 0, 0, 1)]),
        ["6.1 DATA on an idle stream"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Data, 0, 1, 1)]),
        ["6.1 padding as long as the frame"] = (Error.Protocol, [.. Hello(), .. Post(1, "/api/echo"), .. Frame(FrameKind.Data, Padded, 1, 3, 0, 0)]),
        ["6.2 HEADERS on the connection"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Headers, EndHeaders | EndStream, 0, 0x82)]),
        ["6.2 a frame between HEADERS and CONTINUATION"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Headers, EndStream, 1, 0x82), .. Frame(FrameKind.Ping, 0, 0, new byte[8])]),
        ["6.3 PRIORITY on the connection"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Priority, 0, 0, new byte[5])]),
        ["6.4 RST_STREAM of an idle stream"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Reset, 0, 1, new byte[4])]),
        ["6.4 RST_STREAM of three octets"] = (Error.FrameSize, [.. Hello(), .. Frame(FrameKind.Reset, 0, 1, new byte[3])]),
        ["6.5 SETTINGS of five octets"] = (Error.FrameSize, [.. Hello(), .. Frame(FrameKind.Settings, 0, 0, new byte[5])]),
        ["6.5 an acknowledgement with a payload"] = (Error.FrameSize, [.. Hello(), .. Frame(FrameKind.Settings, Acknowledge, 0, new byte[6])]),
        ["6.5 SETTINGS on a stream"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Settings, 0, 1)]),
        ["6.5.2 ENABLE_PUSH of 2"] = (Error.Protocol, Hello((2, 2))),
        ["6.5.2 a window of 2^31"] = (Error.FlowControl, Hello((4, 0x80000000))),
        ["6.5.2 MAX_FRAME_SIZE of 16,383"] = (Error.Protocol, Hello((5, 16383))),
        ["6.6 PUSH_PROMISE by a client"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.PushPromise, EndHeaders, 1, 0, 0, 0, 2, 0x82)]),
        ["6.7 PING of seven octets"] = (Error.FrameSize, [.. Hello(), .. Frame(FrameKind.Ping, 0, 0, new byte[7])]),
        ["6.7 PING on a stream"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Ping, 0, 1, new byte[8])]),
        ["6.8 GOAWAY on a stream"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.GoAway, 0, 1, new byte[8])]),
        ["6.9 a connection window that grows by nothing"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.WindowUpdate, 0, 0, new byte[4])]),
        ["6.9 WINDOW_UPDATE of three octets"] = (Error.FrameSize, [.. Hello(), .. Frame(FrameKind.WindowUpdate, 0, 0, new byte[3])]),
        ["6.9.1 a connection window that overflows"] = (Error.FlowControl, [.. Hello(), .. Frame(FrameKind.WindowUpdate, 0, 0, Number(0x7FFFFFFF))]),
        ["6.10 CONTINUATION on its own"] = (Error.Protocol, [.. Hello(), .. Frame(FrameKind.Continuation, EndHeaders, 1, 0x82)]),
        ["7540 3.5 a preface that goes wrong at its end"] = (Error.Protocol, "PRI * HTTP/2.0\r\n\r\nSM\r\n\rX"u8.ToArray()),
    };

    private static readonly Dictionary<string, (Error Code, byte[] Octets)> s_streamErrors = new()
    {
        ["8.2.1 an upper-case name"] = (Error.Protocol, Get(1, "/", ("Accept", "*/*"))),
        ["8.2.1 a zero octet in a value"] = (Error.Protocol, Get(1, "/", ("accept", "a\0b"))),
        ["8.2.1 a line break in a value"] = (Error.Protocol, Get(1, "/", ("accept", "a\r\nb"))),
        ["8.2.2 a field about the connection"] = (Error.Protocol, Get(1, "/", ("connection", "close"))),
        ["8.2.2 te other than trailers"] = (Error.Protocol, Get(1, "/", ("te", "gzip"))),
        ["8.3 a pseudo-header field behind the fields"] = (Error.Protocol, Get(1, "/", ("accept", "*/*"), (":path", "/"))),
        ["8.3 an unknown pseudo-header field"] = (Error.Protocol, Get(1, "/", (":colour", "red"))),
        ["8.3.1 no path"] = (Error.Protocol, Frame(FrameKind.Headers, EndHeaders | EndStream, 1, FieldBlock((":method", "GET"), (":scheme", "http")))),
        ["8.3.1 an empty path"] = (Error.Protocol, Get(1, "")),
        ["8.1.1 less content than announced"] = (Error.Protocol, [.. Post(1, "/api/echo", ("content-length", "5")), .. Frame(FrameKind.Data, EndStream, 1, 1, 2)]),
        ["8.1.1 more content than announced"] = (Error.Protocol, [.. Post(1, "/api/echo", ("content-length", "1")), .. Frame(FrameKind.Data, EndStream, 1, 1, 2)]),
        ["6.9 a stream window that grows by nothing"] = (Error.Protocol, [.. Post(1, "/api/echo"), .. Frame(FrameKind.WindowUpdate, 0, 1, new byte[4])]),
        ["6.9.1 a stream window that overflows"] = (Error.FlowControl, [.. Post(1, "/api/echo"), .. Frame(FrameKind.WindowUpdate, 0, 1, Number(0x7FFFFFFF))]),
        ["6.3 PRIORITY of four octets"] = (Error.FrameSize, [.. Post(1, "/api/echo"), .. Frame(FrameKind.Priority, 0, 1, new byte[4])]),
        ["5.1 DATA behind the end of the stream"] = (Error.StreamClosed, [.. Get(1, "/api/bytes/200000"), .. Frame(FrameKind.Data, EndStream, 1, 1)]),
    };

    public static IEnumerable<object[]> ConnectionErrors => s_connectionErrors.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> StreamErrors => s_streamErrors.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(ConnectionErrors))]
    [Retry(2)]
    public async Task Connection_error(string name)
    {
        (Error code, byte[] octets) = s_connectionErrors[name];
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(octets);
        if (name.StartsWith("7540", StringComparison.Ordinal))
        {
            // RFC 9113 3.4: no GOAWAY is needed where it is plain that the peer does not speak HTTP/2.
            string answer = await peer.ReadTextToEndAsync();
            Assert.IsTrue(answer.Length == 0 || answer.Contains(" 400 ") || answer.Contains(" 505 ") || answer.Contains("\0\0\0\u0001"), answer);
        }
        else
        {
            List<ReceivedFrame> frames = await peer.ReadFramesToEndAsync();
            Assert.AreEqual(FrameKind.Settings, frames[0].Kind);
            Assert.AreEqual(FrameKind.GoAway, frames[^1].Kind);
            Assert.AreEqual(code, frames[^1].Error);
        }

        await NextClient.IsServedAsync(Host);
    }

    [TestMethod]
    [DynamicData(nameof(StreamErrors))]
    [Retry(2)]
    public async Task Stream_error(string name)
    {
        (Error code, byte[] octets) = s_streamErrors[name];
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(Hello(), octets);
        ReceivedFrame reset = await peer.ReadFrameAsync(FrameKind.Reset);
        Assert.AreEqual(code, reset.Error);
        Assert.AreEqual(1, reset.Stream);

        await peer.SendAsync(Get(3, "/api/bytes/10"));
        ReceivedFrame data = await peer.ReadFrameAsync(FrameKind.Data, frame => frame.Stream == 3);
        CollectionAssert.AreEqual(Pattern.Of(10), data.Payload, "The connection does not go on.");
        peer.Dispose();
        await NextClient.IsServedAsync(Host);
    }

    [TestMethod]
    public async Task A_body_beyond_the_window_is_a_flow_control_error()
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(Hello(), Post(1, "/api/echo"));

        // Nothing is read of the echo, so that the windows of both directions fill up; then more than any of them.
        byte[] data = Frame(FrameKind.Data, 0, 1, new byte[16384]);
        await peer.SendAnywayAsync([.. Enumerable.Repeat(data, 40)]);
        while (await peer.ReadFrameAsync() is { } frame)
        {
            if (frame.Kind is FrameKind.Reset or FrameKind.GoAway)
            {
                Assert.AreEqual(Error.FlowControl, frame.Error);
                return;
            }
        }

        Assert.Fail("No error for a body beyond the window.");
    }

    [TestMethod]
    public async Task An_oversized_field_gets_431_and_the_connection_lives()
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(Hello(), Get(1, "/", ("x-long", new string('x', 12000))));
        ReceivedFrame answer = await peer.ReadFrameAsync(FrameKind.Headers);
        Assert.AreEqual(1, answer.Stream);
        Assert.AreEqual("431", await Raw.Hpack.StatusAsync(answer.Payload));

        await peer.SendAsync(Get(3, "/api/bytes/10"));
        ReceivedFrame data = await peer.ReadFrameAsync(FrameKind.Data, frame => frame.Stream == 3);
        CollectionAssert.AreEqual(Pattern.Of(10), data.Payload);
    }

    [TestMethod]
    [DataRow(3, DisplayName = "in the preface")]
    [DataRow(24 + 4, DisplayName = "in a frame header")]
    [DataRow(24 + 9 + 9 + 20, DisplayName = "in a field block")]
    [DataRow(24 + 9 + 9 + 100, DisplayName = "in a body")]
    [Retry(2)]
    public async Task A_connection_that_is_cut_off_is_closed(int length)
    {
        byte[] whole = [.. Hello(), .. Post(1, "/api/echo", ("content-length", "100")), .. Frame(FrameKind.Data, EndStream, 1, new byte[100])];
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(whole[..length]);
        peer.EndSending();
        await NextClient.IsServedAsync(Host);
        await peer.ReadTextToEndAsync();
    }

    [TestMethod]
    [DataRow(0, DisplayName = "before the preface")]
    [DataRow(3, DisplayName = "in the preface")]
    [DataRow(24 + 4, DisplayName = "in a frame header")]
    [DataRow(24 + 9 + 9 + 20, DisplayName = "in a field block")]
    [DataRow(24 + 9 + 9 + 100, DisplayName = "in a body")]
    [Retry(2)]
    public async Task A_connection_that_falls_silent_gives_way(int length)
    {
        byte[] whole = [.. Hello(), .. Post(1, "/api/echo", ("content-length", "100")), .. Frame(FrameKind.Data, EndStream, 1, new byte[100])];
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(whole[..length]);
        await Task.Delay(100);
        await NextClient.IsServedAsync(Host, 2000);
    }

    [TestMethod]
    public async Task Nothing_is_held_after_broken_uploads()
    {
        for (int i = 0; i < 12; i++)
        {
            using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
            await peer.SendAsync(Hello(), Post(1, "/api/echo"), Frame(FrameKind.Data, 0, 1, new byte[100]));
            await peer.ReadFrameAsync(FrameKind.Data);
            await peer.SendAsync(i % 2 == 0 ? Frame(FrameKind.Reset, 0, 1, 0, 0, 0, 8) : Frame(FrameKind.Ping, 0, 0, new byte[3]));
        }

        using RawConnection last = await RawConnection.OpenAsync(Host.HttpPort);
        await last.SendAsync(Hello(), Post(1, "/api/echo"), Frame(FrameKind.Data, EndStream, 1, 1, 2, 3));
        ReceivedFrame echo = await last.ReadFrameAsync(FrameKind.Data);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, echo.Payload);
    }
}
