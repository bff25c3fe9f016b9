using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// What no honest HTTP/1.1 client sends, over real sockets: the status that the RFCs name, the connection closed where it is
/// not clear where the next request begins, and the next client served at once.
/// </summary>
[TestClass]
public sealed class Http1BadInputTests : HostTests
{
    private const string Start = "GET /api/bytes/3 HTTP/1.1\r\nhost: peer\r\n";
    private const string Upload = "POST /api/echo HTTP/1.1\r\nhost: peer\r\n";

    // The status, and what was sent. Every one of these ends the connection.
    private static readonly Dictionary<string, (int Status, string Request)> s_refused = new()
    {
        ["9112 2.2 garbage"] = (400, "\u0016\u0003\u0001\0\u0005hello\r\n\r\n"),
        ["9112 2.2 a bare CR in a field"] = (400, Start + "a: b\rc\r\n\r\n"),
        ["9112 2.2 white space before the first field"] = (400, "GET / HTTP/1.1\r\n host: peer\r\n\r\n"),
        ["9112 2.3 a version in lower case"] = (400, "GET / http/1.1\r\nhost: peer\r\n\r\n"),
        ["9112 2.3 a version of two digits"] = (400, "GET / HTTP/1.11\r\nhost: peer\r\n\r\n"),
        ["9110 15.6.6 a version that is not served"] = (505, "GET / HTTP/3.0\r\nhost: peer\r\n\r\n"),
        ["9112 3 two spaces"] = (400, "GET  / HTTP/1.1\r\nhost: peer\r\n\r\n"),
        ["9112 3 no version"] = (400, "GET /\r\n\r\n"),
        ["9112 3 a target with white space"] = (400, "GET /a b HTTP/1.1\r\nhost: peer\r\n\r\n"),
        ["9112 3 a method that is too long"] = (501, new string('M', 4000) + " / HTTP/1.1\r\nhost: peer\r\n\r\n"),
        ["9112 3 a target that is too long"] = (414, "GET /" + new string('t', 20000) + " HTTP/1.1\r\nhost: peer\r\n\r\n"),
        ["9112 3.2 no host"] = (400, "GET / HTTP/1.1\r\n\r\n"),
        ["9112 3.2 two hosts"] = (400, "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n"),
        ["9112 3.2 a host that is none"] = (400, "GET / HTTP/1.1\r\nhost: a/b\r\n\r\n"),
        ["9112 3.2 a target without a solidus"] = (400, "GET index.html HTTP/1.1\r\nhost: peer\r\n\r\n"),
        ["9112 5.1 white space before the colon"] = (400, Start + "accept : */*\r\n\r\n"),
        ["9112 5.1 a name with white space"] = (400, Start + "ac cept: */*\r\n\r\n"),
        ["9112 5.1 no colon"] = (400, Start + "accept\r\n\r\n"),
        ["9112 5.2 a folded line"] = (400, Start + "accept: a\r\n b\r\n\r\n"),
        ["9110 5.5 a zero octet in a value"] = (400, Start + "accept: a\0b\r\n\r\n"),
        ["6585 5 an oversized field"] = (431, Start + "x: " + new string('x', 20000) + "\r\n\r\n"),
        ["6585 5 too many fields"] = (431, Start + string.Concat(Enumerable.Range(0, 300).Select(i => $"x{i}: y\r\n")) + "\r\n"),
        ["9112 6.1 a coding that is not known"] = (501, Upload + "transfer-encoding: rot13, chunked\r\n\r\n0\r\n\r\n"),
        ["9112 6.1 chunked not last"] = (400, Upload + "transfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
        ["9112 6.1 chunked twice"] = (400, Upload + "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        ["9112 6.1 a length and a coding"] = (400, Upload + "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        ["9112 6.1 a coding in HTTP/1.0"] = (400, "POST /api/echo HTTP/1.0\r\nhost: peer\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        ["9112 6.3 two lengths"] = (400, Upload + "content-length: 5\r\ncontent-length: 6\r\n\r\nhello"),
        ["9110 8.6 a length below zero"] = (400, Upload + "content-length: -5\r\n\r\nhello"),
        ["9110 8.6 a length with a sign"] = (400, Upload + "content-length: +5\r\n\r\nhello"),
        ["9110 8.6 a length that is no number"] = (400, Upload + "content-length: five\r\n\r\nhello"),
        ["9110 8.6 a length beyond all numbers"] = (0, Upload + "content-length: 99999999999999999999\r\n\r\nhello"),
        ["9110 10.1.1 an expectation that is not known"] = (417, Upload + "connection: close\r\nexpect: wonders\r\ncontent-length: 5\r\n\r\nhello"),
        ["9110 9.3.6 CONNECT"] = (0, "CONNECT peer:80 HTTP/1.1\r\nhost: peer:80\r\n\r\n"),
        ["9112 7.1 a chunk without a size"] = (400, Upload + "transfer-encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"),
        ["9112 7.1 a chunk of less than its size"] = (400, Upload + "transfer-encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n"),
        ["9112 7.1 a chunk size beyond all numbers"] = (400, Upload + "transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
        ["9112 7.1 a chunk with a bare line feed"] = (400, Upload + "transfer-encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"),
        ["9112 7.1.1 an endless chunk extension"] = (400, Upload + "transfer-encoding: chunked\r\n\r\n5;" + new string('e', 100000)),
    };

    public static IEnumerable<object[]> Refused => s_refused.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Refused))]
    [Retry(2)]
    public async Task Refused_and_closed(string name)
    {
        (int status, string request) = s_refused[name];
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(request));
        string answer = await peer.ReadTextToEndAsync();
        if (name.StartsWith("9112 7.1", StringComparison.Ordinal) && answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            // The echo had begun: it must not look complete (RFC 9112 8).
            Assert.DoesNotContain("\r\n0\r\n", answer);
        }
        else
        {
            Assert.IsTrue(answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), "No answer: " + answer);
            int got = int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
            if (status == 0)
            {
                Assert.IsTrue(got is >= 400 and < 600, answer);
            }
            else
            {
                Assert.AreEqual(status, got, answer);
            }

            StringAssert.Contains(answer, "connection: close", answer);
            Assert.AreEqual(answer.IndexOf("HTTP/1.1", StringComparison.Ordinal), answer.LastIndexOf("HTTP/1.1", StringComparison.Ordinal), "A second answer: " + answer);
        }

