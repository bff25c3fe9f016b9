using System;
using System.Net.Http;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Features;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>Server push, early hints and trailers, as clients see them that others wrote; and clients that are not polite.</summary>
[TestClass]
public sealed partial class FeatureTests
{
    private static FeatureServer? s_server;

    private static FeatureServer Server => s_server ?? throw new InvalidOperationException();

    [ClassInitialize]
    public static void Start(TestContext _) => s_server = new FeatureServer();

    [ClassCleanup]
    public static void Stop() => s_server?.Dispose();

    [TestMethod]
    public async Task Nghttp_takes_a_promise_before_the_response_that_refers_to_it()
    {
        string log = await NghttpAsync("push", "-nv");
        int promise = log.IndexOf("recv PUSH_PROMISE frame", StringComparison.Ordinal);
        Match response = ResponseHeaders().Match(log);
        Assert.IsGreaterThan(0, promise, log);
        Assert.IsGreaterThan(promise, response.Index, log);
        StringAssert.Contains(log, "promised_stream_id=2");
        StringAssert.Contains(log, ":path: /style.css");
        StringAssert.Matches(log, PromisedBody());
    }

    [TestMethod]
    public async Task Nghttp_without_push_gets_no_promise()
    {
        string log = await NghttpAsync("push", "-nv", "--no-push");
        Assert.IsFalse(log.Contains("PUSH_PROMISE", StringComparison.Ordinal), log);
        StringAssert.Contains(log, ":status: 200");
    }

    [TestMethod]
    public async Task Nghttp_shows_trailers_behind_the_body()
    {
        string log = await NghttpAsync("trailers", "-nv");
        int body = log.LastIndexOf("recv DATA frame", StringComparison.Ordinal);
        int trailer = log.IndexOf("x-checksum: c0ffee", StringComparison.Ordinal);
        Assert.IsGreaterThan(0, body, log);
        Assert.IsGreaterThan(body, trailer, log);
    }

    [TestMethod]
    public async Task Nghttp_shows_early_hints_before_the_response()
    {
        string log = await NghttpAsync("hints", "-nv");
        int hints = log.IndexOf(":status: 103", StringComparison.Ordinal);
        Assert.IsGreaterThan(0, hints, log);
        Assert.IsGreaterThan(hints, log.IndexOf("link: " + FeatureServer.Link, StringComparison.Ordinal), log);
        Assert.IsGreaterThan(hints, log.IndexOf(":status: 200", StringComparison.Ordinal), log);
    }

    [TestMethod]
    public async Task Node_gets_the_promised_stream_as_an_event()
    {
        JsonElement told = await NodeAsync("http2_features.mjs", "push");
        JsonElement promise = told.GetProperty("promised")[0];
        Assert.AreEqual("/style.css", promise.GetProperty("path").GetString());
        Assert.AreEqual("GET", promise.GetProperty("method").GetString());
        Assert.AreEqual(Server.Origin.Authority, promise.GetProperty("authority").GetString());
        Assert.IsTrue(promise.GetProperty("beforeResponse").GetBoolean());
        Assert.AreEqual(200, promise.GetProperty("status").GetInt32());
        Assert.AreEqual(FeatureServer.Style, promise.GetProperty("body").GetString());
        Assert.AreEqual(200, told.GetProperty("status").GetInt32());
    }

    [TestMethod]
    [DataRow("http2_features.mjs")]
    [DataRow("http1_features.mjs")]
    public async Task Node_gets_early_hints_and_then_the_response(string script)
    {
        JsonElement told = await NodeAsync(script, "hints");
        JsonElement hints = told.GetProperty("informational")[0];
        Assert.AreEqual(103, hints.GetProperty("status").GetInt32());
        Assert.AreEqual(FeatureServer.Link, hints.GetProperty("link").GetString());
        Assert.AreEqual(200, told.GetProperty("status").GetInt32());
        Assert.AreEqual("hinted", told.GetProperty("body").GetString());
    }

    [TestMethod]
    [DataRow("http2_features.mjs")]
    [DataRow("http1_features.mjs")]
    public async Task Node_gets_trailers(string script)
    {
        JsonElement told = await NodeAsync(script, "trailers");
        Assert.AreEqual("c0ffee", told.GetProperty("trailers").GetProperty(FeatureServer.Checksum).GetString());
        Assert.AreEqual(FeatureServer.TrailedLength, told.GetProperty("body").GetString()!.Length);
    }

