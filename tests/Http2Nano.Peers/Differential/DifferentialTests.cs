using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Differential;

/// <summary>
/// Requests by hand, each sent to this server and to Kestrel: the statuses are the same, or the difference is listed with the
/// clause that justifies ours.
/// </summary>
[TestClass]
public sealed partial class DifferentialTests : HostTests
{
    // Milliseconds after which nothing more is expected.
    private const int Silence = 1000;

    [TestMethod]
    public async Task Every_difference_from_Kestrel_is_justified()
    {
        Assert.IsGreaterThanOrEqualTo(200, HandMadeRequests.All.Count);
        await using KestrelServer kestrel = await KestrelServer.StartAsync();
        await DotnetClient.GetAsync(kestrel.Http, "/style.css");
        await DotnetClient.GetAsync(kestrel.Http, "/api/bytes/1");
        List<string> unjustified = [];
        var report = new StringBuilder();
        foreach ((string name, string request) in HandMadeRequests.All)
        {
            string[] answers = await Task.WhenAll(AskAsync(Host.HttpPort, request), AskAsync(kestrel.Http.Port, request));
            (string ours, string theirs) = (answers[0], answers[1]);
            if (ours == theirs)
            {
                continue;
            }

            string title = Printable(name);
            string line = $"{title}\t{ours}\t{theirs}";
            report.Append(line).Append('\t').Append(Differences.Reason(title, ours)).Append('\n');
            if (Differences.Reason(title, ours) == null)
            {
                unjustified.Add(line);
            }
        }

        File.WriteAllText(Path.Combine(Places.Findings, "differences.txt"), report.ToString());
        Assert.IsEmpty(unjustified, "Request, ours, Kestrel's:\n" + string.Join('\n', unjustified));
    }

    // The statuses of all answers on the connection until it is closed, or until nothing more comes. An exclamation mark says
    // that the last one was broken off.
    private static async Task<string> AskAsync(int port, string request)
    {
        using RawConnection peer = await RawConnection.OpenAsync(port);
        await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(request));
        string answer = await peer.ReadTextToEndAsync(Silence);
        string statuses = string.Join(' ', Status().Matches(answer).Select(match => match.Groups[1].Value));
        bool chunked = answer.Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase);
        return chunked && !answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal) ? statuses + "!" : statuses;
    }

    private static string Printable(string name) =>
        name.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex Status();
}