        await NextClient.IsServedAsync(Host);
    }

    [TestMethod]
    [DataRow("GET / HT", DisplayName = "in the request line")]
    [DataRow("GET / HTTP/1.1\r\nhos", DisplayName = "in the fields")]
    [DataRow(Upload + "content-length: 100\r\n\r\nhello", DisplayName = "in a body with a length")]
    [DataRow(Upload + "transfer-encoding: chunked\r\n\r\n64\r\nhello", DisplayName = "in a chunk")]
    [Retry(2)]
    public async Task A_connection_that_is_cut_off_is_closed(string request)
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(request);
        peer.EndSending();
        string answer = await peer.ReadTextToEndAsync();
        Assert.DoesNotContain("\r\n0\r\n", answer, "A broken upload was echoed as if it were whole.");
        await NextClient.IsServedAsync(Host);
    }

    [TestMethod]
    [DataRow("", DisplayName = "before the request line")]
    [DataRow("GET / HT", DisplayName = "in the request line")]
    [DataRow("GET / HTTP/1.1\r\nhos", DisplayName = "in the fields")]
    [DataRow(Upload + "content-length: 100\r\n\r\nhello", DisplayName = "in a body with a length")]
    [DataRow(Upload + "transfer-encoding: chunked\r\n\r\n64\r\nhello", DisplayName = "in a chunk")]
    [Retry(2)]
    public async Task A_connection_that_falls_silent_gives_way(string request)
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync(request);
        await Task.Delay(100);
        await NextClient.IsServedAsync(Host, 2000);
    }

    [TestMethod]
    public async Task Nothing_is_held_after_broken_uploads()
    {
        for (int i = 0; i < 12; i++)
        {
            using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
            await peer.SendAsync(Upload + (i % 2 == 0 ? "content-length: 100\r\n\r\nhello" : "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\nx"));
            peer.EndSending();
            await peer.ReadTextToEndAsync();
        }

        using RawConnection last = await RawConnection.OpenAsync(Host.HttpPort);
        await last.SendAsync(Upload + "connection: close\r\ncontent-length: 5\r\n\r\nhello");
        string echo = await last.ReadTextToEndAsync();
        Assert.IsTrue(echo.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) && echo.Contains("hello", StringComparison.Ordinal), echo);
    }

    [TestMethod]
    [Retry(2)]
    public async Task Plain_text_on_the_TLS_port_gets_a_plain_400()
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpsPort);
        await peer.SendAsync(Start + "\r\n");
        string answer = await peer.ReadTextToEndAsync();
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        await NextClient.IsServedAsync(Host);
    }

    [TestMethod]
    [DataRow("\u0016\u0003\u0001\0\u0005hello", DisplayName = "a record that is no greeting")]
    [DataRow("\u0016\u0003\u0001\u0002\0", DisplayName = "a greeting that never comes")]
    [Retry(2)]
    public async Task A_handshake_that_goes_nowhere_does_not_hold_the_server(string octets)
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpsPort);
        await peer.SendAsync(octets);
        await Task.Delay(100);
        await NextClient.IsServedAsync(Host, 2000);
    }
}
