using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>http2nano new</c> with what it must refuse.</summary>
[TestClass]
public sealed class NewCommandTests
{
    [TestMethod]
    [DataRow("3rooms")]
    [DataRow("green-house")]
    [DataRow("class")]
    [DataRow("../Other")]
    [DataRow("System")]
    [DataRow("")]
    public async Task A_name_that_is_no_identifier_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        Result result = await Nano.RunInAsync(folder.Path, "new", name);
        Assert.AreEqual(1, result.ExitCode, result.Output);
        Nano.IsSentence(result, name);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task A_folder_that_exists_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Greenhouse/mine.txt", "mine");
        Result result = await Nano.RunInAsync(folder.Path, "new", "Greenhouse");
        Assert.AreEqual(1, result.ExitCode);
        Nano.IsSentence(result, "exists and is not empty");
        Assert.AreEqual("mine.txt", Path.GetFileName(Directory.EnumerateFileSystemEntries(folder.Of("Greenhouse")).Single()));
    }

    [TestMethod]
    public async Task An_empty_folder_is_filled_and_each_board_gets_its_own_guid()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("Greenhouse"));
        Result result = await Nano.RunInAsync(folder.Path, "new", "Greenhouse", "--board", "ESP32-C3", "--board", "STM32F769I-DISCOVERY");
        Assert.AreEqual(0, result.ExitCode, result.Errors);
        string[] projects = [.. Directory.EnumerateFiles(folder.Path, "*.nfproj", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.HasCount(2, projects);
        Assert.HasCount(2, projects.Select(text => text[text.IndexOf("<ProjectGuid>", System.StringComparison.Ordinal)..][..60]).Distinct().ToArray());
        Assert.Contains("D:\\\\www.pack", File.ReadAllText(folder.Of("Greenhouse", "Boards", "STM32F769I-DISCOVERY", "Program.cs")));
        Assert.Contains("HttpProfiles.Tiny()", File.ReadAllText(folder.Of("Greenhouse", "Boards", "ESP32-C3", "Program.cs")));
        Result check = await Nano.RunInAsync(folder.Path, "check", "Greenhouse");
        Assert.AreEqual(0, check.ExitCode, check.Output + check.Errors);
    }

    [TestMethod]
    public async Task Boards_and_sources_that_do_not_exist_are_refused()
    {
        using var folder = new TemporaryFolder();
        foreach ((string[] more, string text) in new[] { ((string[])["--board", "ESP8266"], "ESP8266"), (["--source", "nowhere"], "nowhere") })
        {
            Result result = await Nano.RunInAsync(folder.Path, ["new", "Greenhouse", .. more]);
            Assert.AreEqual(1, result.ExitCode);
            Nano.IsSentence(result, text);
        }

        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task Ctrl_C_leaves_all_or_nothing()
    {
        for (int milliseconds = 20; milliseconds < 400; milliseconds += 40)
        {
            using var folder = new TemporaryFolder();
            await using Running making = Running.StartIn(folder.Path, null, ["dotnet", Places.Command, "new", "Greenhouse", "--board", "ESP32-C3"]);
            await Task.Delay(milliseconds);
            making.Interrupt();
            await making.EndAsync(20);
            string[] left = [.. Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path))];
            if (left.Length != 0)
            {
                CollectionAssert.AreEqual(new[] { "Greenhouse" }, left, $"after {milliseconds} ms");
                Assert.IsTrue(File.Exists(folder.Of("Greenhouse", "Boards", "ESP32-C3", "packages.config")) && File.Exists(folder.Of("Greenhouse", "nuget.config")), "Half of it was written.");
            }

            Assert.DoesNotContain("   at ", making.Text);
        }
    }

    [TestMethod]
    public void The_versions_in_the_template_are_those_of_this_repository()
    {
        string content = Path.Combine(Places.Root, "tools", "Http2Nano.Templates", "content", "application");
        string central = File.ReadAllText(Path.Combine(Places.Root, "Directory.Packages.props"));
        foreach (System.Xml.Linq.XElement reference in System.Xml.Linq.XDocument.Load(Path.Combine(content, "Tests", "HelloNano.Tests.csproj.template")).Descendants("PackageReference"))
        {
            string name = reference.Attribute("Include")!.Value;
            string version = reference.Attribute("Version")!.Value;
            Assert.IsTrue(version == "HTTP2NANO-VERSION" || central.Contains($"Include=\"{name}\" Version=\"{version}\"", System.StringComparison.Ordinal), $"{name} {version}");
        }

        string prefix = System.Xml.Linq.XDocument.Load(Path.Combine(Places.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.Contains($"{{ \"value\": \"{prefix}\" }}", File.ReadAllText(Path.Combine(content, ".template.config", "template.json")));
    }
}
