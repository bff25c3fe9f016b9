using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Attacks.Wire;

namespace Http2Nano.Attacks.Scripts;

/// <summary>Clients that keep a connection by being slow.</summary>
internal static class Stalls
{
    private static readonly byte[] s_noWindow = [.. Frame.Preface[..24], .. Frame.Of(Frame.Settings, 0, 0, Frame.Setting(4, 0)), .. Frame.Of(Frame.Settings, Frame.Ack, 0)];

    public static IEnumerable<Attack> All => Slow.Select(attack => attack with { IsSlow = true });

    private static IEnumerable<Attack> Slow =>
    [
        new("silence", "Slowloris", Script.Once([])) { End = "" },
        new("twenty silent connections", "Slowloris", Script.Once([])) { End = "", Connections = 20 },
        new("half a preface", "Slowloris", Script.Once([.. Frame.Preface.Take(10)])) { End = "" },
        new("preface without SETTINGS", "RFC 9113 3.4", Script.Once([.. Frame.Preface.Take(24)])) { End = "" },
        new("preface octet by octet", "Slowloris", Script.Dribble([], Frame.Preface, 900)) { End = "" },
        new("SETTINGS never acknowledged", "RFC 9113 6.5.3", Script.Flood([.. Frame.Preface, .. Frame.Get(1)], [], 500)) { End = "GOAWAY SETTINGS_TIMEOUT" },
        new("idle connection", "RFC 9113 9.1", Script.Flood([.. Frame.Greeting, .. Frame.Get(1)], [], 500)) { End = "GOAWAY NO_ERROR" },
        new("idle connection kept by PING", "CVE-2019-9512", Script.Flood([.. Frame.Greeting, .. Frame.Get(1)], Frame.Of(Frame.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8), 1000)) { End = "GOAWAY NO_ERROR" },
        new("field block octet by octet", "Slowloris, VU#421644", Script.Dribble([.. Frame.Greeting, .. Frame.Header(2000, Frame.Headers, Frame.EndStream, 1)], [.. Enumerable.Repeat((byte)0x90, 2000)], 500)) { End = "GOAWAY ENHANCE_YOUR_CALM" },
        new("frame header octet by octet", "Slowloris", Script.Dribble(Frame.Greeting, [.. Enumerable.Repeat(Frame.Of(Frame.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8), 50).SelectMany(frame => frame)], 900)) { End = "GOAWAY NO_ERROR" },
        new("body that does not come", "slow POST", Script.Flood([.. Frame.Greeting, .. Frame.Post(1, "/post")], [], 500)) { End = "GOAWAY NO_ERROR" },
        new("body octet by octet", "slow POST", Script.Flood([.. Frame.Greeting, .. Frame.Post(1, "/post")], Frame.Of(Frame.Data, 0, 1, 42), 900)),
        new("body octet by octet to a sink", "slow POST", Script.Flood([.. Frame.Greeting, .. Frame.Post(1, "/sink")], Frame.Of(Frame.Data, 0, 1, 42), 900)),
        new("window of zero", "CVE-2016-1546, CVE-2019-9517", Script.Flood([.. s_noWindow, .. Script.Streams.Take(16).SelectMany(stream => Frame.Get(stream, "/big"))], [], 500)) { End = "GOAWAY NO_ERROR" },
        new("window octet by octet", "CVE-2019-9511", Script.Flood([.. s_noWindow, .. Frame.Get(1, "/big")], Frame.Of(Frame.WindowUpdate, 0, 1, Frame.Number(1)), 500)),
        new("window octet by octet, at full speed", "CVE-2019-9511", Script.Flood([.. s_noWindow, .. Frame.Get(1, "/big")], Frame.Of(Frame.WindowUpdate, 0, 1, Frame.Number(1)))),
        new("response not read", "CVE-2016-1546, CVE-2019-9517", Script.Flood([.. Frame.Greeting, .. Script.Streams.Take(16).SelectMany(stream => Frame.Get(stream, "/big"))], [], 500)) { Deaf = true, End = "" },
        new("response read at 400 octets a second", "CVE-2016-1546", Script.Flood([.. s_noWindow, .. Frame.Get(1, "/big")], Frame.Of(Frame.WindowUpdate, 0, 1, Frame.Number(200)), 500)),
        new("body of 200 octets a second", "slow POST", Script.Flood([.. Frame.Greeting, .. Frame.Post(1, "/sink")], Frame.Of(Frame.Data, 0, 1, new byte[100]), 500)),
        new("HTTP/1.1 body of 200 octets a second", "slow POST", Script.Flood("POST /sink HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n"u8.ToArray(), new byte[100], 500)),
        new("events for ever", "one connection at a time", Script.Flood([.. Frame.Greeting, .. Frame.Get(1, "/events")], [], 500)),
        new("HTTP/1.1 request line octet by octet", "Slowloris", Script.Dribble([], Encoding.ASCII.GetBytes("GET /" + new string('a', 500)), 500)) { End = "408" },
        new("HTTP/1.1 fields octet by octet", "Slowloris", Script.Dribble(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n"), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("x: y\r\n", 100))), 500)) { End = "408" },
        new("HTTP/1.1 body that does not come", "slow POST", Script.Flood("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"u8.ToArray(), [], 500)) { End = "408" },
        new("HTTP/1.1 body octet by octet", "slow POST", Script.Flood("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n"u8.ToArray(), "a"u8.ToArray(), 900)),
        new("a hundred HTTP/1.1 bodies that do not come", "slow POST", Script.Flood("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n"u8.ToArray(), [], 500)) { End = "408", Connections = 100, Pace = 20, Rest = 10000, Visits = 10 },
        new("HTTP/1.1 response not read", "CVE-2016-1546", Script.Flood("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), [], 500)) { Deaf = true, End = "" },
        new("HTTP/1.1 kept alive", "RFC 9112 9.8", Script.Flood("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), [], 500)) { End = "" },
    ];
}
