using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>The library as a package: for devices by its .nuspec, for the host by dotnet pack.</summary>
[TestClass]
public sealed class PackageTests
{
    private static readonly string s_nuspec = Path.Combine(Places.Root, "src", "Http2Nano.Device.nuspec");

    private static readonly string[] s_projects =
    [
        "src/Http2Nano/Http2Nano.nfproj", "src/Http2Nano/Routing/Http2Nano.Routing.nfproj", "src/Http2Nano/Access/Http2Nano.Access.nfproj",
        "src/Http2Nano/Drives/Http2Nano.Drives.nfproj", "src/Http2Nano/WebSockets/Http2Nano.WebSockets.nfproj", "src/Http2Nano/Tracing/Http2Nano.Tracing.nfproj",
        "src/Http2Nano/Certificates/Http2Nano.Tls.nfproj",
    ];

    [TestMethod]
    public void The_package_for_devices_depends_on_what_the_library_restores()
    {
        string[] restored = [.. s_projects
            .SelectMany(p => XDocument.Load(Path.Combine(Places.Root, Path.GetDirectoryName(p)!, "packages.config")).Root!.Elements("package"))
            .Select(p => $"{p.Attribute("id")!.Value} {p.Attribute("version")!.Value}")
            .Distinct()];
        string[] depends = [.. Descendants("dependency").Select(d => $"{d.Attribute("id")!.Value} {d.Attribute("version")!.Value}")];
        CollectionAssert.AreEquivalent(restored, depends);
    }

    [TestMethod]
    public void The_package_for_devices_holds_what_its_projects_build()
    {
        Dictionary<string, string> files = Descendants("file").ToDictionary(
            f => Path.GetRelativePath(Places.Root, Path.GetFullPath(f.Attribute("src")!.Value.Replace('\\', '/'), Path.GetDirectoryName(s_nuspec)!)).Replace('\\', '/'),
            f => f.Attribute("target")!.Value);
        foreach (string project in s_projects)
        {
            XElement root = XDocument.Load(Path.Combine(Places.Root, project)).Root!;
            string assembly = root.Descendants(root.Name.Namespace + "AssemblyName").Single().Value;
            Assert.AreEqual($@"bin\$(Configuration)\{assembly}.xml", root.Descendants(root.Name.Namespace + "DocumentationFile").Single().Value);
            foreach (string extension in (string[])["dll", "pdb", "pdbx", "pe", "xml"])
            {
                string built = $"{Path.GetDirectoryName(project)!.Replace('\\', '/')}/bin/Release/{assembly}.{extension}";
                Assert.IsTrue(files.Remove(built, out string? target), $"{built} is not packed.");
                Assert.AreEqual($@"lib\{assembly}.{extension}", target);
            }
        }

        foreach (string file in files.Keys)
        {
            Assert.IsTrue(File.Exists(Path.Combine(Places.Root, file)), $"{file} is to be packed and does not exist.");
        }
    }

    [TestMethod]
    public void The_package_for_devices_says_whose_it_is()
    {
        Assert.IsFalse(Descendants("id").Single().Value.StartsWith("nanoFramework.", StringComparison.OrdinalIgnoreCase), "The registry keeps this prefix for the platform's own packages.");
        foreach (string name in (string[])["license", "readme", "icon", "projectUrl", "copyright", "description", "tags"])
        {
            Assert.AreNotEqual(string.Empty, Descendants(name).Single().Value, name);
        }

        Assert.AreEqual(Descendants("projectUrl").Single().Value, Descendants("repository").Single().Attribute("url")?.Value);
        CollectionAssert.Contains(Descendants("file").Select(f => f.Attribute("target")!.Value).ToArray(), Descendants("icon").Single().Value);
    }

    [TestMethod]
    public void The_host_build_packs()
    {
        using TemporaryFolder folder = new();
        (int exitCode, string output) = DotnetProcess.Run(Places.Root, "pack", "src/Http2Nano/Http2Nano.csproj", "--nologo", "-nodeReuse:false", "-c", "Release", "-o", folder.Path, $"-p:ArtifactsPath={Path.Combine(folder.Path, "artifacts")}");
        Assert.AreEqual(0, exitCode, output);

        string package = Directory.GetFiles(folder.Path, "Http2Nano.*.nupkg").Single();
        using ZipArchive archive = ZipFile.OpenRead(package);
        string[] entries = [.. archive.Entries.Select(e => e.FullName)];
        foreach (string entry in (string[])["lib/net10.0/Http2Nano.dll", "lib/net10.0/Http2Nano.xml", "README.md", "icon.png"])
        {
            CollectionAssert.Contains(entries, entry, string.Join(", ", entries));
        }

        using Stream nuspec = archive.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement root = XDocument.Load(nuspec).Root!;
        Assert.AreEqual("MIT", root.Descendants(root.Name.Namespace + "license").Single().Value);
        Assert.IsEmpty(root.Descendants(root.Name.Namespace + "dependency"), "The library depends on nothing.");
    }

    private static IEnumerable<XElement> Descendants(string name)
    {
        XElement root = XDocument.Load(s_nuspec).Root!;
        return root.Descendants(root.Name.Namespace + name);
    }
}
