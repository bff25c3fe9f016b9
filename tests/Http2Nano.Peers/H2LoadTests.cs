using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>h2load: many requests on one connection, several at once, all answered and none with an octet too few.</summary>
[TestClass]
[TestCategory("Timing")]
public sealed partial class H2LoadTests : HostTests
{
    [TestMethod]
    [DataRow("/", 2000)]
    [DataRow("/api/status", 2000)]
    [DataRow("/api/bytes/1000000", 20)]
    public async Task Ten_requests_at_once_are_all_answered(string path, int requests)
    {
        long data = await LoadAsync(requests, 10, path);
        byte[] one = await Clients.DotnetClient.GetAsync(Host.Http, path);
        if (path != "/api/status")
        {
            Assert.AreEqual((long)requests * one.Length, data);
        }
        else
        {
            Assert.IsGreaterThan(requests * 100L, data);
        }
    }

    [TestMethod]
    public async Task Uploads_of_a_megabyte_come_back_whole()
    {
        using var upload = new TemporaryFile(new byte[1_000_000]);
        Assert.AreEqual(20_000_000, await LoadAsync(20, 3, "/api/echo", "-d", upload.Path));
    }

    [TestMethod]
    [DataRow("/", 1000)]
    [DataRow("/api/bytes/20000", 1000)]
    public async Task A_hundred_requests_at_once_leave_none_failed(string path, int requests)
    {
        // More than there are places for: the surplus waits unread.
        byte[] one = await Clients.DotnetClient.GetAsync(Host.Http, path);
        Assert.AreEqual((long)requests * one.Length, await LoadAsync(requests, 100, path));
    }

    // Each update lets something through, however little.
    [TestMethod]
    [DataRow(4, 10, "/api/bytes/1000", 300)]
    [DataRow(7, 16, "/api/bytes/100000", 10)]
    [DataRow(1, 16, "/api/bytes/1000", 10)]
    public async Task A_client_with_a_window_of_a_few_octets_gets_all_of_them(int window, int connection, string path, int requests)
    {
        byte[] one = await Clients.DotnetClient.GetAsync(Host.Http, path);
        Assert.AreEqual((long)requests * one.Length, await LoadAsync(requests, 10, path, "-w", $"{window}", "-W", $"{connection}"));
    }

    // Octets of content in all answers.
    private static async Task<long> LoadAsync(int requests, int atOnce, string path, params string[] more)
    {
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(
            ["-n", $"{requests}", "-c", "1", "-m", $"{atOnce}", .. more, new System.Uri(Host.Http, path).ToString()], 120);
        File.WriteAllText(Path.Combine(Places.Findings, $"h2load-{requests}-{atOnce}{path.Replace('/', '-')}.txt"), outcome.Text);
        StringAssert.Contains(outcome.Text, $"{requests} succeeded, 0 failed, 0 errored, 0 timeout", outcome.Text);
        StringAssert.Contains(outcome.Text, $"{requests} 2xx", outcome.Text);
        return long.Parse(DataOctets().Match(outcome.Text).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\((\d+)\) data")]
    private static partial Regex DataOctets();
}
