using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Attacks.Scripts;

/// <summary>All attacks.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Attack> All { get; } = [.. FrameFloods.All, .. FieldBombs.All, .. Stalls.All, .. Http1Floods.All];

    /// <summary>Their names, for data-driven tests.</summary>
    public static IEnumerable<object[]> Names => All.Select(attack => new object[] { attack.Name });

    public static Attack Find(string name) => All.Single(attack => attack.Name == name);
}
