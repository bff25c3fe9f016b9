using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// RFC 9113 5.1.2: clients that fail instead of waiting for a place, or that ask before they have seen SETTINGS, get everything from
/// a board that has places for four streams, or sixteen.
/// </summary>
[TestClass]
public sealed class PlacesTests
{
    private const string Address = "api/bytes/500";

    [TestMethod]
    [DataRow("tiny")]
    [DataRow("default")]
    public async Task A_hundred_requests_of_Node_at_once_are_all_answered(string profile)
    {
        Tool node = Tool.Find("node", "nodejs");
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        foreach (string[] when in new string[][] { [], ["settings"] })
        {
            Outcome outcome = await node.SucceedAsync([Places.Script("many.mjs"), new Uri(host.Http, Address).ToString(), "100", .. when]);
            Assert.AreEqual("100", outcome.Text.Trim(), outcome.Errors);
        }
    }

    [TestMethod]
    [DataRow("tiny", 500)]
    [DataRow("default", 500)]
    [DataRow("tiny", 100_000)]
    [DataRow("default", 100_000)]
    public async Task Sixty_requests_of_httpx_at_once_are_all_answered(string profile, int octets)
    {
        Tool python = await Tool.FindPythonAsync("httpx");
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        Outcome outcome = await python.SucceedAsync([Places.Script("many.py"), new Uri(host.Http, "api/bytes/" + octets).ToString(), "60"]);
        Assert.AreEqual("60", outcome.Text.Trim(), outcome.Errors);
    }

    // All of it enters the client's dynamic table, for which the smallest board has an eighth of the memory. httpx does not ask again.
    [TestMethod]
    [DataRow("tiny", 60)]
    [DataRow("tiny", 500)]
    [DataRow("default", 500)]
    public async Task Paths_and_numbers_that_are_new_with_each_request_end_no_connection(string profile, int count)
    {
        Tool python = await Tool.FindPythonAsync("httpx");
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        Outcome outcome = await python.SucceedAsync([Places.Script("many.py"), new Uri(host.Http, Address).ToString(), $"{count}", "different"]);
        Assert.AreEqual($"{count}", outcome.Text.Trim(), outcome.Errors);
    }

    [TestMethod]
    [DataRow("tiny")]
    [DataRow("default")]
    public async Task Sixty_files_of_wget2_at_once_all_come(string profile)
    {
        Tool wget = Tool.Find("wget2");
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wget2");
        try
        {
            IEnumerable<string> addresses = Enumerable.Range(0, 60)
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"{host.Https}{Address}?{number}"));
            Outcome outcome = await wget.RunAsync(
                ["--no-check-certificate", "--no-config", "--tries=1", "--max-threads=1", "--http2-request-window=100", "--directory-prefix", folder.FullName, "--no-verbose", .. addresses]);
            Assert.AreEqual(60, folder.GetFiles().Count(file => file.Length == 500), outcome.Errors);
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
