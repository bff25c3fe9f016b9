using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Applications.Harness;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>What is wrong with a request gets a precise 4xx that reveals nothing, by either protocol, and harms nobody.</summary>
[TestClass]
public sealed class BadInputTests
{
    private const string Http1 = "--http1.1";
    private const string Http2 = "--http2-prior-knowledge";

    // What no client needs to know: code, folders, versions.
    private static readonly string[] s_secrets = ["Http2Nano", "Exception", "   at ", ".cs", "/work", "/root", "/home", "nanoFramework", "Microsoft", "0.1.0"];

    private static Application s_application = null!;
    private static TestServer s_server = null!;

    public static IEnumerable<object[]> Targets =>
        from protocol in new[] { Http1, Http2 }
        from row in new (string Target, int Status)[]
        {
            // Broken percent-encoding, in the path and in the query.
            ("/api/search%", 400), ("/%4", 400), ("/%zz", 400), ("/a%2", 400), ("/api/search?q=%", 400), ("/api/search?q=%g0", 400), ("/api/search?q=%4", 400),

            // NUL and control characters.
            ("/%00", 400), ("/style.css%00.html", 400), ("/%0d%0aset-cookie:a", 400), ("/%7f", 400), ("/api/search?q=a%00b", 400),

            // Overlong UTF-8 (of a solidus, of a dot), surrogates, a lone trail octet, a character cut short.
            ("/%c0%af", 400), ("/%e0%80%af", 400), ("/%f0%80%80%af", 400), ("/%c0%ae%c0%ae/", 400), ("/%ed%a0%80", 400), ("/%80", 400), ("/%e2%82", 400), ("/%f5%80%80%80", 400), ("/api/search?q=%c0%af", 400),

            // Ways out of the folder.
            ("/..", 404), ("/../etc/passwd", 404), ("/docs/../../etc/passwd", 404), ("/%2e%2e/etc/passwd", 404), ("/..%2fetc/passwd", 404), ("/..%5cetc", 404), ("/docs/%2e%2e/app.js", 404), ("/docs/../app.js", 404), ("/./app.js", 404), ("//app.js", 404), ("/docs%2Findex.html", 404), ("/..;/app.js", 404), ("/api/rooms/../sensors/1", 404), ("/api/rooms/%2e%2e/sensors/1", 404),

            // Encoded once too often is a name that nobody has.
            ("/%252e%252e/etc/passwd", 404), ("/nowhere", 404), ("/api/rooms/a/sensors/1/x", 404),
        }
        select new object[] { protocol, row.Target, row.Status };

    [ClassInitialize]
    public static void Start(TestContext _)
    {
        s_application = new Application();
        s_server = new TestServer(s_application.Router);
    }

    [ClassCleanup]
    public static void Stop()
    {
        s_application.Events.Stop();
        s_server.Dispose();
    }

    [TestCleanup]
    public async Task Others_are_served_as_before()
    {
        Assert.AreEqual("a thing", (await AskAsync(Http1, "/api/thing")).Text);
        Assert.IsEmpty(s_application.Failures, string.Join('\n', s_application.Failures));
    }

    [TestMethod]
    [DynamicData(nameof(Targets))]
    public async Task Targets_that_lead_nowhere(string protocol, string target, int status)
    {
        Reply reply = await AskAsync(protocol, target);
        Refused(reply, status, target);
        Assert.IsFalse(reply.Everything.Contains("passwd", StringComparison.Ordinal), reply.Everything);
    }

