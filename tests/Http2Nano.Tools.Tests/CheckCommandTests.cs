using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>http2nano check</c>: what a device cannot run, with file and line.</summary>
[TestClass]
public sealed class CheckCommandTests
{
    private static TemporaryFolder s_folder = null!;

    [ClassInitialize]
    public static async Task MakeAsync(TestContext context)
    {
        s_folder = new TemporaryFolder();
        Result made = await Nano.RunInAsync(s_folder.Path, "new", "Greenhouse", "--board", "ESP32-C3");
        Assert.AreEqual(0, made.ExitCode, made.Errors);
    }

    [ClassCleanup]
    public static void Remove() => s_folder.Dispose();

    [TestMethod]
    [DataRow("List", "using System.Collections.Generic;\nclass Sample { List<int> Numbers; }", 2, "List", DisplayName = "List<int>")]
    [DataRow("Handler", "using System.Runtime.CompilerServices;\nclass Sample {\n  static void Run(string text) {\n    DefaultInterpolatedStringHandler handler = $\"a {text}\";\n  }\n}", 4, "interpolated string handler", DisplayName = "an interpolated string handler")]
    [DataRow("Characters", "class Sample {\n  static int Run(string text) {\n    int n = 0;\n    foreach (char c in text) { n += c; }\n    return n;\n  }\n}", 4, "foreach over a string", DisplayName = "foreach over a string")]
    [DataRow("Generic", "class Sample<T> {\n  T Value() { return default(T); }\n}", 1, "generic", DisplayName = "a generic type of one's own")]
    [DataRow("Grid", "class Sample {\n  public int[,] Grid = new int[2, 2];\n}", 2, "multi-dimensional", DisplayName = "an array of two dimensions")]
    public async Task What_breaks_on_a_device_is_found(string file, string source, int line, string text)
    {
        string path = s_folder.Write($"Greenhouse/Application/{file}.cs", source);
        try
        {
            Result result = await Nano.RunInAsync(s_folder.Path, "check", "Greenhouse");
            Assert.AreEqual(1, result.ExitCode, result.Output + result.Errors);
            string[] found = [.. result.Output.Split('\n').Where(l => l.Contains($"{file}.cs({line},", System.StringComparison.Ordinal))];
            Assert.IsNotEmpty(found, result.Output);
            Assert.Contains(text, string.Join('\n', found));

            Result json = await Nano.RunInAsync(s_folder.Path, "check", "Greenhouse", "--json");
            Assert.AreEqual(1, json.ExitCode);
            Assert.Contains(f => f.GetProperty("line").GetInt32() == line && f.GetProperty("file").GetString()!.EndsWith(file + ".cs", System.StringComparison.Ordinal), json.Json.GetProperty("findings").EnumerateArray().ToArray<JsonElement>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public async Task The_boards_of_this_repository_run_on_their_devices()
    {
        Result result = await Nano.RunAsync("check", Path.Combine(Places.Root, "boards", "ESP32-C3"));
        Assert.AreEqual(0, result.ExitCode, result.Output + result.Errors);
        Assert.Contains("Http2Nano.Dashboard", result.Output);
    }

    [TestMethod]
    public async Task A_folder_without_a_project_gets_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await Nano.RefusedAsync("no project", "check", folder.Path);
        await Nano.RefusedAsync("nowhere", "check", folder.Of("nowhere"));
        await Nano.RefusedAsync("no project", "run", folder.Path);
        await Nano.RefusedAsync("no project", "budget", folder.Path);
        folder.Write("Half.nfproj", "<Project");
        await Nano.RefusedAsync("cannot be read", "check", folder.Path);
    }
}
