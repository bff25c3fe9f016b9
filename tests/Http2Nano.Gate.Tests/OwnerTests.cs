using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>What has one owner in the room Http2 is written by nobody else, and resets have the codes of one table.</summary>
[TestClass]
public sealed partial class OwnerTests
{
    private const string Room = "src/Http2Nano/Http2";

    [TestMethod]
    public void Only_the_stream_table_writes_its_flags() =>
        AssertNone(FlagWritten(), "StreamTable");

    [TestMethod]
    public void Only_flow_control_adds_to_a_window_or_takes_from_one() =>
        AssertNone(WindowWritten(), "FlowControl");

    [TestMethod]
    public void Streams_are_reset_with_codes_of_the_table_or_for_errors_of_the_client() =>
        AssertNone(OtherReset(), "");

    // The owner is a class: its files are NAME.cs and NAME.Part.cs.
    private static void AssertNone(Regex pattern, string owner)
    {
        List<string> found = [];
        string[] files = Directory.GetFiles(Path.Combine(Places.Root, Room), "*.cs");
        Assert.IsNotEmpty(files);
        foreach (string file in files.Where(file => Path.GetFileName(file).Split('.')[0] != owner))
        {
            found.AddRange(File.ReadLines(file).Where(line => pattern.IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        }

        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [GeneratedRegex(@"\bFlags\[[^\]]+\]\s*(=(?!=)|\|=|&=|\^=|\+=)")]
    private static partial Regex FlagWritten();

    [GeneratedRegex(@"\b(Send|Receive)(\[[^\]]+\]|Connection)\s*(=(?!=)|\+=|-=|\+\+|--)")]
    private static partial Regex WindowWritten();

    // Those that pass on a code are StreamError, which ends a stream for an error of the client, and the field block that is refused.
    [GeneratedRegex(@"[. ]ResetStream\((?!int )(?!.*(Resets\.\w+\)|, errorCode\)|, _error\)))")]
    private static partial Regex OtherReset();
}
