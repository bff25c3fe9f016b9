using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>The files that a project compiles, found as MSBuild does: its own items and those of the files that it imports.</summary>
internal static class CompiledFiles
{
    public static HashSet<string> Of(string project)
    {
        HashSet<string> files = [];
        Add(project, Path.GetDirectoryName(project)!, files);
        return files;
    }

    private static void Add(string path, string folder, HashSet<string> files)
    {
        XElement root = XDocument.Load(path).Root!;
        XNamespace ns = root.Name.Namespace;
        Dictionary<string, string> properties = root.Elements(ns + "PropertyGroup").Elements()
            .GroupBy(p => p.Name.LocalName)
            .ToDictionary(g => g.Key, g => g.Last().Value);
        foreach (XElement import in root.Elements(ns + "Import"))
        {
            string imported = Path.Combine(folder, import.Attribute("Project")!.Value);
            if (import.Attribute("Condition") is null && File.Exists(imported))
            {
                Add(imported, folder, files);
                foreach (XElement property in XDocument.Load(imported).Root!.Elements("PropertyGroup").Elements())
                {
                    properties[property.Name.LocalName] = property.Value.Replace("$(MSBuildThisFileDirectory)", string.Empty, StringComparison.Ordinal);
                }
            }
        }

        foreach (XElement item in root.Descendants(ns + "Compile"))
        {
            string[] excluded = [.. Patterns(item.Attribute("Exclude")?.Value, properties).SelectMany(p => Expand(p, folder))];
            foreach (string pattern in Patterns(item.Attribute("Include")!.Value, properties))
            {
                string[] found = [.. Expand(pattern, folder)];
                Assert.IsNotEmpty(found, $"{Path.GetFileName(path)} compiles {pattern}, which matches no file.");
                files.UnionWith(found.Except(excluded));
            }
        }
    }

    private static IEnumerable<string> Patterns(string? list, Dictionary<string, string> properties) =>
        (list ?? string.Empty).Replace('\\', '/').Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => Regex.Replace(p, @"\$\((\w+)\)", m => properties.GetValueOrDefault(m.Groups[1].Value, string.Empty).Replace("$(MSBuildThisFileDirectory)", string.Empty, StringComparison.Ordinal)));

    // The matcher looks below a folder only, so what leads up goes into the folder.
    private static IEnumerable<string> Expand(string pattern, string folder)
    {
        while (pattern.StartsWith("../", StringComparison.Ordinal))
        {
            pattern = pattern[3..];
            folder = Path.GetDirectoryName(folder)!;
        }

        Matcher matcher = new(StringComparison.Ordinal);
        matcher.AddInclude(pattern);
        return matcher.GetResultsInFullPath(folder);
    }
}
