using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Http2Nano.Gate.Tests;

/// <summary>A package of the platform as tools/DeviceBuild/platform-versions.props lists it.</summary>
internal sealed record PlatformPackage(string Id, string Version, IReadOnlyList<string> Assemblies)
{
    public static string ListPath => Path.Combine(Places.Root, "tools", "DeviceBuild", "platform-versions.props");

    public static IReadOnlyList<PlatformPackage> All()
    {
        XElement list = XDocument.Load(ListPath).Root!;
        Dictionary<string, string> properties = list.Elements("PropertyGroup").Elements().ToDictionary(p => p.Name.LocalName, p => p.Value);
        return
        [
            .. list.Descendants("PlatformPackage").Select(p => new PlatformPackage(
                p.Attribute("Include")!.Value,
                Regex.Replace(p.Attribute("Version")!.Value, @"\$\((\w+)\)", m => properties[m.Groups[1].Value]),
                p.Attribute("Assemblies")!.Value.Split(';'))),
        ];
    }
}
