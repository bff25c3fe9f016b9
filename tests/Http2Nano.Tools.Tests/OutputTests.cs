using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary>What every command has in common: help with an example, plain output where nobody watches, sentences for mistakes.</summary>
[TestClass]
public sealed class OutputTests
{
    public static IEnumerable<object[]> Commands =>
        ((string[])["new", "run", "check", "budget", "pack", "unpack", "list", "cert", "probe", "load", "find", "provision", "deploy", "monitor"]).Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Help_shows_an_example(string command)
    {
        Result result = await Nano.SucceedAsync(command, "--help");
        Assert.MatchesRegex("Examples?:\n  http2nano " + command, result.Output.ReplaceLineEndings("\n"));
        Assert.Contains(command, (await Nano.SucceedAsync("--help")).Output);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task An_option_that_does_not_exist_is_refused_in_one_line(string command)
    {
        Result result = await Nano.RunAsync(command, "--no-such-option");
        Assert.AreEqual(1, result.ExitCode);
        Assert.HasCount(1, result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), result.Errors);
        Assert.AreEqual("", result.Output);
    }

    [TestMethod]
    public async Task Without_a_command_help_is_shown_and_a_command_that_does_not_exist_is_named()
    {
        Result result = await Nano.RunAsync();
        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains("http2nano new Greenhouse", result.Output);
        await Nano.RefusedAsync("'mointor'", "mointor");
    }

    [TestMethod]
    public async Task Redirected_output_has_no_colours_and_folds_no_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write($"www/{new string('a', 100)}/{new string('b', 100)}.html", "<p>a page");
        Result result = await Nano.SucceedAsync("pack", folder.Of("www"), folder.Of("www.pack"));
        Assert.DoesNotContain("\u001b", result.Output + result.Errors);
        Assert.Contains(new string('a', 100) + "/" + new string('b', 100) + ".html", result.Output);
    }

    [TestMethod]
    public async Task The_cost_counter_and_the_fuzz_runner_say_which_file_is_missing()
    {
        foreach (string[] command in new string[][] { ["dotnet", Places.Counter, "nowhere.dll"], ["dotnet", Places.Fuzz, "HpackDecoder", "run", "nowhere"] })
        {
            Result result = await Nano.RunAsync(null, null, command);
            Assert.AreEqual(1, result.ExitCode, result.Output);
            Assert.Contains("nowhere", result.Errors);
            Assert.DoesNotContain("   at ", result.Errors + result.Output);
        }
    }

    [TestMethod]
    public async Task What_is_made_is_told_in_JSON_too()
    {
        using var folder = new TemporaryFolder();
        Result made = await Nano.RunInAsync(folder.Path, "new", "Greenhouse", "--json");
        Assert.AreEqual("Greenhouse", made.Json.GetProperty("name").GetString());
        Assert.IsTrue(made.Json.GetProperty("files").EnumerateArray().All(file => File.Exists(folder.Of("Greenhouse", file.GetString()!))));
        Result pair = await Nano.RunInAsync(folder.Path, "cert", "greenhouse.local", "--json");
        Assert.AreEqual("greenhouse.local", pair.Json.GetProperty("names")[0].GetString());
        Assert.HasCount(64 + 31, pair.Json.GetProperty("sha256").GetString()!);
        await Nano.RunInAsync(folder.Path, "pack", "Greenhouse/Application/www", "www.pack", "-q");
        Result files = await Nano.RunInAsync(folder.Path, "unpack", "www.pack", "out", "--json");
        Assert.AreEqual(3, files.Json.GetProperty("files").GetArrayLength());
    }

    [TestMethod]
    public async Task What_cannot_be_written_leaves_no_half()
    {
        using var folder = new TemporaryFolder();
        folder.Write("www/index.html", "<p>a page");
        Directory.CreateDirectory(folder.Of("www.pack"));
        await Nano.RefusedAsync("cannot be written", "pack", folder.Of("www"), folder.Of("www.pack"));
        CollectionAssert.AreEquivalent(new[] { "www", "www.pack" }, Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).ToArray());
    }
}
