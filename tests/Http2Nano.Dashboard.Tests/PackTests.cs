using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Http2Nano.Packing;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>What the pages weigh.</summary>
[TestClass]
public sealed class PackTests
{
    private const int MostBytes = 60 * 1024;

    [TestMethod]
    public void All_pages_together_take_less_than_60_KB_with_gzip()
    {
        var builder = AssetPackBuilder.FromFolder(Path.Combine(Places.Root, "boards", "Dashboard", "www"));
        int bytes = builder.Assets.Sum(asset => (asset.Gzip ?? asset.Plain!).Length);
        Assert.IsGreaterThan(10_000, bytes, "There is hardly anything to measure.");
        Assert.IsLessThan(MostBytes, bytes, string.Join('\n', builder.Assets.Select(asset => $"{(asset.Gzip ?? asset.Plain!).Length,7} {asset.Path}")));
    }

    [TestMethod]
    public void A_pack_for_a_board_with_little_flash_takes_less_than_60_KB()
    {
        int bytes = AssetPackBuilder.FromFolder(Path.Combine(Places.Root, "boards", "Dashboard", "www"), PackEncodings.GzipOnly).Build().Length;
        Assert.IsLessThan(MostBytes, bytes);
    }

    [TestMethod]
    public void Every_file_of_the_pages_is_in_the_measurement_of_how_they_arrive()
    {
        string folder = Path.Combine(Places.Root, "boards", "Dashboard", "www");
        string list = Regex.Match(File.ReadAllText(Path.Combine(folder, "waterfall.js")), @"FILES = \[(.*?)\];", RegexOptions.Singleline).Groups[1].Value;
        string[] measured = [.. Regex.Matches(list, "'([^']+)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];

        // The page of what is missing is no part of the others.
        string[] files = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(name => name != "404.html").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(files, measured);
    }
}
