using System;
using System.Linq;
using Http2Nano.Dashboard;
using Http2Nano.Messages;

namespace Http2Nano.Host;

/// <summary>A board that the host can be as small as.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Board">A board with such a heap.</param>
/// <param name="Heap">Bytes of its managed heap.</param>
/// <param name="Limits">Makes the limits of its server.</param>
/// <param name="Dashboard">Makes the sizes of its dashboard.</param>
internal sealed record Profile(string Name, string Board, int Heap, Func<HttpLimits> Limits, Func<DashboardOptions> Dashboard)
{
    /// <summary>What the host is unless it is told: the library's own limits, and as patient as a PC can be.</summary>
    public static Profile Usual { get; } = new("default", "ESP32", 90 * 1024, HttpProfiles.Default, () => new DashboardOptions());

    public static Profile[] All { get; } =
    [
        new("tiny", "ESP32-C3", 54 * 1024, HttpProfiles.Tiny, DashboardOptions.Small),
        Usual,
        new("large", "ESP32 with PSRAM", 3700 * 1024, HttpProfiles.Large, () => new DashboardOptions()),
    ];

    public static Profile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
