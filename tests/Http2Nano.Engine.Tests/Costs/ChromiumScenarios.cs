using System;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.CostCounter;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>
/// Chromium's own requests: each the first time on its connection, after what the browser sent before it; and again on a
/// connection that has served the same request before.
/// </summary>
public sealed class ChromiumScenarios : ICostScenarioSource
{
    private const int WarmUp = 4;

    // All that fills the dynamic table: what comes later consists of indices, and of paths as literals that stay outside.
    private static readonly byte[][] s_visit =
    [
        ChromiumCapture.FirstPage, ChromiumCapture.FirstStyle, ChromiumCapture.FirstScript, ChromiumCapture.FirstPoll,
        ChromiumCapture.FirstPageUnchanged, ChromiumCapture.FirstStyleUnchanged, ChromiumCapture.FirstScriptUnchanged,
    ];

    /// <inheritdoc/>
    public IEnumerable<ICostScenario> Scenarios =>
    [
        FirstOverHttp1("page", ChromiumCapture.PageHead, 200),
        FirstOverHttp2("page", ChromiumCapture.FirstPage, 200),
        AgainOverHttp1("page", ChromiumCapture.PageHead, 200),
        AgainOverHttp2("page", ChromiumCapture.PageAnew, 200),
        FirstOverHttp1("asset", ChromiumCapture.StyleHead, 200),
        FirstOverHttp2("asset", ChromiumCapture.FirstStyle, 200),
        AgainOverHttp1("asset", ChromiumCapture.StyleHead, 200),
        AgainOverHttp2("asset", ChromiumCapture.StyleAnew, 200),
        FirstOverHttp1("asset, 304", ChromiumCapture.StyleUnchangedHead, 304),
        FirstOverHttp2("asset, 304", ChromiumCapture.FirstStyleUnchanged, 304),
        AgainOverHttp1("asset, 304", ChromiumCapture.StyleUnchangedHead, 304),
        AgainOverHttp2("asset, 304", ChromiumCapture.StyleUnchanged, 304),
        FirstOverHttp1("status poll", ChromiumCapture.PollHead, 200),
        FirstOverHttp2("status poll", ChromiumCapture.FirstPoll, 200),
        AgainOverHttp1("status poll", ChromiumCapture.PollHead, 200),
        AgainOverHttp2("status poll", ChromiumCapture.Poll, 200),
        ReloadOverHttp1(),
        ReloadOverHttp2(),
    ];

    private static ChromiumScenario FirstOverHttp1(string what, byte[] head, int status) =>
        new($"Chromium: first {what} over HTTP/1.1", false, [], [head], status);

    private static ChromiumScenario AgainOverHttp1(string what, byte[] head, int status) =>
        new($"Chromium: {what} again over HTTP/1.1", false, [.. Enumerable.Repeat(head, WarmUp)], [head], status);

    private static ChromiumScenario FirstOverHttp2(string what, byte[] block, int status) =>
        new($"Chromium: first {what} over HTTP/2", true, [.. s_visit.TakeWhile(before => before != block)], [block], status);

    private static ChromiumScenario AgainOverHttp2(string what, byte[] block, int status) =>
        new($"Chromium: {what} again over HTTP/2", true, [.. s_visit, .. Enumerable.Repeat(block, WarmUp)], [block], status);

    // A page, its files and a poll, as they follow each other whenever somebody reloads the page.
    private static ChromiumScenario ReloadOverHttp1()
    {
        byte[][] reload =
        [
            ChromiumCapture.PageUnchangedHead, ChromiumCapture.StyleUnchangedHead, ChromiumCapture.ScriptUnchangedHead, ChromiumCapture.PollHead,
        ];
        return new("Chromium: reload over HTTP/1.1", false, [.. reload, .. reload], reload, 200);
    }

    private static ChromiumScenario ReloadOverHttp2()
    {
        byte[][] reload =
        [
            ChromiumCapture.PageUnchanged, ChromiumCapture.StyleUnchanged, ChromiumCapture.ScriptUnchanged, ChromiumCapture.Poll,
        ];
        return new("Chromium: reload over HTTP/2", true, [.. s_visit, .. reload, .. reload], reload, 200);
    }
}

/// <summary>Requests of Chromium on one connection: some before, which are not counted, and those that are.</summary>
/// <param name="name">What it is called in the report.</param>
/// <param name="http2">Whether the connection is HTTP/2's.</param>
/// <param name="before">What the connection has served before: field blocks, or heads.</param>
/// <param name="requests">What is counted.</param>
/// <param name="status">Status of the last response.</param>
public sealed class ChromiumScenario(string name, bool http2, IReadOnlyList<byte[]> before, IReadOnlyList<byte[]> requests, int status) : ICostScenario
{
    private Driver _driver = null!;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long Units => requests.Count;

    /// <inheritdoc/>
    public string Unit => "request";

    /// <inheritdoc/>
    public void Prepare()
    {
        _driver = http2 ? new Http2Driver(ChromiumSite.Serve()) : new Http1Driver(ChromiumSite.Serve());
        _driver.Greet();
        foreach (byte[] octets in before)
        {
            Ask(octets);
        }
    }

    /// <inheritdoc/>
    public void Run()
    {
        for (int i = 0; i < requests.Count; i++)
        {
            Ask(requests[i]);
        }

        if (_driver.Status != status)
        {
            throw new InvalidOperationException($"{name}: status {_driver.Status}.");
        }
    }

    private void Ask(byte[] octets)
    {
        _driver.Take(octets);
        _driver.Run(1);
    }
}
