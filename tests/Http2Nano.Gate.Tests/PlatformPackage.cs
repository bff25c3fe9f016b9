using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Http2Nano.Gate.Tests;

/// <summary>A package of the platform as tools/ReferenceAssemblies/Platform.props lists it.</summary>
internal sealed record PlatformPackage(string Id, string Version, IReadOnlyList<string> Assemblies, bool IsRestored)
{
    public static string ListPath => Path.Combine(Places.Root, "tools", "ReferenceAssemblies", "Platform.props");

    public static IReadOnlyList<PlatformPackage> All() =>
    [
        .. XDocument.Load(ListPath).Descendants("PlatformPackage").Select(p => new PlatformPackage(
            p.Attribute("Include")!.Value,
            p.Attribute("Version")!.Value,
            p.Attribute("Assemblies")!.Value.Split(';'),
            p.Attribute("Restored")?.Value == "true")),
    ];
}
