using System;
using System.IO;
using System.Linq;
using Http2Nano.Applications.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>The sample that people read is the one that is compiled and run.</summary>
[TestClass]
public sealed class ReadmeTests
{
    [TestMethod]
    public void The_sample_is_the_tested_one()
    {
        string page = File.ReadAllText(Path.Combine(Places.Root, "src", "README.md"));
        string test = File.ReadAllText(Path.Combine(Places.Root, "tests", "Http2Nano.Tests", "Routing", "SampleTests.cs"));
        string[] shown = Lines(Between(page, "```csharp\n", "```"));
        string[] run = Lines(Between(test, "// README: the sample begins here.\n", "// README: the sample ends here."));
        run[0] = run[0].Replace("private sealed class", "public sealed class", StringComparison.Ordinal);
        CollectionAssert.AreEqual(run, shown);
        Assert.IsLessThan(90, shown.Length);
    }

    private static string Between(string text, string before, string after)
    {
        text = text.ReplaceLineEndings("\n");
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        Assert.IsGreaterThanOrEqualTo(before.Length, start, before);
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length != 0)];
}
