using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>What a client does at a board, and what it is to find.</summary>
internal sealed record Visit(string Name, Func<Task> Make);

/// <summary>What clients do at a board, politely and not, and small enough for the smallest profile.</summary>
internal static class Visits
{
    private const int Length = 100_000;

    // curl's exit code for a time that is over.
    private const int TimeOver = 28;

    private static readonly string[] s_versions = ["--http1.1", "--http2", "--http2-prior-knowledge"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Visit> All(HostProcess host, Browser browser) =>
    [
        .. Client.Names.SelectMany(client => Routes(host, client)),
        .. s_versions.SelectMany(version => Curl(host, version)),
        new("two requests on an upgraded connection", () => UpgradeAsync(host)),
        new("nghttp with a window of 127 octets", () => SmallWindowAsync(host)),
        new("h2load with ten requests at once", () => LoadAsync(host)),
        new("python websockets", () => WebSocketAsync(host)),
        new("Chromium over http", () => BrowseAsync(browser, host.Http)),
        new("Chromium over https", () => BrowseAsync(browser, host.Https)),
    ];

    private static IEnumerable<Visit> Routes(HostProcess host, string client) =>
    [
        new(client + " /", () => RouteChecks.PageAsync(host, client)),
        new(client + " /api/status", () => RouteChecks.StatusAsync(host, client)),
        new(client + " /api/bytes", () => RouteChecks.BytesAsync(host, client, Length)),
        new(client + " /api/echo", () => RouteChecks.EchoAsync(host, client, Length)),
    ];

    private static IEnumerable<Visit> Curl(HostProcess host, string version) =>
    [
        new($"curl {version} with a form", () => FormAsync(host, version)),
        new($"curl {version} that leaves a download", () => LeaveAsync(host, version, "api/bytes/10000000", "--limit-rate", "50k")),
        new($"curl {version} that leaves an upload", () => LeaveUploadAsync(host, version)),
        new($"curl {version} that leaves live events", () => LeaveAsync(host, version, "api/events")),
    ];

    private static async Task FormAsync(HostProcess host, string version)
    {
        using var file = new TemporaryFile(new byte[Length]);
        Outcome outcome = await Tool.Find("curl").SucceedAsync(["-sS", "--fail", version, "-F", "note=plain", "-F", "file=@" + file.Path, At(host, "api/upload")]);
        StringAssert.Contains(outcome.Text, $"\"length\":{Length}", outcome.Text);
    }

    private static async Task LeaveAsync(HostProcess host, string version, string path, params string[] more)
    {
        Outcome outcome = await Tool.Find("curl").RunAsync(["-sSN", "--fail", version, "--max-time", "0.4", .. more, At(host, path)]);
        Assert.AreEqual(TimeOver, outcome.ExitCode, outcome.Errors);
    }

    private static async Task LeaveUploadAsync(HostProcess host, string version)
    {
        using var file = new TemporaryFile(new byte[10 * Length]);
        Outcome outcome = await Tool.Find("curl").RunAsync(["-sS", "--fail", version, "--max-time", "0.4", "--limit-rate", "50k", "-H", "expect:", "--data-binary", "@" + file.Path, At(host, "api/echo")]);
        Assert.AreEqual(TimeOver, outcome.ExitCode, outcome.Errors);
    }

    private static async Task UpgradeAsync(HostProcess host)
    {
        string target = At(host, "api/bytes/1000");
        Outcome outcome = await Tool.Find("curl").SucceedAsync(["-sS", "--http2", "--fail", "-o", "/dev/null", "-w", "%{http_version} %{num_connects}\n", target, "-o", "/dev/null", target]);
        Assert.AreEqual("2 1\n2 0\n", outcome.Text);
    }

    private static async Task SmallWindowAsync(HostProcess host)
    {
        Outcome outcome = await Tool.Find("nghttp").SucceedAsync(["-w7", "-H", "accept-encoding: identity", At(host, "api/bytes/20000")]);
        RouteChecks.Same(Pattern.Of(20000), outcome.Output);
    }

    private static async Task LoadAsync(HostProcess host)
    {
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(["-n", "50", "-c", "1", "-m", "10", At(host, "api/bytes/1000")]);
        StringAssert.Contains(outcome.Text, "50 succeeded, 0 failed, 0 errored, 0 timeout", outcome.Text);
    }

    private static async Task WebSocketAsync(HostProcess host)
    {
        Tool python = await Tool.FindPythonAsync("websockets");
        await python.SucceedAsync([Places.Script("websocket_client.py"), $"ws://127.0.0.1:{host.HttpPort}/api/socket"]);
    }

    private static async Task BrowseAsync(Browser browser, Uri origin)
    {
        IPage page = await browser.OpenAsync();
        await page.GotoAsync(origin.ToString(), new() { WaitUntil = WaitUntilState.Load, Timeout = 60000 });
        await page.Locator("html[data-ready]").WaitForAsync(new() { Timeout = 60000 });
        await page.Context.CloseAsync();
    }

    private static string At(HostProcess host, string path) => new Uri(host.Http, path).ToString();
}
