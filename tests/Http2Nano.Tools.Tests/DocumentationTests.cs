using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary>What is written is what runs.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private static readonly string[] s_passedOver = [".git", "artifacts", "bin", "content", "node_modules", "obj", "packages", "TestResults"];

    public static IEnumerable<object[]> Pages => Files(Places.Root, "*.md").Select(path => new object[] { Path.GetRelativePath(Places.Root, path).Replace('\\', '/') });

    [TestMethod]
    public async Task The_program_in_the_README_runs()
    {
        string page = Read("README.md");
        string program = Block(page, page.IndexOf("A whole program", StringComparison.Ordinal));
        PackedTool packed = await PackedTool.OfThisRunAsync();
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(packed.Work)!, "hello")).FullName;
        int port = Ports.Take();
        Assert.Contains("Port = 8080", program);
        File.WriteAllText(Path.Combine(folder, "hello.cs"), program.Replace("8080", $"{port}", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"<configuration><packageSources><add key=\"feed\" value=\"{packed.Source}\" /></packageSources></configuration>");
        await using Running running = Running.StartIn(folder, packed.Environment, "dotnet", "run", "hello.cs");
        await running.SaysAsync("Open http://localhost", 180);
        using var client = new HttpClient();
        Assert.AreEqual("Hello, Ada", await client.GetStringAsync(new Uri($"http://localhost:{port}/hello/Ada")));
        await running.Input.WriteLineAsync();
        await running.Input.FlushAsync();
        Assert.AreEqual(0, await running.EndAsync(), running.Text);
    }

    [TestMethod]
    public async Task The_API_reference_is_made_of_the_comments()
    {
        Result restored = await Nano.RunAsync(Places.Root, null, ["dotnet", "tool", "restore"]);
        if (restored.ExitCode != 0)
        {
            throw Tool.Missing("docfx cannot be restored: " + restored.Output + restored.Errors);
        }

        Result result = await Nano.RunAsync(Places.Root, null, ["bash", "tools/api-reference.sh", "--no-build"], 300);
        Assert.AreEqual(0, result.ExitCode, result.Output + result.Errors);
        string site = Path.Combine(Places.Root, "artifacts", "api", "site");
        Assert.IsTrue(File.Exists(Path.Combine(site, "index.html")), result.Output);
        string comments = Path.Combine(Places.Root, "artifacts", "bin", "Http2Nano", Places.Configuration.ToLowerInvariant(), "Http2Nano.xml");
        string summary = System.Xml.Linq.XDocument.Load(comments).Descendants("member").Single(member => member.Attribute("name")!.Value == "T:Http2Nano.Hosting.HttpServer").Element("summary")!.Value;
        Assert.Contains(summary.Trim().Split(',', '\n')[0], File.ReadAllText(Path.Combine(site, "Http2Nano.Hosting.HttpServer.html")));
        Assert.Contains("DevelopmentHost", File.ReadAllText(Path.Combine(site, "Http2Nano.Development.DevelopmentHost.html")));
    }

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Every_command_is_run_by_a_test_or_says_why_not(string page)
    {
        string text = Read(page);
        string tests = s_tests.Value;
        foreach (Match block in CommandBlock().Matches(text))
        {
            string mark = block.Groups["mark"].Value.Trim();
            string shown = $"{page}: {block.Groups["code"].Value.Trim()}";
            if (mark.StartsWith("not run: ", StringComparison.Ordinal))
            {
                Assert.IsGreaterThan("not run: ".Length + 10, mark.Length, $"Why not? {shown}");
                continue;
            }

            Assert.StartsWith("run: ", mark, $"Put <!-- run: Class.Test --> or <!-- not run: why --> above the commands. {shown}");
            foreach (string test in mark["run: ".Length..].Split(',', StringSplitOptions.TrimEntries))
            {
                string[] parts = test.Split('.');
                Assert.Contains($"class {parts[0]}", tests, shown);
                Assert.Contains(parts.Length == 1 ? parts[0] : $" {parts[1]}(", tests, shown);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Code_is_that_of_the_file_it_names(string page)
    {
        string text = Read(page);
        foreach (Match mark in CodeMark().Matches(text))
        {
            string file = Read(mark.Groups["file"].Value);
            string region = mark.Groups["region"].Value;
            string begin = $"// README: {region} begins here.";
            int start = file.IndexOf(begin, StringComparison.Ordinal);
            Assert.IsGreaterThan(0, start, mark.Value);
            start += begin.Length;
            int end = file.IndexOf($"// README: {region} ends here.", start, StringComparison.Ordinal);
            CollectionAssert.AreEqual(Lines(file[start..end]), Lines(Block(text, mark.Index)), mark.Value);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Places.Root, page))!;
        foreach (Match link in Link().Matches(Read(page)))
        {
            string target = link.Groups[1].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith('#'))
            {
                continue;
            }

            string path = Path.GetFullPath(target.Split('#')[0], folder);
            Assert.IsTrue(File.Exists(path) || Directory.Exists(path), $"{page} links to {target}.");
            if (target.Split('#') is [_, { } heading])
            {
                Assert.Contains(heading, File.ReadAllLines(path).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-')), target);
            }
        }
    }

    private static readonly Lazy<string> s_tests = new(() => string.Concat(Files(Path.Combine(Places.Root, "tests"), "*.cs").Select(File.ReadAllText)));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Concat(
            Directory.EnumerateDirectories(folder).Where(below => !s_passedOver.Contains(Path.GetFileName(below), StringComparer.Ordinal)).SelectMany(below => Files(below, pattern)));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Places.Root, path)).ReplaceLineEndings("\n");

    // The first block of code from a place on.
    private static string Block(string text, int from)
    {
        int start = text.IndexOf("```csharp\n", from, StringComparison.Ordinal) + "```csharp\n".Length;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length != 0)];

    [GeneratedRegex(@"(?:<!--(?<mark>[^>\n]*)-->[ ]*\n)?^[ ]*```(?:bash|sh)[ ]*\n(?<code>.*?)\n[ ]*```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CommandBlock();

    [GeneratedRegex(@"<!-- code: (?<file>\S+) (?<region>\S+) -->")]
    private static partial Regex CodeMark();

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
