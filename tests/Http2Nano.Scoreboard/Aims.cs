namespace Http2Nano.Scoreboard;

/// <summary>The ratios that this project wants to reach at least; what has none is shown for comparison.</summary>
internal static class Aims
{
    public const string Kestrel = "Kestrel";
    public const string Nghttpd = "nghttpd";
    public const string Large = "large";
    public const string Default = "default";

    /// <summary>What <see cref="Beside"/> and <see cref="BesideTheBuildBefore"/> say, in a sentence.</summary>
    public const string Said =
        "Aims: large at least 1.0 of Kestrel, and of nghttpd 1.0 for 100 B and 0.7 for 16 KB; default at least 1.1 of Kestrel for one request of 100 B at a time over TLS, "
        + "and of the build before 1.0 for 100 B and 6.0 for 16 KB.";

    /// <summary>The least ratio to another server.</summary>
    public static double? Beside(string name, string other, Cell cell) => (name, other) switch
    {
        (Large, Nghttpd) => cell.Length == Cell.Long ? 0.7 : 1.0,
        (Large, _) => 1.0,
        (Default, Kestrel) when cell is { Wire: Wire.Tls, Length: Cell.Short, AtOnce: 1 } => 1.1,
        _ => null,
    };

    /// <summary>The least ratio to the build before, which is that of the commit 985d77e.</summary>
    public static double? BesideTheBuildBefore(string name, Cell cell) => name != Default ? null : cell.Length == Cell.Long ? 6.0 : 1.0;
}
