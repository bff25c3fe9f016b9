using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.FileSystemGlobbing;
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
        List<string> compiled = [];
        foreach (XElement item in Load(project).Descendants(s_msbuild + "Compile"))
        {
            // Files of another folder are linked in; a wildcard expands within its own.
            string include = item.Attribute("Include")!.Value.Replace('\\', '/');
            if (!include.Contains('*', StringComparison.Ordinal))
            {
                Assert.IsTrue(File.Exists(Path.Combine(folder, include)), $"{project} compiles {include}, which does not exist.");
                compiled.Add(Path.GetFullPath(include, folder));
                continue;
            }

            Matcher matcher = new(StringComparison.Ordinal);
            matcher.AddIncludePatterns(include.Split(';'));
            matcher.AddExcludePatterns((item.Attribute("Exclude")?.Value.Replace('\\', '/') ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries));
            string[] matches = [.. matcher.GetResultsInFullPath(folder)];
            Assert.IsNotEmpty(matches, $"{project} compiles {include}, which matches no file.");
            compiled.AddRange(matches);
        }

        // What lies beside another device project is that one's.
        string[] others = [.. Repository.Files("*.nfproj").Select(p => Path.GetDirectoryName(p)!).Where(f => f.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))];
        string[] expected = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => IsForDevice(Path.GetRelativePath(folder, f)) && !others.Any(o => f.StartsWith(o + Path.DirectorySeparatorChar, StringComparison.Ordinal)))];
        string[] forgotten = [.. expected.Except(compiled).Select(f => Path.GetRelativePath(folder, f))];
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

    private static XElement Load(string project) => XDocument.Load(Path.Combine(Places.Root, project)).Root!;

    private static IEnumerable<XElement> Packages(string project) =>
        XDocument.Load(Path.Combine(Places.Root, Path.GetDirectoryName(project)!, "packages.config")).Root!.Elements("package");

    private static bool IsForDevice(string path) => !Regex.IsMatch(path, @"(^|[\\/])(Host|bin|obj)[\\/]");
}
