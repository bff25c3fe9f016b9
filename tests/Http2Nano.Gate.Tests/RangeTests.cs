using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>A limit is checked when the server is made, and its documentation has the range that is checked.</summary>
[TestClass]
public sealed class RangeTests
{
    private const string Limits = "Messages/HttpLimits.cs";
    private const string Options = "Hosting/HttpServerOptions.cs";

    [TestMethod]
    [DataRow(Limits, "Messages/LimitRanges.cs", @"CheckRange\(limits\.(\w+), ([\w.]+), ([\w.]+), ""\1""\)")]
    [DataRow(Options, Options, @"Range\((\w+), ([\w.]+), ([\w.]+), ""\1""\)")]
    public void Each_limit_has_a_range_and_says_which(string declarations, string checks, string pattern)
    {
        string checking = Source(checks);
        Dictionary<string, (string Least, string Most)> ranges = Regex.Matches(checking, pattern)
            .ToDictionary(m => m.Groups[1].Value, m => (Number(m.Groups[2].Value, checking), Number(m.Groups[3].Value, checking)));
        MatchCollection limits = Regex.Matches(Source(declarations), @"((?: +///.*\n)+) +public int (\w+)(?: =|\n +\{)");
        Assert.IsGreaterThan(8, limits.Count);
        foreach (Match limit in limits)
        {
            string name = limit.Groups[2].Value;
            Assert.IsTrue(ranges.TryGetValue(name, out (string Least, string Most) range), $"{name} is not checked in {checks}.");
            string said = Regex.Replace(limit.Groups[1].Value, @"\s+(///\s+)?", " ");

            // Ports need no range, but for what turns them off.
            Assert.IsTrue(name.EndsWith("Port", StringComparison.Ordinal) || said.Contains($" {range.Least} to {range.Most}"), $"The comment of {name} does not say {range.Least} to {range.Most}:{said}");
        }
    }

    private static string Source(string path) => File.ReadAllText(Path.Combine(Places.Root, "src", "Http2Nano", path)).ReplaceLineEndings("\n");

    private static string Number(string text, string source)
    {
        if (text == "int.MaxValue")
        {
            return int.MaxValue.ToString("N0", CultureInfo.InvariantCulture);
        }

        string digits = char.IsAsciiDigit(text[0]) ? text : Regex.Match(source, $@"const int {text} = (-?\d+);").Groups[1].Value;
        return int.Parse(digits, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture);
    }
}
