using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace NanoCheck;

/// <summary>
/// Compares the files and packages that a device project (.nfproj) names with the disk and with the list of the platform's
/// packages. The project's own build finds these mistakes late or never, because it compiles against the list.
/// </summary>
public sealed partial class DeviceProject
{
    public const string MissingFile = "NANO101";
    public const string OtherVersion = "NANO102";
    public const string UnlistedPackage = "NANO103";

    private readonly string _project;
    private readonly string _folder;
    private readonly string _list;
    private readonly Dictionary<string, string> _versions;
    private readonly List<Finding> _findings = [];

    private DeviceProject(string project, string list)
    {
        _project = project;
        _folder = Path.GetDirectoryName(project)!;
        _list = Path.GetFileName(list);
        _versions = XDocument.Load(list).Descendants("PlatformPackage")
            .ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The mistakes in a project, its packages.config and its packages.lock.json.</summary>
    /// <param name="project">The path of the .nfproj.</param>
    /// <param name="list">The path of the list of the platform's packages (Platform.props).</param>
    public static IReadOnlyList<Finding> Check(string project, string list)
    {
        DeviceProject check = new(Path.GetFullPath(project), list);
        XElement root = XDocument.Load(check._project, LoadOptions.SetLineInfo).Root!;
        check.CheckFiles(root);
        check.CheckHintPaths(root);
        check.CheckPackages(Path.Combine(check._folder, "packages.config"));
        check.CheckLock(Path.Combine(check._folder, "packages.lock.json"));
        return check._findings;
    }

    private static IEnumerable<XElement> Named(XElement root, string name) => root.Descendants().Where(e => e.Name.LocalName == name);

    private void CheckFiles(XElement root)
    {
        foreach (XElement item in root.Descendants().Where(e => e.Name.LocalName is "Compile" or "None" or "Content" or "EmbeddedResource"))
        {
            foreach (string file in (item.Attribute("Include")?.Value ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // A pattern may match nothing, but the folder in which it starts must exist.
                int wild = file.IndexOf('*', StringComparison.Ordinal);
                string path = Path.Combine(_folder, (wild < 0 ? file : file[..(file.LastIndexOf('\\', wild) + 1)]).Replace('\\', '/'));
                if (!file.Contains("$(", StringComparison.Ordinal) && !(wild < 0 ? File.Exists(path) : Directory.Exists(path)))
                {
                    Add(MissingFile, _project, item, $"{file} is listed, and there is no such {(wild < 0 ? "file" : "folder")}. Take it out of the list, or bring it back.");
                }
            }
        }
    }

    private void CheckHintPaths(XElement root)
    {
        foreach (XElement hint in Named(root, "HintPath"))
        {
            Match package = RestoredPath().Match(hint.Value);
            if (!package.Success)
            {
                Add(UnlistedPackage, _project, hint, $"{hint.Value} does not lead to packages\\<id>.<version>\\lib, where the packages are restored to.");
            }
            else
            {
                CheckVersion(_project, hint, package.Groups[1].Value, package.Groups[2].Value);
            }
        }
    }

    private void CheckPackages(string path)
    {
        if (!File.Exists(path))
        {
            _findings.Add(new Finding(MissingFile, "A packages.config is missing beside the project, so no package would be restored for it.", new SourceLocation(_project, 1, 1)));
            return;
        }

        foreach (XElement package in XDocument.Load(path, LoadOptions.SetLineInfo).Descendants("package"))
        {
            CheckVersion(path, package, package.Attribute("id")?.Value ?? string.Empty, package.Attribute("version")?.Value ?? string.Empty);
        }
    }

    // Read as lines, because a JSON reader does not tell the line of a value.
    private void CheckLock(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        string id = string.Empty;
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            Match key = LockedPackage().Match(text);
            Match resolved = LockedVersion().Match(text);
            if (key.Success)
            {
                id = key.Groups[1].Value;
            }
            else if (resolved.Success && id.Length != 0)
            {
                CheckVersion(path, new SourceLocation(path, line, resolved.Groups[1].Index + 1), id, resolved.Groups[1].Value);
            }
        }
    }

    private void CheckVersion(string path, XElement element, string id, string version) => CheckVersion(path, At(path, element), id, version);

    private void CheckVersion(string path, SourceLocation location, string id, string version)
    {
        if (!_versions.TryGetValue(id, out string? listed))
        {
            _findings.Add(new Finding(UnlistedPackage, $"{_list} does not list {id}. Add it there, with its version and its assemblies.", location));
        }
        else if (version != listed)
        {
            _findings.Add(new Finding(OtherVersion, $"{id} is {version} in {Path.GetFileName(path)} and {listed} in {_list}, which is the list of versions. Make them equal.", location));
        }
    }

    private void Add(string id, string path, XElement element, string message) => _findings.Add(new Finding(id, message, At(path, element)));

    private static SourceLocation At(string path, IXmlLineInfo info) => new(path, info.LineNumber, info.LinePosition);

    [GeneratedRegex(@"(?:^|[\\/])packages[\\/](.+?)\.(\d+(?:\.\d+)+[^\\/]*)[\\/]lib[\\/][^\\/]+$")]
    private static partial Regex RestoredPath();

    [GeneratedRegex("""^\s*"([A-Za-z][\w.]*\.[\w.]+)": \{""")]
    private static partial Regex LockedPackage();

    [GeneratedRegex("""^\s*"resolved": "([^"]+)"\s*,?$""")]
    private static partial Regex LockedVersion();
}
