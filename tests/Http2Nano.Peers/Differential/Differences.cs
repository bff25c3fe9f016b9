using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Http2Nano.Peers.Differential;

/// <summary>Where this server answers otherwise than Kestrel, and why.</summary>
internal static class Differences
{
    private static readonly List<(string Names, string Ours, string Why)> s_all =
    [
    ];

    /// <summary>The clause that justifies a difference, or null.</summary>
    public static string? Reason(string name, string ours, string theirs)
    {
        _ = theirs;
        foreach ((string names, string expected, string why) in s_all)
        {
            if (ours == expected && Regex.IsMatch(name, names))
            {
                return why;
            }
        }

        return null;
    }
}
