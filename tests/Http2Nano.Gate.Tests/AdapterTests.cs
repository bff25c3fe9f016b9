using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>What MSTest makes of tests in the platform's names, seen from outside: a run of the adapter's sample.</summary>
[TestClass]
public sealed class AdapterTests
{
    private static readonly XNamespace s_trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private static ILookup<string, string> s_outcomes = null!;
    private static string s_output = string.Empty;
    private static string s_cleanup = string.Empty;

    [ClassInitialize]
    public static void RunTheSample(TestContext context)
    {
        _ = context;
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("dotnet", ["exec", Places.AdapterSample, "--report-trx", "--report-trx-filename", "sample.trx", "--results-directory", folder.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string log = Path.Combine(folder.Path, "cleanup.log");
        start.Environment["ADAPTER_SAMPLE_LOG"] = log;
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        s_output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();

        string report = Path.Combine(folder.Path, "sample.trx");
        Assert.IsTrue(File.Exists(report), s_output);
        s_outcomes = XDocument.Load(report).Descendants(s_trx + "UnitTestResult")
            .ToLookup(r => r.Attribute("testName")!.Value.Split(' ', '(')[0], r => r.Attribute("outcome")!.Value);
        s_cleanup = File.Exists(log) ? File.ReadAllText(log) : "nothing";
    }

    [TestMethod]
    public void A_test_that_holds_passes() => Expect("Passes", "Passed");

    [TestMethod]
    public void A_failed_assertion_fails_the_test() => Expect("Fails", "Failed");

    [TestMethod]
    public void An_exception_fails_the_test() => Expect("Throws", "Failed");

    [TestMethod]
    public void SkipTest_skips() => Expect("Skips", "NotExecuted");

    [TestMethod]
    public void SkipTest_in_Setup_skips_the_class() => Expect("SkippedBySetup", "NotExecuted");

    [TestMethod]
    public void A_test_runs_once_for_each_row() => Expect("Row", "Passed", "Passed", "Passed");

    [TestMethod]
    public void Setup_runs_once() => Expect("First", "Passed");

    [TestMethod]
    public void Cleanup_runs_once_after_the_last_test() => Assert.AreEqual("cleanup after 4", s_cleanup);

    // The order of outcomes matters for none of them.
    private static void Expect(string test, params string[] outcomes)
    {
        IEnumerable<string> found = s_outcomes[test];
        CollectionAssert.AreEquivalent(outcomes, found.ToArray(), $"{test}: {string.Join(", ", found)}{Environment.NewLine}{s_output}");
    }
}
