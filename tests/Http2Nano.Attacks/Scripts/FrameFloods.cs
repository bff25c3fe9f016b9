using System.Collections.Generic;
using System.Linq;
using Http2Nano.Attacks.Wire;

namespace Http2Nano.Attacks.Scripts;

/// <summary>Frames that cost a client little: CVE-2019-9511 to 9518, resets, priorities.</summary>
internal static class FrameFloods
{
    private const string Calm = "GOAWAY ENHANCE_YOUR_CALM";
    private static readonly byte[] s_reset = [.. Frame.Greeting, .. Frame.Of(Frame.Headers, Frame.EndHeaders, 1, 0x82, 0x82)];
    private static readonly byte[] s_begun = [.. Frame.Greeting, .. Frame.Post(1, "/sink")];

    public static IEnumerable<Attack> All =>
    [
        new("rapid reset", "CVE-2023-44487", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream), .. Frame.Of(Frame.Reset, 0, stream, Frame.Number(8))])) { End = Calm },
        new("rapid reset of long responses", "CVE-2023-44487", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream, "/big"), .. Frame.Of(Frame.Reset, 0, stream, Frame.Number(8))])) { End = Calm },
        new("provoked reset: WINDOW_UPDATE of 0", "MadeYouReset, CVE-2025-8671", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream, "/big"), .. Frame.Of(Frame.WindowUpdate, 0, stream, Frame.Number(0))])) { End = Calm },
        new("provoked reset: window over 2^31-1", "MadeYouReset, CVE-2025-8671", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream, "/big"), .. Frame.Of(Frame.WindowUpdate, 0, stream, Frame.Number(int.MaxValue))])) { End = Calm },
        new("provoked reset: DATA behind END_STREAM", "MadeYouReset, CVE-2025-8671", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream, "/big"), .. Frame.Of(Frame.Data, 0, stream, 0)])) { End = Calm },
        new("provoked reset: PRIORITY of wrong length", "MadeYouReset, CVE-2025-8671", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream, "/big"), .. Frame.Of(Frame.Priority, 0, stream, 0)])) { End = Calm },
        new("provoked reset: dependency on itself", "MadeYouReset, CVE-2025-8671", Script.FloodStreams(Frame.Greeting, stream =>
            [.. Frame.Get(stream, "/big"), .. Frame.Of(Frame.Priority, 0, stream, [.. Frame.Number(stream), 0])])) { End = Calm },
        new("malformed requests", "MadeYouReset, CVE-2025-8671", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndHeaders | Frame.EndStream, stream, 0x82, 0x82))) { End = Calm },
        new("refused streams", "RFC 9113 5.1.2", Script.FloodStreams(Frame.Greeting, stream => Frame.Post(stream, "/post"))) { End = Calm },
        new("PING flood", "CVE-2019-9512", Script.Flood(Frame.Greeting, Frame.Of(Frame.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8))) { End = Calm },
        new("PING flood, answers not read", "CVE-2019-9512", Script.Flood(Frame.Greeting, Frame.Of(Frame.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8))) { Deaf = true, End = "" },
        new("SETTINGS flood", "CVE-2019-9515", Script.Flood(Frame.Greeting, Frame.Of(Frame.Settings, 0, 0))) { End = Calm },
        new("SETTINGS flood, windows moved", "CVE-2019-9515", Script.Flood(Frame.Greeting, [
            .. Frame.Of(Frame.Settings, 0, 0, Frame.Setting(4, 1)), .. Frame.Of(Frame.Settings, 0, 0, Frame.Setting(4, 65535))])) { End = Calm },
        new("SETTINGS acknowledgement flood", "CVE-2019-9515", Script.Flood(Frame.Greeting, Frame.Of(Frame.Settings, Frame.Ack, 0))) { End = Calm },
        new("RST_STREAM flood", "CVE-2019-9514", Script.Flood([.. Frame.Greeting, .. Frame.Get(1)], Frame.Of(Frame.Reset, 0, 1, Frame.Number(8)))) { End = Calm },
        new("RST_STREAM flood on a stream that the server has reset", "CVE-2019-9514", Script.Flood(s_reset, Frame.Of(Frame.Reset, 0, 1, Frame.Number(8)))) { End = Calm },
        new("empty DATA on a stream that the server has reset", "CVE-2019-9518", Script.Flood(s_reset, Frame.Of(Frame.Data, Frame.EndStream, 1))) { End = Calm },
        new("trailers on a stream that the server has reset", "CVE-2019-9515", Script.Flood(s_reset, Frame.Of(Frame.Headers, Frame.EndHeaders | Frame.EndStream, 1, 0x82))) { End = Calm },
        new("requests with twenty PING each", "CVE-2019-9512", Script.FloodStreams(Frame.GreetingWithWindow, stream =>
            [.. Frame.Get(stream), .. Enumerable.Repeat(Frame.Of(Frame.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8), 20).SelectMany(ping => ping)])) { End = Calm },
        new("PRIORITY flood", "CVE-2019-9513", Script.FloodStreams(Frame.Greeting, stream => Frame.Of(Frame.Priority, 0, stream, 0, 0, 0, 0, 16))) { End = Calm },
        new("dependency cycle", "CVE-2015-8659", Script.Flood([.. Frame.Greeting, .. Frame.Get(1, "/big"), .. Frame.Get(3, "/big")], [
            .. Frame.Of(Frame.Priority, 0, 1, 0, 0, 0, 3, 16), .. Frame.Of(Frame.Priority, 0, 3, 0x80, 0, 0, 1, 16)])) { End = Calm },
        new("PRIORITY_UPDATE flood", "CVE-2019-9513", Script.Flood(Frame.Greeting, Frame.Of(Frame.PriorityUpdate, 0, 0, [.. Frame.Number(1), .. "u=1, i"u8]))) { End = Calm },
        new("WINDOW_UPDATE flood", "CVE-2019-9511", Script.Flood(Frame.Greeting, Frame.Of(Frame.WindowUpdate, 0, 0, Frame.Number(1)))) { End = Calm },
        new("window over 2^31-1", "RFC 9113 6.9.1", Script.Flood(Frame.Greeting, Frame.Of(Frame.WindowUpdate, 0, 0, Frame.Number(int.MaxValue)))) { End = "GOAWAY FLOW_CONTROL_ERROR" },
        new("initial window moves a window over 2^31-1", "RFC 9113 6.9.2", Script.Once([.. Frame.Greeting, .. Frame.Get(1, "/big"),
            .. Frame.Of(Frame.WindowUpdate, 0, 1, Frame.Number(0x7FFF0000)), .. Frame.Of(Frame.Settings, 0, 0, Frame.Setting(4, int.MaxValue))])) { End = "GOAWAY FLOW_CONTROL_ERROR" },
        new("empty DATA flood", "CVE-2019-9518", Script.Flood(s_begun, Frame.Of(Frame.Data, 0, 1))) { End = Calm },
        new("DATA of padding only", "CVE-2019-9518", Script.Flood(s_begun, Frame.Of(Frame.Data, Frame.Padded, 1, 0))) { End = Calm },
        new("DATA of one octet", "CVE-2019-9518", Script.Flood(s_begun, Frame.Of(Frame.Data, 0, 1, 42))) { End = Calm },
        new("requests without end", "one connection at a time", Script.FloodStreams(Frame.GreetingWithWindow, stream => Frame.Get(stream))),
        new("frames of unknown type", "RFC 9113 5.5", Script.Flood(Frame.Greeting, Frame.Of(0x42, 0, 0))) { End = Calm },
        new("GOAWAY flood", "CVE-2019-9515", Script.Flood(Frame.Greeting, Frame.Of(Frame.GoAway, 0, 0, [.. Frame.Number(0), .. Frame.Number(0)]))) { End = Calm },
    ];
}
