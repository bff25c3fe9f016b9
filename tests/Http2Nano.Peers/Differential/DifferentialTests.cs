using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
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
    [TestMethod]
    public async Task Every_difference_from_Kestrel_is_justified()
    {
        Assert.IsGreaterThanOrEqualTo(200, HandMadeRequests.All.Count);
        await using KestrelServer kestrel = await KestrelServer.StartAsync();
        List<string> unjustified = [];
        var report = new StringBuilder();
        foreach ((string name, string request) in HandMadeRequests.All)
        {
            string ours = await AskAsync(Host.HttpPort, request);
            string theirs = await AskAsync(kestrel.Http.Port, request);
            if (ours == theirs)
            {
                continue;
            }

            string title = Printable(name);
            string line = $"{title}\t{ours}\t{theirs}";
            report.Append(line).Append('\t').Append(Differences.Reason(title, ours, theirs)).Append('\n');
            if (Differences.Reason(title, ours, theirs) == null)
            {
                unjustified.Add(line);
            }
        }

        File.WriteAllText(Path.Combine(Places.Findings, "differences.txt"), report.ToString());
        Assert.IsEmpty(unjustified, "Request, ours, Kestrel's:\n" + string.Join('\n', unjustified));
    }

    // The statuses of all answers on the connection, until it is closed.
    private static async Task<string> AskAsync(int port, string request)
    {
        using RawConnection peer = await RawConnection.OpenAsync(port);
        await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(request));
        peer.EndSending();
        string answer = await peer.ReadTextToEndAsync();
        return string.Join(' ', Status().Matches(answer).Select(match => match.Groups[1].Value));
    }

    private static string Printable(string name) =>
        name.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex Status();
}
