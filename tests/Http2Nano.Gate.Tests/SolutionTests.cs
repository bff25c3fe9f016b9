using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>One solution holds all projects, and builds all of them.</summary>
[TestClass]
public sealed partial class SolutionTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(Places.Root, "Http2Nano.sln"));

    private static readonly Dictionary<string, (string Type, string Guid)> s_projects = ProjectLine().Matches(s_text)
        .Where(m => m.Groups[2].Value.EndsWith("proj", System.StringComparison.Ordinal))
        .ToDictionary(m => m.Groups[2].Value.Replace('\\', '/'), m => (m.Groups[1].Value, m.Groups[3].Value));

    [TestMethod]
    [DataRow("*.csproj")]
    [DataRow("*.nfproj")]
    public void Holds_every_project(string pattern)
    {
        string[] missing = [.. Repository.Files(pattern).Select(f => Path.GetRelativePath(Places.Root, f).Replace('\\', '/')).Where(f => !s_projects.ContainsKey(f))];
        Assert.IsEmpty(missing, "Add to Http2Nano.sln: " + string.Join(", ", missing));
    }

    [TestMethod]
    public void Holds_no_project_that_is_gone()
    {
        string[] gone = [.. s_projects.Keys.Where(p => !File.Exists(Path.Combine(Places.Root, p)))];
        Assert.IsEmpty(gone, "Take out of Http2Nano.sln: " + string.Join(", ", gone));
    }

    [TestMethod]
    public void Builds_every_project()
    {
        string[] left = [.. s_projects.Where(p => !Has(p.Value.Guid, "Debug", "Build.0") || !Has(p.Value.Guid, "Release", "Build.0")).Select(p => p.Key)];
        Assert.IsEmpty(left, "Not built by the solution: " + string.Join(", ", left));
    }

    [TestMethod]
    public void Opens_device_projects_with_the_extension()
    {
        foreach ((string path, (string type, _)) in s_projects.Where(p => p.Key.EndsWith(".nfproj", System.StringComparison.Ordinal)))
        {
            Assert.AreEqual("11A8DD76-328B-46DF-9F39-F559912D0360", type, path);
        }
    }

    [TestMethod]
    public void Has_no_platforms_but_any_cpu() => Assert.IsFalse(s_text.Contains("|x64", System.StringComparison.Ordinal) || s_text.Contains("|x86", System.StringComparison.Ordinal), "Take the lines with x64 and x86 out of Http2Nano.sln.");

    [TestMethod]
    public void The_boards_have_a_solution_of_their_own()
    {
        // The extension of VS Code looks for applications in the folders beside the solution.
        string path = Path.Combine(Places.Root, "boards", "Http2Nano.Boards.sln");
        string text = File.ReadAllText(path);
        string[] held = [.. ProjectLine().Matches(text).Select(m => Path.GetRelativePath(Places.Root, Path.GetFullPath(m.Groups[2].Value.Replace('\\', '/'), Path.GetDirectoryName(path)!)).Replace('\\', '/'))];
        string[] expected = [.. Repository.Files("*.nfproj").Select(f => Path.GetRelativePath(Places.Root, f).Replace('\\', '/')).Where(f => !f.StartsWith("tests/", System.StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(expected, held);
        foreach (Match project in ProjectLine().Matches(text))
        {
            Assert.AreEqual("11A8DD76-328B-46DF-9F39-F559912D0360", project.Groups[1].Value);
            Assert.IsTrue(text.Contains($"{{{project.Groups[3].Value}}}.Release|Any CPU.Build.0", System.StringComparison.Ordinal), project.Groups[2].Value);
        }
    }

    [TestMethod]
    public void Guids_are_those_of_the_projects()
    {
        foreach ((string path, (_, string guid)) in s_projects.Where(p => p.Key.EndsWith(".nfproj", System.StringComparison.Ordinal)))
        {
            Assert.Contains($"<ProjectGuid>{guid.ToLowerInvariant()}</ProjectGuid>", File.ReadAllText(Path.Combine(Places.Root, path)), path);
        }
    }

    private static bool Has(string guid, string configuration, string what) => s_text.Contains($"{{{guid}}}.{configuration}|Any CPU.{what} =", System.StringComparison.Ordinal);

    [GeneratedRegex("""^Project\("\{([^}]+)\}"\) = "[^"]+", "([^"]+)", "\{([^}]+)\}"\r?$""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
