using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Http2Nano.Cli.Projects;
using Http2Nano.Development;
using Microsoft.Extensions.FileSystemGlobbing;

namespace Http2Nano.Cli.Checking;

/// <summary>The contents of a device project (.nfproj).</summary>
/// <param name="Path">The project.</param>
/// <param name="AssemblyName">The name of its assembly.</param>
/// <param name="IsProgram">Whether it is a program.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="References">The assemblies that it references, by simple name, with their expected path or null.</param>
/// <param name="Projects">The device projects that it references.</param>
/// <param name="Allowed">The rules of NanoCheck that do not apply to it.</param>
internal sealed record DeviceProject(
    string Path, string AssemblyName, bool IsProgram, string[] Sources, (string Name, string? Path)[] References, string[] Projects, string[] Allowed)
{
    private static readonly XNamespace s_msbuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    /// <summary>Reads a project.</summary>
    /// <exception cref="UserException">The file cannot be read.</exception>
    public static DeviceProject Read(string path)
    {
        XElement root;
        try
        {
            root = XDocument.Load(path).Root!;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{ProjectFiles.Shown(path)} cannot be read: {exception.Message}");
        }

        string folder = System.IO.Path.GetDirectoryName(path)!;
        return new DeviceProject(
            path,
            Property(root, "AssemblyName") ?? System.IO.Path.GetFileNameWithoutExtension(path),
            string.Equals(Property(root, "OutputType"), "Exe", StringComparison.OrdinalIgnoreCase),
            Compiled(root, folder),
            [.. Items(root, "Reference").Select(item => (Include(item).Split(',')[0], Hint(item, folder)))],
            [.. Items(root, "ProjectReference").Select(item => Full(folder, Include(item)))],
            (Property(root, "NanoCheckAllow") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string[] Compiled(XElement root, string folder)
    {
        SortedSet<string> files = new(StringComparer.Ordinal);
        foreach (XElement item in Items(root, "Compile"))
        {
            var matcher = new Matcher();
            matcher.AddIncludePatterns(Patterns(item.Attribute("Include")));
            matcher.AddExcludePatterns(Patterns(item.Attribute("Exclude")));
            files.UnionWith(matcher.GetResultsInFullPath(folder).Select(System.IO.Path.GetFullPath));
        }

        return [.. files];
    }

    private static IEnumerable<string> Patterns(XAttribute? attribute) =>
        (attribute?.Value ?? "").Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal).Replace("$(MSBuildProjectDirectory)\\", "", StringComparison.Ordinal).Replace('\\', '/')
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Hint(XElement reference, string folder) => reference.Element(s_msbuild + "HintPath")?.Value is { } hint ? Full(folder, hint) : null;

    private static string Full(string folder, string path) => System.IO.Path.GetFullPath(path.Replace('\\', '/'), folder);

    private static string Include(XElement item) => item.Attribute("Include")?.Value ?? "";

    private static IEnumerable<XElement> Items(XElement root, string name) => root.Descendants(s_msbuild + name).Where(item => item.Parent?.Name == s_msbuild + "ItemGroup");

    private static string? Property(XElement root, string name) => root.Descendants(s_msbuild + name).FirstOrDefault(item => item.Parent?.Name == s_msbuild + "PropertyGroup")?.Value;
}
