using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
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
    // Milliseconds after which no answer is expected, and none behind the first.
    private const int Patience = 1500;
    private const int PatienceWithKestrel = 6000;
    private const int Silence = 300;

    [TestMethod]
    public async Task Every_difference_from_Kestrel_is_justified()
    {
        Assert.IsGreaterThanOrEqualTo(200, HandMadeRequests.All.Count);
        await using KestrelServer kestrel = await KestrelServer.StartAsync();
        await DotnetClient.GetAsync(kestrel.Http, "/style.css");
        await DotnetClient.GetAsync(kestrel.Http, "/api/bytes/1");
        List<string> unjustified = [];
        var report = new StringBuilder();

        // Kestrel serves several at a time; this server gives others their turn instead of waiting for what never comes.
        var answers = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(HandMadeRequests.All, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, _) =>
            answers[pair.Key] = await AskAsync(kestrel.Http.Port, pair.Value, PatienceWithKestrel));
        foreach ((string name, string request) in HandMadeRequests.All)
        {
            string ours = await AskAsync(Host.HttpPort, request, Patience);
            string theirs = answers[name];
            if (ours != theirs && Differences.Reason(Printable(name), ours) == null)
            {
                // Perhaps one was only slow.
                ours = await AskAsync(Host.HttpPort, request, PatienceWithKestrel);
                theirs = await AskAsync(kestrel.Http.Port, request, PatienceWithKestrel);
            }

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
    private static async Task<string> AskAsync(int port, string request, int patience)
    {
        using RawConnection peer = await RawConnection.OpenAsync(port);
        await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(request));
        string answer = await peer.ReadTextToEndAsync(Silence, patience, IsLast);
        string statuses = string.Join(' ', Status().Matches(answer).Select(match => match.Groups[1].Value));
        bool chunked = answer.Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase);
        return chunked && !answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal) ? statuses + "!" : statuses;
    }

    // A whole answer of a known length that says that it is the last one.
    private static bool IsLast(string answer)
    {
        int start = answer.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        int end = answer.IndexOf("\r\n\r\n", Math.Max(start, 0), StringComparison.Ordinal);
        string head = start < 0 || end < 0 ? "" : answer[start..end];
        Match length = Length().Match(head);
        return length.Success && head.Contains("connection: close", StringComparison.OrdinalIgnoreCase)
            && answer.Length - end - 4 == int.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static string Printable(string name) =>
        name.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);

    [GeneratedRegex(@"content-length: (\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Length();

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex Status();
}
