using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>
/// Nothing here can build a .nfproj, so what would be found out late on somebody's machine is held here: the files they
/// compile, the packages they restore, the paths they look for assemblies at.
/// </summary>
[TestClass]
public sealed class DeviceProjectTests
{
    private static readonly XNamespace s_msbuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    public static IEnumerable<object[]> Projects => Repository.Files("*.nfproj").Select(path => new object[] { Path.GetRelativePath(Places.Root, path).Replace('\\', '/') });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Compiles_the_files_of_its_folder(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Places.Root, project))!;
        HashSet<string> compiled = CompiledFiles.Of(Path.Combine(Places.Root, project));

        // What a project below this one compiles is that one's, wherever it lies.
        IEnumerable<string> below = Repository.Files("*.nfproj").Where(p => Path.GetDirectoryName(p)!.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        IEnumerable<string> expected = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => IsForDevice(Path.GetRelativePath(folder, f)));
        string[] forgotten = [.. expected.Except(compiled).Except(below.SelectMany(CompiledFiles.Of)).Select(f => Path.GetRelativePath(folder, f))];
        Assert.IsEmpty(forgotten, $"{project} forgets: {string.Join(", ", forgotten)}");
        string[] hostOnly = [.. compiled.Where(f => !IsForDevice(Path.GetRelativePath(Places.Root, f))).Select(f => Path.GetRelativePath(folder, f))];
        Assert.IsEmpty(hostOnly, $"{project} compiles what is for the host: {string.Join(", ", hostOnly)}");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Restores_the_listed_versions(string project)
    {
        Dictionary<string, string> listed = PlatformPackage.All().ToDictionary(p => p.Id, p => p.Version);
        foreach (XElement package in Packages(project))
        {
            string id = package.Attribute("id")!.Value;
            Assert.IsTrue(listed.TryGetValue(id, out string? version), $"{project} restores {id}, which {Path.GetFileName(PlatformPackage.ListPath)} does not list.");
            Assert.AreEqual(version, package.Attribute("version")!.Value, $"The version of {id} in packages.config of {project}. {Path.GetFileName(PlatformPackage.ListPath)} is the list.");
            Assert.AreEqual("netnano1.0", package.Attribute("targetFramework")?.Value, $"The targetFramework of {id} in packages.config of {project}.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Finds_its_references_where_they_are_restored_to(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Places.Root, project))!;
        HashSet<string> restored = [.. Packages(project).Select(p => $"{p.Attribute("id")!.Value}.{p.Attribute("version")!.Value}")];
        HashSet<string> used = [];
        foreach (XElement reference in Load(project).Descendants(s_msbuild + "Reference"))
        {
            string name = reference.Attribute("Include")!.Value;
            string hint = reference.Element(s_msbuild + "HintPath")!.Value.Replace('\\', '/');
            string[] parts = Path.GetRelativePath(Places.Root, Path.GetFullPath(hint, folder)).Replace('\\', '/').Split('/');

            Assert.IsTrue(parts is ["packages", _, "lib", _], $"The HintPath of {name} in {project} leads to {string.Join('/', parts)}, not to packages/<id>.<version>/lib/.");
            Assert.Contains(parts[1], restored, $"The HintPath of {name} in {project} names {parts[1]}, which packages.config does not restore.");
            Assert.AreEqual(name, Path.GetFileNameWithoutExtension(parts[3]), $"The HintPath of {name} in {project}.");
            PlatformPackage package = PlatformPackage.All().Single(p => $"{p.Id}.{p.Version}" == parts[1]);
            Assert.Contains(name, package.Assemblies, $"{parts[1]} holds no {name}.");
            used.Add(parts[1]);
        }

        Assert.IsEmpty(restored.Except(used), $"{project} restores what it does not reference: {string.Join(", ", restored.Except(used))}");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Is_a_project_that_the_extension_opens(string project)
    {
        XElement root = Load(project);
        Assert.AreEqual("{11A8DD76-328B-46DF-9F39-F559912D0360};{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}", root.Descendants(s_msbuild + "ProjectTypeGuids").Single().Value);
        Assert.AreEqual("v1.0", root.Descendants(s_msbuild + "TargetFrameworkVersion").Single().Value);
        Assert.HasCount(1, root.Descendants(s_msbuild + "ProjectConfigurationsDeclaredAsItems"));
        foreach (string file in (string[])["NFProjectSystem.Default.props", "NFProjectSystem.props", "NFProjectSystem.CSharp.targets"])
        {
            XElement import = root.Elements(s_msbuild + "Import").Single(i => i.Attribute("Project")!.Value == $"$(NanoFrameworkProjectSystemPath){file}");
            Assert.AreEqual($"Exists('{import.Attribute("Project")!.Value}')", import.Attribute("Condition")?.Value, $"{project} must open without the extension too.");
        }

        foreach (XElement reference in root.Descendants(s_msbuild + "ProjectReference"))
        {
            string path = Path.GetFullPath(reference.Attribute("Include")!.Value.Replace('\\', '/'), Path.GetDirectoryName(Path.Combine(Places.Root, project))!);
            Assert.IsTrue(File.Exists(path) && path.EndsWith(".nfproj", StringComparison.Ordinal), $"{project} refers to {path}, which is no device project.");
        }
    }

    [TestMethod]
    public void Every_source_for_devices_is_compiled()
    {
        HashSet<string> compiled = [.. Repository.Files("*.nfproj").SelectMany(CompiledFiles.Of)];
        string[] roots = ["src", "tests/Http2Nano.Tests", "boards"];
        string[] forgotten = [.. Repository.Files("*.cs")
            .Select(f => Path.GetRelativePath(Places.Root, f).Replace('\\', '/'))
            .Where(f => roots.Any(r => f.StartsWith(r + "/", StringComparison.Ordinal)) && IsForDevice(f) && !compiled.Contains(Path.Combine(Places.Root, f)))];
        Assert.IsEmpty(forgotten, "No device project compiles " + string.Join(", ", forgotten));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void The_gate_compiles_what_the_device_does(string project)
    {
        HashSet<string> device = [.. CompiledFiles.Of(Path.Combine(Places.Root, project)).Where(IsNoInfo)];
        XElement gate = XDocument.Load(GateOf(project)).Root!;
        HashSet<string> checkedFiles = [.. CompiledFiles.Of(GateOf(project)).Where(IsNoInfo)];
        string[] unchecked_ = [.. device.Except(checkedFiles).Select(f => Path.GetRelativePath(Places.Root, f))];
        Assert.IsEmpty(unchecked_, $"{Path.GetFileName(GateOf(project))} does not compile what {project} does: {string.Join(", ", unchecked_)}");

        // One gate serves several boards, which differ in their own folders.
        string[] more = [.. checkedFiles.Except(device).Select(f => Path.GetRelativePath(Places.Root, f).Replace('\\', '/')).Where(f => !Regex.IsMatch(f, @"^boards/[^/]+/Program\.cs$"))];
        Assert.IsEmpty(more, $"{project} does not compile what {Path.GetFileName(GateOf(project))} does: {string.Join(", ", more)}");

        HashSet<string> allowed = [.. References(GateOf(project)), .. References(Path.Combine(Places.Root, "tools", "DeviceBuild", "Device.props")), .. References(Path.Combine(Places.Root, "tools", "DeviceBuild", "UnitTests.props")), "nanoFramework.UnitTestLauncher"];
        string[] unknown = [.. Load(project).Descendants(s_msbuild + "Reference").Select(r => r.Attribute("Include")!.Value).Where(r => !allowed.Contains(r))];
        Assert.IsEmpty(unknown, $"{project} refers to what {Path.GetFileName(GateOf(project))} does without: {string.Join(", ", unknown)}");
        string[] missing = [.. References(GateOf(project)).Except(Load(project).Descendants(s_msbuild + "Reference").Select(r => r.Attribute("Include")!.Value))];
        Assert.IsEmpty(missing, $"{project} lacks a reference: {string.Join(", ", missing)}");
        Assert.IsNotNull(gate);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Refers_to_what_its_references_refer_to(string project)
    {
        HashSet<string> own = [.. ProjectReferences(project)];
        string[] missing = [.. own.SelectMany(ProjectReferences).Except(own)];
        Assert.IsEmpty(missing, $"{project} is not deployed with {string.Join(", ", missing)}");
    }

    [TestMethod]
    public void Guids_are_unique()
    {
        string[] twice = [.. Repository.Files("*.nfproj").GroupBy(p => Load(p).Descendants(s_msbuild + "ProjectGuid").Single().Value).Where(g => g.Count() > 1).SelectMany(g => g)];
        Assert.IsEmpty(twice, string.Join(", ", twice));
    }

    [TestMethod]
    public void Every_board_is_there()
    {
        string[] boards = ["ESP32-C3", "ESP32-C6", "ESP32-S3", "ESP32-WROOM", "ESP32-WROVER", "Pico-W", "STM32F769I-DISCOVERY"];
        foreach (string board in boards)
        {
            XElement project = Load($"boards/{board}/Http2Nano.{board}.nfproj");
            Assert.AreEqual("Exe", project.Descendants(s_msbuild + "OutputType").Single().Value, board);
            Assert.IsTrue(File.Exists(Path.Combine(Places.Root, "boards", board, "README.md")), $"boards/{board} has no README.md.");
        }
    }

    private static XElement Load(string project) => XDocument.Load(Path.Combine(Places.Root, project)).Root!;

    private static string GateOf(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        string folder = Path.GetFileName(Path.GetDirectoryName(project))!;
        string gate = name != "Http2Nano." + folder || folder is "Dashboard" or "Routing" or "Http2Nano" ? name
            : folder == "ESP32-C3" ? "Http2Nano.Boards.Esp32C3"
            : folder.StartsWith("ESP32", StringComparison.Ordinal) ? "Http2Nano.Boards.Esp32"
            : folder.StartsWith("STM32", StringComparison.Ordinal) ? "Http2Nano.Boards.Stm32"
            : "Http2Nano.Boards." + folder.Replace("-", string.Empty, StringComparison.Ordinal);
        return Path.Combine(Places.Root, "tools", "DeviceBuild", gate + ".Device.csproj");
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("PlatformReference").Select(r => r.Attribute("Include")!.Value);

    private static IEnumerable<string> ProjectReferences(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Places.Root, project))!;
        return [.. Load(project).Descendants(s_msbuild + "ProjectReference")
            .Select(r => Path.GetRelativePath(Places.Root, Path.GetFullPath(r.Attribute("Include")!.Value.Replace('\\', '/'), folder)).Replace('\\', '/'))];
    }

    private static bool IsNoInfo(string file) => Path.GetFileName(file) != "AssemblyInfo.cs";

    private static IEnumerable<XElement> Packages(string project) =>
        XDocument.Load(Path.Combine(Places.Root, Path.GetDirectoryName(project)!, "packages.config")).Root!.Elements("package");

    private static bool IsForDevice(string path) => !Regex.IsMatch(path, @"(^|[\\/])(Host|bin|obj)[\\/]");
}