    [TestMethod]
    [DataRow(Http1, 2)]
    [DataRow(Http2, 2)]
    [DataRow(Http1, 10000)]
    [DataRow(Http2, 10000)]
    public async Task Ten_thousand_fields_of_a_query_are_too_many(string protocol, int count)
    {
        string query = string.Concat(Enumerable.Range(0, count).Select(i => $"{i % 10}=&")) + "q=found";
        Reply reply = await AskAsync(protocol, "/api/search?" + query);
        if (count == 2)
        {
            Assert.AreEqual("found", reply.Text);
            return;
        }

        // RFC 9110 15.5.15.
        Refused(reply, 414, $"{count} fields");
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task A_path_that_fits_nowhere_is_too_long(string protocol)
    {
        foreach (int length in new[] { 2000, 8000, 60000 })
        {
            using var file = new TemporaryFile(Encoding.ASCII.GetBytes($"url = \"{s_server.Http}{new string('x', length)}\"\n"));
            Refused(await Reply.OfCurlAsync([protocol, "-K", file.Path]), 414, $"{length} bytes");
        }
    }

    [TestMethod]
    public async Task Ten_thousand_fields_of_a_form_are_too_many()
    {
        using var form = new TemporaryFile(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 10000).Select(i => $"f{i}={i}"))));
        Refused(await AskAsync(Http1, "/api/form", "-d", "@" + form.Path), 413, "form");

        // curl 7.88 loses the response when RST_STREAM ends the upload (RFC 9113 8.1).
        Outcome outcome = await Tool.Find("nghttp").RunAsync(["-nv", "-d", form.Path, "-H", "content-type: application/x-www-form-urlencoded", s_server.Http + "api/form"]);
        Assert.Contains(":status: 413", outcome.Text);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task Broken_JSON_is_400(string protocol)
    {
        string[] texts =
        [
            "", "{", "{}", "[]", "{\"name\"}", "{\"name\":}", "{\"name\":1}", "{\"name\":\"a\"", "{\"name\":\"a\"}}", "{\"name\":\"a\",}", "{\"name\":\"a\"} x",
            "{'name':'a'}", "{\"name\":\"\\x\"}", "{\"name\":\"\\ud800\"}", "{\"name\":\"\\u0000\"}", "{\"name\":\"a\nb\"}", "{\"other\":\"a\"}", "nul",
            new string('[', 500), "{\"name\":" + new string('9', 400) + "}",
        ];
        foreach (string text in texts)
        {
            Refused(await AskAsync(protocol, "/api/json", "--json", text), 400, text);
        }

        // Octets that are no UTF-8.
        using var octets = new TemporaryFile([.. "{\"name\":\""u8, 0xC0, 0xAF, .. "\"}"u8]);
        Refused(await AskAsync(protocol, "/api/json", "--json", "@" + octets.Path), 400, "overlong");
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task Broken_forms_are_400(string protocol)
    {
        foreach (string form in new[] { "name=%", "name=%zz", "name=%4", "name=%00", "name=%c0%af", "name=a&x=%", "other=a", "&&&", "name" })
        {
            // A name without a value is a field without a value.
            Reply reply = await AskAsync(protocol, "/api/form", "-d", form);
            if (form == "name")
            {
                Assert.AreEqual(200, reply.Status);
                continue;
            }

            Refused(reply, 400, form);
        }

        Refused(await AskAsync(protocol, "/api/form", "-H", "content-type: text/plain", "-d", "name=a"), 400, "type");
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task Wrong_ranges_are_the_whole_or_416(string protocol)
    {
        // RFC 9110 14.2: what is malformed, and what is more than one range, may be ignored.
        foreach (string range in new[] { "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1,5-6", "bytes 0-1", "lines=1-2", "bytes=0x1-2", "bytes=--5", "bytes=1-2-3" })
        {
            Reply reply = await AskAsync(protocol, "/big.bin", "-H", $"Range: {range}");
            Assert.AreEqual(200, reply.Status, range);
            Assert.HasCount(100_000, reply.Body, range);
        }

        foreach (string range in new[] { "bytes=100000-", "bytes=-0", "bytes=99999999999999999999-", "bytes=100000-100001" })
        {
            Reply reply = await AskAsync(protocol, "/big.bin", "-H", $"Range: {range}");
            Refused(reply, 416, range);
            Assert.AreEqual("bytes */100000", reply.Field("content-range"), range);
        }

        Assert.HasCount(1, (await AskAsync(protocol, "/big.bin", "-H", "Range: bytes=99999-99999999999999999999")).Body);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task Wrong_credentials_are_401_then_429(string protocol)
    {
        var application = new Application();
        using var server = new TestServer(application.Router);
        int refused = 0;
        foreach (string value in new[] { "Basic", "Basic !", "Basic YTpi", "Bearer 1", "Negotiate x", "Basic " + new string('A', 600), "Basic AAAA" })
        {
            Reply reply = await Reply.OfCurlAsync([protocol, "-H", $"Authorization: {value}", server.Http + "private"]);
            Refused(reply, reply.Status == 429 ? 429 : 401, value);
            Assert.IsTrue(reply.Status == 429 || reply.Field("www-authenticate") != null, value);
            refused += reply.Status == 429 ? 1 : 0;
        }

        Assert.IsLessThan(3, refused);
    }

    private static void Refused(Reply reply, int status, string about)
    {
        Assert.AreEqual(status, reply.Status, about);
        foreach (string secret in s_secrets)
        {
            Assert.IsFalse(reply.Everything.Contains(secret, StringComparison.Ordinal), $"{about}: {reply.Everything}");
        }

        // Nothing of what was sent comes back either: the body is the problem of the status, or there is none.
        Assert.IsTrue(reply.Body.Length == 0 || (reply.Field("content-type") == "application/problem+json" && reply.Body.Length < 100), $"{about}: {reply.Everything}");
    }

    private static Task<Reply> AskAsync(string protocol, string target, params string[] arguments) =>
        Reply.OfCurlAsync([protocol, "--path-as-is", "-g", .. arguments, s_server.Http.ToString().TrimEnd('/') + target]);
}
