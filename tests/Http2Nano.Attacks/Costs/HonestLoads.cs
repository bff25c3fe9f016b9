using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Attacks.Scripts;
using Http2Nano.Attacks.Wire;

namespace Http2Nano.Attacks.Costs;

/// <summary>What honest clients send, to compare attacks with.</summary>
internal static class HonestLoads
{
    // What h2load and nghttp send from the second request on: everything is in the tables. No request is the one before it, because
    // those that come again are not read again.
    private static readonly byte[][] s_again =
        [[0x82, 0x86, 0x84, 0xBE, 0xBF], [0x82, 0x86, 0x85, 0xBE, 0xBF], [0x82, 0x86, 0x84, 0xBF, 0xBE], [0x82, 0x86, 0x85, 0xBF, 0xBE]];

    private static readonly byte[] s_first = [0x82, 0x86, 0x84, .. Frame.Indexed("user-agent", "h2load nghttp2/1.52.0"), .. Frame.Indexed(":authority", "device:8080")];

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("HTTP/2 requests, all indexed", "h2load", Script.FloodStreams(
            [.. Frame.GreetingWithWindow, .. Frame.Of(Frame.Headers, Frame.EndHeaders | Frame.EndStream, 1, s_first)],
            stream => Frame.Of(Frame.Headers, Frame.EndHeaders | Frame.EndStream, stream + 2, s_again[stream / 2 % s_again.Length]))),
        new("HTTP/2 requests, literal", "curl", Script.FloodStreams(Frame.GreetingWithWindow, stream => Frame.Get(stream))),
        new("HTTP/1.1 requests", "curl", Script.Flood([], Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: device\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"))),
        new("HTTP/2 body", "curl", () => Enumerable.Repeat(new Step(Frame.Of(Frame.Data, 0, 1, new byte[1024])), 100_000).Prepend(new Step([.. Frame.Greeting, .. Frame.Post(1, "/sink")]))),
    ];

    public static Attack? Find(string name) => All.SingleOrDefault(load => load.Name == name);
}
