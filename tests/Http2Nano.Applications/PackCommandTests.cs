using System.IO;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Applications.Harness;
using Http2Nano.Assets;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary><c>http2nano pack</c> as people type it.</summary>
[TestClass]
public sealed class PackCommandTests
{
    [TestMethod]
    public async Task Packs_a_folder()
    {
        using var folder = Pages();
        using var output = new TemporaryFile();
        Outcome outcome = await RunAsync("pack", folder.Path, output.Path);
        Assert.AreEqual(0, outcome.ExitCode, outcome.Errors);
        Assert.Contains("index.html", outcome.Text);
        Assert.Contains("2 files", outcome.Text);
        Assert.AreEqual(3, Open(output).Count);
    }

    [TestMethod]
    public async Task Says_nothing_when_told_to()
    {
        using var folder = Pages();
        using var output = new TemporaryFile();
        Outcome outcome = await RunAsync("pack", folder.Path, output.Path, "--quiet");
        Assert.AreEqual(0, outcome.ExitCode);
        Assert.AreEqual("", outcome.Text + outcome.Errors);
        Assert.AreEqual(3, Open(output).Count);
    }

    [TestMethod]
    public async Task Takes_less_flash_in_fewer_forms()
    {
        using var folder = Pages();
        long[] lengths = new long[3];
        string[] forms = ["both", "plain", "gzip"];
        for (int i = 0; i < forms.Length; i++)
        {
            using var output = new TemporaryFile();
            Assert.AreEqual(0, (await RunAsync("pack", folder.Path, output.Path, "--forms", forms[i], "--no-minify", "-q")).ExitCode);
            lengths[i] = output.Content.Length;
        }

        Assert.IsGreaterThan(lengths[1], lengths[0]);
        Assert.IsGreaterThan(lengths[2], lengths[1]);
    }

    [TestMethod]
    public async Task Mistakes_get_a_sentence_and_an_exit_code()
    {
        using var folder = Pages();
        using var empty = new TemporaryFolder();
        using var output = new TemporaryFile();
        await FailsAsync("There is no folder", "pack", Path.Combine(folder.Path, "nowhere"), output.Path);
        await FailsAsync("There are no files in", "pack", empty.Path, output.Path);
        await FailsAsync("nowhere", "pack", folder.Path, Path.Combine(empty.Path, "nowhere", "out.pack"));
        await FailsAsync("zip", "pack", folder.Path, output.Path, "--forms", "zip");
        await FailsAsync("OUTPUT", "pack", folder.Path);
        folder.Write("back\\slash", [1]);
        await FailsAsync("No request can ask for", "pack", folder.Path, output.Path);
        Assert.IsEmpty(output.Content);
    }

    [TestMethod]
    public async Task Help_names_the_command_and_its_options()
    {
        Assert.Contains("pack", (await RunAsync("--help")).Text);
        string help = (await RunAsync("pack", "--help")).Text;
        Assert.Contains("FOLDER", help);
        Assert.Contains("--forms", help);
    }

    private static TemporaryFolder Pages()
    {
        var folder = new TemporaryFolder();
        folder.Write("index.html", Encoding.ASCII.GetBytes("<!doctype html>" + new string(' ', 3000)));
        folder.Write("data/values.json", "[1,2,3]"u8.ToArray());
        return folder;
    }

    private static AssetPack Open(TemporaryFile file) => new(new MemoryAssetStore(file.Content));

    private static Task<Outcome> RunAsync(params string[] arguments) => Tool.Find("dotnet").RunAsync([Places.Command, .. arguments]);

    private static async Task FailsAsync(string sentence, params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.AreEqual(1, outcome.ExitCode, string.Join(' ', arguments));
        Assert.Contains(sentence, outcome.Errors);
        Assert.DoesNotContain("   at ", outcome.Errors);
    }
}
