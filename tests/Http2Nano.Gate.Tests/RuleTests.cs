using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoCheck;

namespace Http2Nano.Gate.Tests;

/// <summary>
/// Every rule has a sample named by its id. In it each line that the rule must refuse ends with the rule's id in a
/// comment; every other line, of like code that the device can run, must be accepted.
/// </summary>
[TestClass]
public sealed class RuleTests
{
    public static IEnumerable<object[]> Samples =>
        from path in Directory.GetFiles(Places.Samples, "NANO*.cs").Order(StringComparer.Ordinal)
        from optimisation in new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
        select new object[] { Path.GetFileNameWithoutExtension(path), optimisation };

    [TestMethod]
    [DynamicData(nameof(Samples))]
    public void Refuses_the_marked_lines_and_no_other(string id, OptimizationLevel optimisation)
    {
        string path = Path.Combine(Places.Samples, id + ".cs");
        string[] marked = [.. File.ReadAllLines(path)
            .Select((line, i) => (Line: i + 1, Mark: Regex.Match(line, "// (NANO[0-9]{3})$")))
            .Where(l => l.Mark.Success)
            .Select(l => $"{Path.GetFileName(path)}({l.Line}): {l.Mark.Groups[1].Value}")];
        Assert.IsNotEmpty(marked, "The sample marks no line.");

        string[] found = [.. Check(path, optimisation, Others(id)).Select(f => $"{Path.GetFileName(f.Location!.File)}({f.Location.Line}): {f.Id}").Distinct()];
        CollectionAssert.AreEqual(marked, found, $"Expected:\n{string.Join('\n', marked)}\nFound:\n{string.Join('\n', found)}");
    }

    [TestMethod]
    [DataRow(OptimizationLevel.Debug)]
    [DataRow(OptimizationLevel.Release)]
    public void Accepts_code_as_the_library_is_written(OptimizationLevel optimisation)
    {
        IReadOnlyList<Finding> found = Check(Path.Combine(Places.Samples, "Clean.cs"), optimisation, []);
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    public void Every_rule_has_a_sample()
    {
        string[] without = [.. Checker.AllRules().Select(r => r.Id).Where(id => !File.Exists(Path.Combine(Places.Samples, id + ".cs")) && id is not ("NANO011" or "NANO022"))];
        Assert.IsEmpty(without, "Rules without a sample: " + string.Join(", ", without));
    }

    [TestMethod]
    public void Ids_and_names_are_unique()
    {
        IReadOnlyList<Rule> rules = Checker.AllRules();
        Assert.HasCount(rules.Count, rules.Select(r => r.Id).Distinct());
        Assert.HasCount(rules.Count, rules.Select(r => r.Name).Distinct());
    }

    [TestMethod]
    public void Refuses_an_unknown_rule_to_allow()
    {
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => Check(Path.Combine(Places.Samples, "Clean.cs"), OptimizationLevel.Release, ["float"]));
        Assert.Contains("\"float\"", e.Message);
    }

    // 64 KB of array are too many to keep in a file.
    [TestMethod]
    [DataRow(34_000, 32_000, true)]
    [DataRow(34_000, 30_000, false)]
    public void Counts_the_constant_data_of_the_assembly(int first, int second, bool refused)
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("Tables.cs", string.Join('\n',
            "internal static class Tables",
            "{",
            $"    internal static readonly byte[] First = {{ {Bytes(first, 1)} }};",
            $"    internal static readonly byte[] Second = {{ {Bytes(second, 2)} }};",
            "}"));
        IReadOnlyList<Finding> found = Check(source, OptimizationLevel.Release, []);

        Assert.HasCount(refused ? 1 : 0, found, string.Join('\n', found));
        if (refused)
        {
            Assert.AreEqual(("NANO011", 3), (found[0].Id, found[0].Location!.Line));
            Assert.Contains((first + second).ToString(System.Globalization.CultureInfo.InvariantCulture), found[0].Message);
        }
    }

    // A call of a method of two numbers takes 6 bytes on the device: two constants, a token of 16 bits, and what drops the result.
    [TestMethod]
    [DataRow(10_923, true)]
    [DataRow(10_922, false)]
    public void Counts_the_byte_code_of_the_assembly(int calls, bool refused)
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("Code.cs", string.Join('\n',
            "namespace Sample",
            "{",
            "    internal static class Code",
            "    {",
            "        internal static int Sum(int a, int b) { return a; }",
            "        internal static void Run()",
            "        {",
            string.Concat(Enumerable.Repeat("Sum(1, 2);\n", calls)),
            "        }",
            "    }",
            "}"));
        IReadOnlyList<Finding> found = Check(source, OptimizationLevel.Release, []);

        Assert.HasCount(refused ? 1 : 0, found, string.Join('\n', found));
        if (refused)
        {
            Assert.AreEqual("NANO022", found[0].Id);
            Assert.Contains($"{(calls * 6) + 3} bytes", found[0].Message);
            Assert.Contains("Sample", found[0].Message);
        }
    }

    private static string Bytes(int count, int seed) => string.Join(',', Enumerable.Range(0, count).Select(i => (i * 31 + seed) & 255));

    // The samples of one rule may break others: a stackalloc makes a pointer.
    private static string[] Others(string id) => [.. Checker.AllRules().Select(r => r.Id).Where(i => i != id)];

    private static IReadOnlyList<Finding> Check(string source, OptimizationLevel optimisation, string[] allowed)
    {
        using TemporaryFolder folder = new();
        string more = Path.Combine(Places.Samples, "More.cs");
        (string reference, IReadOnlyList<Diagnostic> referenceErrors) = DeviceCompiler.Compile(folder.Path, more, OptimizationLevel.Release);
        Assert.IsEmpty(referenceErrors, string.Join('\n', referenceErrors));

        (string assembly, IReadOnlyList<Diagnostic> errors) = DeviceCompiler.Compile(folder.Path, source, optimisation, reference);
        Assert.IsEmpty(errors, string.Join('\n', errors));
        return Checker.Check(assembly, [.. Places.PlatformAssemblies.Values, reference], allowed);
    }
}
