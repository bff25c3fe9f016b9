using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Loopback;

/// <summary>Limits against attacks must not be met by those who do not attack.</summary>
[TestClass]
public sealed class HonestLoadTests
{
    [TestMethod]
    [DataRow("Default", "-m", "16")]
    [DataRow("Default", "-m", "1")]
    [DataRow("Tiny", "-m", "4")]
    [DataRow("Default", "--h1", "-m1")]
    public async Task Hundred_thousand_requests_meet_no_limit(string profile, params string[] options)
    {
        using var server = new AttackedServer(profile == "Tiny" ? HttpProfiles.Tiny() : HttpProfiles.Default());
        var start = new ProcessStartInfo(Find("h2load"), ["-n", "100000", "-c", "1", .. options, $"http://{server.EndPoint}/"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        StringAssert.Contains(output, "100000 succeeded, 0 failed, 0 errored, 0 timeout", output);
        ServerCounters counters = server.Counters;
        Assert.AreEqual((0, 0, 0, 0), (counters.Resets, counters.Refused, counters.ConnectionErrors, counters.GaveWay), "Resets, refusals, connection errors, connections ended for others.");
    }

    private static string Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists)
        ?? throw (Environment.GetEnvironmentVariable("CI") == "true" ? new AssertFailedException(tool + " is not here.") : new AssertInconclusiveException(tool + " is not here."));
}
