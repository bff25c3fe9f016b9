using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>The options of the host board that make it another board.</summary>
[TestClass]
public sealed class HostOptionTests
{
    [TestMethod]
    public async Task An_option_that_is_wrong_is_refused_with_one_sentence() => await Task.WhenAll(
        RefusedAsync("--profile", "huge"),
        RefusedAsync("--profile", "Tiny"),
        RefusedAsync("--profile"),
        RefusedAsync("--user", "anna"),
        RefusedAsync("--user", ":secret"),
        RefusedAsync("--user", "anna:"),
        RefusedAsync("--user", "an\tna:secret"),
        RefusedAsync("--proxy", "10.0.0.0/33"),
        RefusedAsync("--proxy", "10.0.0.7/8"),
        RefusedAsync("--proxy", "proxy.example"),
        RefusedAsync("--sensor-fault", "0"),
        RefusedAsync("--sensor-fault", "soon"),
        RefusedAsync("--without", "drive"),
        RefusedAsync("--http", "70000"),
        RefusedAsync("--bind", "::1"),
        RefusedAsync("--budgets"),
        RefusedAsync("--http", "0", "--https", "0", "--budget"));

    [TestMethod]
    public async Task A_port_that_another_one_has_is_refused()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await using HostProcess second = HostProcess.StartPlain("--http", $"{host.HttpPort}", "--https", "0");
        Assert.AreEqual(1, await second.WaitForExitAsync(60));
        Assert.ContainsSingle(line => line.EndsWith(" is in use: stop what listens there, or choose another port.", StringComparison.Ordinal), second.Lines);
    }

    [TestMethod]
    [DataRow("tiny", 17_000)]
    [DataRow("default", 24_800)]
    [DataRow("large", 576_600)]
    public async Task The_budget_is_printed_part_by_part(string profile, int about)
    {
        await using HostProcess host = HostProcess.StartPlain("--budget", "--profile", profile);
        Assert.AreEqual(0, await host.WaitForExitAsync(60));
        string text = string.Join('\n', host.Lines);
        StringAssert.Contains(text, $"profile {profile}");
        (string Name, int Bytes)[] rows = [.. host.Lines.Select(line => Regex.Match(line, @"^\s*(\S.*?)\s{2,}.*?([\d,]+)\s*$")).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value.Replace(",", "", StringComparison.Ordinal))))];
        int server = Array.FindIndex(rows, row => row.Name == "the server");
        int application = Array.FindIndex(rows, row => row.Name == "the application");
        int platform = Array.FindIndex(rows, row => row.Name == "the platform");
        Assert.IsGreaterThan(8, server, text);
        Assert.AreEqual(rows[..server].Sum(row => row.Bytes), rows[server].Bytes, text);
        Assert.AreEqual(rows[(server + 1)..application].Sum(row => row.Bytes), rows[application].Bytes, text);
        Assert.AreEqual(rows[(application + 1)..platform].Sum(row => row.Bytes), rows[platform].Bytes, text);
        int atRest = rows[server].Bytes - rows.Single(row => row.Name == "stack for moments").Bytes;
        Assert.IsLessThan(0.05, Math.Abs(1.0 - ((double)atRest / about)), text);
        (string Name, int Bytes) all = rows.Single(row => row.Name == "all together");
        Assert.AreEqual(rows[server].Bytes + rows[application].Bytes + rows[platform].Bytes, all.Bytes, text);
        Assert.IsLessThan(rows[^1].Bytes, all.Bytes, "The profile does not fit its board.");
    }

    [TestMethod]
    public async Task Who_may_sign_in_is_printed_only_where_nobody_was_named()
    {
        HostProcess[] hosts = await Task.WhenAll(HostProcess.StartAsync(), HostProcess.StartAsync("--user", "anna:a"), HostProcess.StartAsync("--bind", "0.0.0.0"));
        foreach (HostProcess host in hosts)
        {
            host.Interrupt();
            Assert.AreEqual(0, await host.WaitForExitAsync(60));
        }

        Assert.ContainsSingle(line => line.StartsWith("Sign in as admin with the password nano ", StringComparison.Ordinal), hosts[0].Lines);
        Assert.DoesNotContain(line => line.Contains("Sign in", StringComparison.Ordinal), hosts[1].Lines);

        // Other machines reach this one, so that nobody else knows the word.
        Assert.ContainsSingle(line => Regex.IsMatch(line, "^Sign in as admin with the password [0-9a-f]{12} "), hosts[2].Lines);
        foreach (HostProcess host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    private static async Task RefusedAsync(params string[] options)
    {
        await using HostProcess host = HostProcess.StartPlain(options);
        Assert.AreNotEqual(0, await host.WaitForExitAsync(60), string.Join(' ', options));
        string[] lines = [.. host.Lines.Where(line => line.Length != 0)];
        Assert.HasCount(1, lines, string.Join('\n', lines));
        Assert.EndsWith(".", lines[0]);
        StringAssert.Contains(lines[0], options[0]);
    }
}