    // A client must be able to tell part of a response from the whole (RFC 9112 8, RFC 9113 8.1).
    [TestMethod]
    [DataRow("http2_features.mjs", "Stream closed with error code NGHTTP2_INTERNAL_ERROR")]
    [DataRow("http1_features.mjs", "aborted")]
    public async Task Node_is_told_that_a_response_is_cut(string script, string error)
    {
        JsonElement told = await NodeAsync(script, "cut");
        Assert.AreEqual(200, told.GetProperty("status").GetInt32());
        Assert.AreEqual(error, told.GetProperty("error").GetString());
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 0)]
    public async Task HttpClient_is_told_that_a_response_is_cut(int major, int minor)
    {
        using HttpClient client = DotnetClient.Create(new Version(major, minor));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetByteArrayAsync(new Uri(Server.Origin, "cut")));
    }

    [TestMethod]
    [DataRow("--http1.1", 18)]
    [DataRow("--http2-prior-knowledge", 92)]
    public async Task Curl_is_told_that_a_response_is_cut(string protocol, int exit)
    {
        Outcome outcome = await Tool.Find("curl").RunAsync(["-s", protocol, new Uri(Server.Origin, "cut").ToString()]);
        Assert.AreEqual(exit, outcome.ExitCode, outcome.Text);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 0)]
    public async Task HttpClient_gets_trailers_and_is_not_confused_by_early_hints(int major, int minor)
    {
        using HttpClient client = DotnetClient.Create(new Version(major, minor));
        using HttpResponseMessage trailed = await client.GetAsync(new Uri(Server.Origin, "trailers"));
        Assert.HasCount(FeatureServer.TrailedLength, await trailed.Content.ReadAsByteArrayAsync());
        Assert.AreEqual("c0ffee", string.Join(',', trailed.TrailingHeaders.GetValues(FeatureServer.Checksum)));
        using HttpResponseMessage hinted = await client.GetAsync(new Uri(Server.Origin, "hints"));
        Assert.AreEqual("hinted", await hinted.Content.ReadAsStringAsync());
        Assert.AreEqual(major, hinted.Version.Major);
    }

    [TestMethod]
    [DataRow("--http1.1", "HTTP/1.1")]
    [DataRow("--http2-prior-knowledge", "HTTP/2")]
    [DataRow("--http2", "HTTP/2")]
    public async Task Curl_shows_103_and_then_200(string option, string version)
    {
        string log = (await Tool.Find("curl").SucceedAsync(["-sS", "-i", option, new Uri(Server.Origin, "hints").ToString()])).Text;
        int hints = log.IndexOf(version + " 103", StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, hints, log);
        Assert.IsGreaterThan(hints, log.IndexOf("link: " + FeatureServer.Link, StringComparison.Ordinal), log);
        Assert.IsGreaterThan(hints, log.IndexOf(version + " 200", StringComparison.Ordinal), log);
        StringAssert.EndsWith(log, "hinted", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_promise_may_be_refused()
    {
        JsonElement told = await RudeAsync("refuse-push");
        Assert.AreEqual(1, told.GetProperty("promised").GetInt32());
        Assert.IsLessThan(FeatureServer.LongLength, told.GetProperty("bodies").TryGetProperty("2", out JsonElement octets) ? octets.GetInt32() : 0);
        Assert.AreEqual(FeatureServer.Style.Length, Body(told, 3));
    }

    [TestMethod]
    public async Task A_window_that_becomes_negative_in_the_middle_only_delays()
    {
        Assert.AreEqual(FeatureServer.LongLength, Body(await RudeAsync("shrink-window"), 1));
    }

    [TestMethod]
    public async Task Streams_that_are_left_behind_harm_no_other()
    {
        Assert.AreEqual(FeatureServer.Style.Length, Body(await RudeAsync("leave-streams"), 21));
    }

    [TestMethod]
    public async Task Octets_in_padded_frames_and_trailers_of_a_request_arrive()
    {
        Assert.AreEqual("cafe".Length, Body(await RudeAsync("pad"), 1));
    }

    [TestMethod]
    public async Task The_table_may_change_its_size_between_requests()
    {
        JsonElement told = await RudeAsync("change-table");
        for (int stream = 1; stream < 12; stream += 2)
        {
            Assert.AreEqual(FeatureServer.Style.Length, Body(told, stream));
        }
    }

    [TestMethod]
    public async Task Streams_beyond_the_limit_are_answered_or_refused_and_the_connection_lives()
    {
        const int Refused = 7;
        JsonElement told = await RudeAsync("too-many");
        for (int stream = 1; stream < 121; stream += 2)
        {
            bool answered = told.GetProperty("bodies").TryGetProperty($"{stream}", out JsonElement octets);
            bool reset = told.GetProperty("resets").TryGetProperty($"{stream}", out JsonElement code);
            Assert.IsTrue(answered ? octets.GetInt32() == FeatureServer.Style.Length : reset && code.GetInt32() == Refused, $"stream {stream}: {told}");
        }
    }

    private static async Task<string> NghttpAsync(string path, params string[] options) =>
        (await Tool.Find("nghttp").SucceedAsync([.. options, new Uri(Server.Origin, path).ToString()])).Text;

    private static async Task<JsonElement> NodeAsync(string script, string path) =>
        Parse(await Tool.Find("node").SucceedAsync([Places.Script(script), new Uri(Server.Origin, path).ToString()]));

    private static async Task<JsonElement> RudeAsync(string which)
    {
        Tool python = await Tool.FindPythonAsync("h2");
        JsonElement told = Parse(await python.SucceedAsync([Places.Script("h2_rude.py"), Server.Origin.ToString(), which]));
        Assert.AreEqual(JsonValueKind.Null, told.GetProperty("closed").ValueKind, $"The connection was closed: {told}");
        return told;
    }

    private static int Body(JsonElement told, int stream) => told.GetProperty("bodies").GetProperty($"{stream}").GetInt32();

    private static JsonElement Parse(Outcome outcome)
    {
        using JsonDocument document = JsonDocument.Parse(outcome.Text);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"recv HEADERS frame <length=\d+, flags=0x04, stream_id=13>")]
    private static partial Regex ResponseHeaders();

    [GeneratedRegex(@"recv DATA frame <length=\d+, flags=0x\d\d, stream_id=2>")]
    private static partial Regex PromisedBody();
}
