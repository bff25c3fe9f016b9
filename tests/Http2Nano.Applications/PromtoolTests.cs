using System.IO;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Applications.Harness;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>Prometheus' own parser and its rules for good metrics.</summary>
[TestClass]
public sealed class PromtoolTests
{
    [TestMethod]
    [DataRow("--http1.1")]
    [DataRow("--http2-prior-knowledge")]
    public async Task The_metrics_page_is_accepted(string protocol)
    {
        Tool promtool = Tool.Find("promtool", Path.Combine(Places.Tools, "promtool"));
        var application = new Application();
        using var server = new TestServer(application.Router);
        application.Metrics.Counters = server.Counters;
        application.Metrics.HeapFree = 51234;
        for (int i = 0; i < 3; i++)
        {
            await Reply.OfCurlAsync([protocol, server.Http + "api/thing"]);
        }

        Reply page = await Reply.OfCurlAsync([protocol, server.Http + "metrics"]);
        Assert.AreEqual("text/plain; version=0.0.4", page.Field("content-type"));
        Outcome outcome = await promtool.SucceedAsync(["check", "metrics"], input: page.Body);
        Assert.AreEqual("", outcome.Text + outcome.Errors);
        Assert.MatchesRegex(@"\nhttp2nano_requests_total +3\n", page.Text);
        Assert.MatchesRegex(@"\nhttp2nano_heap_free_bytes +51234\n", page.Text);

        // It does refuse what is wrong.
        Assert.AreNotEqual(0, (await promtool.RunAsync(["check", "metrics"], input: Encoding.UTF8.GetBytes(page.Text.Replace("HELP", "HALP").Replace("_total", "_count")))).ExitCode);
    }
}
