using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>
/// What the build of a device project cannot see: files that no project compiles, packages that are restored for nothing, what the
/// nanoFramework extension wants of a project.
/// </summary>
[TestClass]
public sealed class DeviceProjectTests
{
    private static readonly XNamespace s_msbuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    public static IEnumerable<object[]> Projects => DeviceProjects.All.Select(path => new object[] { path });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Compiles_nothing_that_is_for_the_host(string project)
    {
        string[] hostOnly = [.. DeviceProjects.CompiledBy(project).Select(Repository.Relative).Where(f => !IsForDevice(f))];
        Assert.IsEmpty(hostOnly, $"{project} compiles what is for the host: {string.Join(", ", hostOnly)}");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Finds_its_references_where_they_are_restored_to(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Places.Root, project))!;
        HashSet<string> restored = [.. Packages(project).Select(p => $"{p.Attribute("id")!.Value}.{p.Attribute("version")!.Value}")];
        Assert.IsEmpty(Packages(project).Where(p => p.Attribute("targetFramework")?.Value != "netnano1.0"), $"targetFramework in packages.config of {project}.");
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
        string[] systems = [.. root.Descendants(s_msbuild + "NanoFrameworkProjectSystemPath").Select(p => p.Value.Replace('\\', '/').Replace("$(MSBuildThisFileDirectory)", string.Empty, StringComparison.Ordinal))];
        Assert.HasCount(2, systems);
        Assert.AreEqual("$(MSBuildExtensionsPath)/nanoFramework/v1.0/", systems[0]);
        Assert.AreEqual(Path.Combine(Places.Root, "tools", "ProjectSystem") + Path.DirectorySeparatorChar, Path.GetFullPath(systems[1], Path.GetDirectoryName(Path.Combine(Places.Root, project))!));
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
        HashSet<string> compiled = [.. DeviceProjects.All.SelectMany(DeviceProjects.CompiledBy)];
        string[] roots = ["src", "tests/Http2Nano.Tests", "boards"];
        string[] forgotten = [.. Repository.Files("*.cs").Where(f => !compiled.Contains(f)).Select(Repository.Relative)
            .Where(f => roots.Any(r => f.StartsWith(r + "/", StringComparison.Ordinal)) && IsForDevice(f))];
        Assert.IsEmpty(forgotten, "No device project compiles " + string.Join(", ", forgotten));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Compiles_nothing_that_its_references_hold(string project)
    {
        HashSet<string> held = [.. ProjectReferences(project).SelectMany(DeviceProjects.CompiledBy)];
        string[] twice = [.. DeviceProjects.CompiledBy(project).Where(held.Contains).Select(Repository.Relative)];
        Assert.IsEmpty(twice, $"{project} compiles again: {string.Join(", ", twice)}");
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
    [DynamicData(nameof(Projects))]
    public void Locks_what_it_restores(string project)
    {
        string path = Path.Combine(Places.Root, Path.GetDirectoryName(project)!, "packages.lock.json");
        Assert.AreEqual(File.Exists(path) ? "true" : null, Load(project).Descendants(s_msbuild + "RestorePackagesWithLockFile").SingleOrDefault()?.Value, $"RestorePackagesWithLockFile in {project}.");
        if (File.Exists(path))
        {
            using JsonDocument locked = JsonDocument.Parse(File.ReadAllText(path));
            string[] ids = [.. locked.RootElement.GetProperty("dependencies").GetProperty(".NETnanoFramework,Version=v1.0").EnumerateObject().Select(p => p.Name)];
            CollectionAssert.AreEquivalent(Packages(project).Select(p => p.Attribute("id")!.Value).ToArray(), ids, path);
        }
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

    private static IEnumerable<string> ProjectReferences(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Places.Root, project))!;
        return [.. Load(project).Descendants(s_msbuild + "ProjectReference")
            .Select(r => Path.GetRelativePath(Places.Root, Path.GetFullPath(r.Attribute("Include")!.Value.Replace('\\', '/'), folder)).Replace('\\', '/'))];
    }

    private static IEnumerable<XElement> Packages(string project) =>
        XDocument.Load(Path.Combine(Places.Root, Path.GetDirectoryName(project)!, "packages.config")).Root!.Elements("package");

    private static bool IsForDevice(string path) => !Regex.IsMatch(path, @"(^|[\\/])(Host|bin|obj)[\\/]");
}
