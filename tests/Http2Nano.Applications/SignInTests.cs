using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Access;
using Http2Nano.Applications.Harness;
using Http2Nano.Messages;
using Http2Nano.Peers.Harness;
using Http2Nano.Routing;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>Signing in with a session, as curl's cookie jar and Chromium do it.</summary>
[TestClass]
public sealed class SignInTests
{
    private static TestServer s_server = null!;

    [ClassInitialize]
    public static void Start(TestContext _)
    {
        HashedSecrets users = new("salt");
        users.Add("anna:a long secret");
        var signIn = new SignIn("/sign-in", "lab", users, new Clock());
        Router router = new();
        router.MapGet("/", (_, response) => Page(response, "<!doctype html><title>Home</title><h1>Home</h1><form method=post action=/sign-in/out><button>Sign out</button></form>"));
        router.MapGet("/secret", (request, response) => Page(response, "<!doctype html><title>Secret</title><h1>Secret " + request.GetQueryValue("a") + "</h1>"));
        router.MapGet("/data", (_, response) => response.Write("data"));
        router.MapPut("/data", (_, response) => response.Status = 204);
        router.MapSignIn(signIn);
        router.Guard("/", signIn);
        s_server = new TestServer(router);
    }

    [ClassCleanup]
    public static void Stop() => s_server.Dispose();

    [TestMethod]
    [DataRow("http", "--http1.1", "session")]
    [DataRow("https", "--http2", "__Host-session")]
    public async Task Curl_keeps_a_session_in_its_jar(string scheme, string protocol, string name)
    {
        string jar = Path.GetTempFileName();
        try
        {
            string[] with = [protocol, "-c", jar, "-b", jar];
            string server = s_server.Of(scheme).ToString();
            Assert.AreEqual(401, (await Reply.OfCurlAsync([.. with, server + "data"])).Status);
            Assert.AreEqual(401, (await Reply.OfCurlAsync([.. with, "-d", "user=anna", "-d", "password=wrong", server + "sign-in"])).Status);
            Assert.AreEqual(204, (await Reply.OfCurlAsync([.. with, "-d", "user=anna", "--data-urlencode", "password=a long secret", server + "sign-in"])).Status);
            string kept = (await File.ReadAllLinesAsync(jar)).Single(line => line.Contains("ession"));
            StringAssert.StartsWith(kept, "#HttpOnly_127.0.0.1\tFALSE\t/\t" + (scheme == "https" ? "TRUE" : "FALSE") + "\t0\t" + name + "\t");
            Assert.AreEqual(200, (await Reply.OfCurlAsync([.. with, server + "data"])).Status);
            Assert.AreEqual(204, (await Reply.OfCurlAsync([.. with, "-X", "PUT", "-d", "x", server + "data"])).Status);
            Assert.AreEqual(204, (await Reply.OfCurlAsync([.. with, "-X", "DELETE", server + "sign-in"])).Status);
            Assert.AreEqual(401, (await Reply.OfCurlAsync([.. with, server + "data"])).Status);
            Assert.AreEqual(200, (await Reply.OfCurlAsync([.. with, "-u", "anna:a long secret", server + "data"])).Status, "Basic, as before");
        }
        finally
        {
            File.Delete(jar);
        }
    }

    [TestMethod]
    [DataRow("http")]
    [DataRow("https")]
    public async Task A_browser_signs_in_on_the_page_and_comes_back(string scheme)
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        string server = s_server.Of(scheme).ToString();
        await page.GotoAsync(server + "secret?a=b%20c");
        StringAssert.StartsWith(page.Url, server + "sign-in?next=");
        Assert.AreEqual("Sign in", await page.TitleAsync());
        Assert.IsEmpty(complaints, string.Join('\n', complaints));
        await PictureAsync(page, scheme + "-sign-in");

        await page.GetByLabel("Name").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The name or the password is wrong.");
        await PictureAsync(page, scheme + "-sign-in-wrong");

        await page.GetByLabel("Name").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync("a long secret");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Secret b c");
        Assert.AreEqual(server + "secret?a=b%20c", page.Url);
        Assert.AreEqual("", await page.EvaluateAsync<string>("document.cookie"), "no script reads the cookie");
        Assert.AreEqual(204, await page.EvaluateAsync<int>("async () => (await fetch('/data', { method: 'PUT' })).status"));

        // A script that is not signed in any more gets 401 that opens no box.
        string[] answer = await page.EvaluateAsync<string[]>("""
            async () => {
              const out = await fetch('/sign-in', { method: 'DELETE' });
              const change = await fetch('/data', { method: 'PUT' });
              return [String(out.status), String(change.status), change.headers.get('www-authenticate')];
            }
            """);
        CollectionAssert.AreEqual(new[] { "204", "401", "Cookie realm=\"lab\"" }, answer);

        await page.GotoAsync(server);
        await page.GetByLabel("Name").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync("a long secret");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveTitleAsync("Home");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Sign in");
        await page.Context.CloseAsync();
    }

    private static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Places.Pictures, name + ".png") });

    private static void Page(HttpResponse response, string html)
    {
        response.AddHeader("content-type", "text/html; charset=utf-8");
        response.Write(html);
    }
}
