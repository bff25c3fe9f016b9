using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Applications.Harness;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>What applications plug in, as curl sees it over each protocol.</summary>
[TestClass]
public sealed class CurlTests
{
    private const string Http1 = "--http1.1";
    private const string Http2 = "--http2-prior-knowledge";
    private const string Tls = "--http2";

    // Http2 is for single requests: with prior knowledge, curl 7.88 breaks connections off that it uses again (curl 10634).
    private static Application s_application = null!;
    private static TestServer s_server = null!;

    [ClassInitialize]
    public static void Start(TestContext _)
    {
        s_application = new Application();
        s_server = new TestServer(s_application.Router);
        s_application.Metrics.Counters = s_server.Counters;
    }

    [ClassCleanup]
    public static void Stop()
    {
        s_application.Events.Stop();
        s_server.Dispose();
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task Ranges_are_parts_of_the_file(string protocol)
    {
        foreach (string file in new[] { "big.txt", "big.bin" })
        {
            byte[] whole = file == "big.txt" ? Application.Text : Application.Noise;
            Reply part = await AskAsync(protocol, file, "-r", "1000-1999");
            Assert.AreEqual(206, part.Status);
            Assert.AreEqual($"bytes 1000-1999/{whole.Length}", part.Field("content-range"));
            CollectionAssert.AreEqual(whole[1000..2000], part.Body);
            CollectionAssert.AreEqual(whole[^5..], (await AskAsync(protocol, file, "-r", "-5")).Body);
            CollectionAssert.AreEqual(whole[99000..], (await AskAsync(protocol, file, "-r", "99000-")).Body);

            // Parts are of the plain form also for those who take gzip.
            CollectionAssert.AreEqual(whole[..10], (await AskAsync(protocol, file, "--compressed", "-r", "0-9")).Body);
            Reply behind = await AskAsync(protocol, file, "-r", "100000-");
            Assert.AreEqual(416, behind.Status);
            Assert.AreEqual($"bytes */{whole.Length}", behind.Field("content-range"));
        }
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task A_download_that_was_broken_off_goes_on(string protocol)
    {
        using var file = new TemporaryFile(Application.Text[..30000]);
        await Tool.Find("curl").SucceedAsync(["-sSf", "-k", protocol, "-C", "-", "-o", file.Path, Address(protocol, "big.txt")]);
        CollectionAssert.AreEqual(Application.Text, file.Content);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task What_is_there_already_is_not_sent_again(string protocol)
    {
        using var tag = new TemporaryFile();
        Reply first = await AskAsync(protocol, "big.txt", "--etag-save", tag.Path);
        Assert.AreEqual(200, first.Status);
        Assert.AreEqual("accept-encoding", first.Field("vary"));
        Reply second = await AskAsync(protocol, "big.txt", "--etag-compare", tag.Path);
        Assert.AreEqual(304, second.Status);
        Assert.IsEmpty(second.Body);
        Assert.AreEqual(first.Field("etag"), second.Field("etag"));
        Assert.AreEqual(first.Field("cache-control"), second.Field("cache-control"));

        // The coded form is another representation.
        Assert.AreEqual(200, (await AskAsync(protocol, "big.txt", "--compressed", "--etag-compare", tag.Path)).Status);
        Assert.AreEqual(200, (await AskAsync(protocol, "app.js", "--etag-compare", tag.Path)).Status);

        string value = first.Field("etag")!;
        Assert.AreEqual(200, (await AskAsync(protocol, "big.txt", "-H", $"If-Match: {value}")).Status);
        Assert.AreEqual(412, (await AskAsync(protocol, "big.txt", "-H", "If-Match: \"other\"")).Status);
        Assert.AreEqual(206, (await AskAsync(protocol, "big.txt", "-r", "0-9", "-H", $"If-Range: {value}")).Status);
        Reply changed = await AskAsync(protocol, "big.txt", "-r", "0-9", "-H", "If-Range: \"other\"");
        Assert.AreEqual(200, changed.Status);
        CollectionAssert.AreEqual(Application.Text, changed.Body);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task Gzip_is_for_those_who_take_it(string protocol)
    {
        Reply coded = await AskAsync(protocol, "big.txt", "--compressed");
        Assert.AreEqual("gzip", coded.Field("content-encoding"));
        Assert.IsLessThan(Application.Text.Length / 2, int.Parse(coded.Field("content-length")!, CultureInfo.InvariantCulture));
        CollectionAssert.AreEqual(Application.Text, coded.Body);
        Assert.IsNull((await AskAsync(protocol, "big.txt")).Field("content-encoding"));
        Assert.IsNull((await AskAsync(protocol, "big.txt", "-H", "Accept-Encoding: gzip;q=0, *")).Field("content-encoding"));
        Assert.IsNull((await AskAsync(protocol, "big.bin", "--compressed")).Field("content-encoding"));
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task Passwords_and_tokens_open(string protocol)
    {
        Reply asked = await AskAsync(protocol, "private");
        Assert.AreEqual(401, asked.Status);
        Assert.AreEqual("Basic realm=\"lab\", charset=\"UTF-8\"", asked.Field("www-authenticate"));
        Assert.AreEqual("for anna", (await AskAsync(protocol, "private", "-u", "anna:a long secret")).Text);

        if (protocol != Http2)
        {
            // Asks first without credentials, as browsers do.
            Assert.AreEqual("for anna", (await AskAsync(protocol, "private", "--anyauth", "-u", "anna:a long secret")).Text);
        }

        Assert.AreEqual(401, (await AskAsync(protocol, "private", "-u", "anna:a wrong secret")).Status);
        Reply token = await AskAsync(protocol, "token");
        Assert.AreEqual("Bearer realm=\"lab\"", token.Field("www-authenticate"));
        Assert.AreEqual("for the program", (await AskAsync(protocol, "token", "--oauth2-bearer", "0123456789abcdef")).Text);
        Assert.AreEqual(401, (await AskAsync(protocol, "token", "--oauth2-bearer", "0123456789abcdeF")).Status);
    }

    [TestMethod]
    public async Task Who_guesses_has_to_wait()
    {
        var application = new Application();
        using var server = new TestServer(application.Router);
        string address = server.Http + "private";
        int[] statuses = new int[7];
        for (int i = 0; i < statuses.Length; i++)
        {
            statuses[i] = (await RunAsync("-u", $"anna:{i}", address)).Status;
        }

        // Five attempts are free; the machine may take a second for them, and so have another one.
        Assert.IsTrue(statuses[..5].All(status => status == 401), string.Join(' ', statuses));
        Reply last = await RunAsync("-u", "anna:x", address);
        for (int i = 0; i < 20 && last.Status == 401; i++)
        {
            last = await RunAsync("-u", "anna:x", address);
        }

        Assert.AreEqual(429, last.Status);
        Assert.AreEqual("1", last.Field("retry-after"));
        Assert.AreEqual(401, (await RunAsync(address)).Status);

        // Another address is another client.
        Assert.AreEqual("for anna", (await RunAsync("--interface", "127.0.0.2", "-u", "anna:a long secret", address)).Text);
        Assert.AreEqual("127.0.0.2", (await RunAsync("--interface", "127.0.0.2", server.Http + "api/peer")).Text);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Tls)]
    public async Task Redirects_are_followed(string protocol)
    {
        Reply folder = await AskAsync(protocol, "docs?x=1");
        Assert.AreEqual(301, folder.Status);
        Assert.AreEqual("docs/?x=1", folder.Field("location"));
        Assert.Contains("Docs", (await AskAsync(protocol, "docs", "-L")).Text);
        Assert.AreEqual("a thing", (await AskAsync(protocol, "api/moved", "-L")).Text);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task Methods_are_what_is_mapped(string protocol)
    {
        Reply head = await AskAsync(protocol, "big.txt", "-I");
        Assert.AreEqual(200, head.Status);
        Assert.AreEqual("100000", head.Field("content-length"));
        Reply options = await AskAsync(protocol, "api/thing", "-X", "OPTIONS");
        Assert.AreEqual(204, options.Status);
        Assert.AreEqual("GET, HEAD, PUT, DELETE, OPTIONS", options.Field("allow"));
        Reply refused = await AskAsync(protocol, "api/thing", "-X", "PATCH");
        Assert.AreEqual(405, refused.Status);
        Assert.AreEqual("GET, HEAD, PUT, DELETE, OPTIONS", refused.Field("allow"));
        Assert.AreEqual("application/problem+json", refused.Field("content-type"));
        Assert.AreEqual(501, (await AskAsync(protocol, "api/thing", "-X", "BREW")).Status);
        Assert.AreEqual("new", (await AskAsync(protocol, "api/thing", "-X", "PUT", "-d", "new")).Text);
        Assert.AreEqual("kitchen 12", (await AskAsync(protocol, "api/rooms/kitchen/sensors/12")).Text);
        Assert.AreEqual("küche 3", (await AskAsync(protocol, "api/rooms/k%C3%BCche/sensors/3")).Text);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    [DataRow(Tls)]
    public async Task Forms_JSON_and_cookies_are_read(string protocol)
    {
        Assert.AreEqual("ä b&c", (await AskAsync(protocol, "api/form", "--data-urlencode", "name=ä b&c")).Text);
        Assert.AreEqual("Jürgen \"J\"", (await AskAsync(protocol, "api/json", "--json", "{ \"name\": \"J\\u00fcrgen \\\"J\\\"\" }")).Text);
        Assert.AreEqual("50 %", (await AskAsync(protocol, "api/search", "-G", "--data-urlencode", "q=50 %")).Text);
        Assert.AreEqual("abc", (await AskAsync(protocol, "api/cookie", "-b", "a=1; sid=abc; b=2")).Text);
        Assert.AreEqual("none", (await AskAsync(protocol, "api/cookie", "-b", "a=1")).Text);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Tls)]
    public async Task Another_thread_may_answer_later(string protocol)
    {
        // All at once, though there are two exchanges and each that waits holds one. Not with prior knowledge: curl 7.88 fails
        // at that with every server.
        string address = Address(protocol, "api/later/");
        List<string> arguments = ["-sS", "-k", protocol, "-Z"];
        arguments.AddRange(Enumerable.Range(0, 12).SelectMany(i => new[] { "-o", "-", $"{address}{i}" }));
        Outcome outcome = await Tool.Find("curl").SucceedAsync(arguments);
        for (int i = 0; i < 12; i++)
        {
            Assert.Contains($"{i} at last", outcome.Text);
        }
    }

    [TestMethod]
    public async Task A_body_too_large_to_gather_is_refused_before_it_is_sent()
    {
        using var body = new TemporaryFile(new byte[2_000_000]);
        Reply reply = await AskAsync(Http1, "api/thing", "-X", "PUT", "-T", body.Path, "-H", "Expect: 100-continue", "--expect100-timeout", "10");
        Assert.AreEqual(413, reply.Status);
        Assert.AreEqual(0L, reply.Uploaded);
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task A_handler_that_throws_tells_the_client_nothing(string protocol)
    {
        int before = s_application.Failures.Count;
        Reply reply = await AskAsync(protocol, "api/throws");
        Assert.AreEqual(500, reply.Status);
        Assert.AreEqual("{\"title\":\"Internal Server Error\",\"status\":500}", reply.Text);
        Assert.AreEqual(Application.Secret, s_application.Failures[before]);
        Assert.AreEqual("a thing", (await AskAsync(protocol, "api/thing")).Text);
    }

    [TestMethod]
    public async Task A_name_that_was_pointed_here_by_others_gets_nothing()
    {
        var application = new Application();
        application.Router.Hosts = new Access.HostAllowList(["device.local"]);
        using var server = new TestServer(application.Router);
        foreach (string protocol in new[] { Http1, Http2 })
        {
            string[] to = [protocol, "--resolve", $"evil.example:{server.HttpPort}:127.0.0.1", "--resolve", $"device.local:{server.HttpPort}:127.0.0.1"];
            Assert.AreEqual(421, (await RunAsync([.. to, $"http://evil.example:{server.HttpPort}/api/thing"])).Status);
            Assert.AreEqual("a thing", (await RunAsync([.. to, $"http://device.local:{server.HttpPort}/api/thing"])).Text);
            Assert.AreEqual("a thing", (await RunAsync([protocol, server.Http + "api/thing"])).Text);
        }
    }

    [TestMethod]
    [DataRow(Http1)]
    [DataRow(Http2)]
    public async Task Pages_of_other_origins_change_nothing(string protocol)
    {
        Assert.AreEqual(403, (await AskAsync(protocol, "api/thing", "-X", "PUT", "-d", "x", "-H", "Origin: http://evil.example")).Status);
        Assert.AreEqual(403, (await AskAsync(protocol, "api/thing", "-X", "PUT", "-d", "x", "-H", "Sec-Fetch-Site: cross-site")).Status);
        Assert.AreEqual(403, (await AskAsync(protocol, "api/thing", "-X", "PUT", "-d", "x", "-H", "Origin: null")).Status);
        string own = Address(protocol, "").TrimEnd('/');
        Assert.AreEqual("x", (await AskAsync(protocol, "api/thing", "-X", "PUT", "-d", "x", "-H", $"Origin: {own}")).Text);
    }

    private static string Address(string protocol, string target) => (protocol == Tls ? s_server.Https : s_server.Http) + target;

    private static Task<Reply> AskAsync(string protocol, string target, params string[] arguments) =>
        RunAsync([protocol, .. arguments, Address(protocol, target)]);

    private static Task<Reply> RunAsync(params string[] arguments) => Reply.OfCurlAsync(arguments);
}
