using System;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Development;

/// <summary>A board whose limits the host can adopt, with the facts that tools need to flash it.</summary>
/// <param name="Name">Its name, as in <c>--board</c>.</param>
/// <param name="Heap">Bytes of its managed heap.</param>
/// <param name="ProfileName">The profile that fits it: tiny, default or large.</param>
/// <param name="Sockets">Sockets that its network stack has in all.</param>
/// <param name="HasWifi">Whether it uses Wi-Fi.</param>
/// <param name="Target">The name of its firmware for <c>nanoff</c>.</param>
/// <param name="IsHeapAssumed">Whether the heap is an estimate, not a measurement.</param>
public sealed record BoardProfile(string Name, int Heap, string ProfileName, int Sockets, bool HasWifi, string Target, bool IsHeapAssumed = false)
{
    // A listener for each port, and the connection that is served.
    private const int SocketsOfServer = 3;

    // As DeviceProfile.Backlog.
    private const int MostBacklog = 8;

    /// <summary>The boards for which the project has an application, the smallest heap first.</summary>
    public static IReadOnlyList<BoardProfile> All { get; } =
    [
        new("ESP32-C3", 54 * 1024, "tiny", 16, true, "ESP32_C3"),
        new("Pico-W", 80 * 1024, "tiny", 4, true, "PICO_RP2040_W", true),
        new("ESP32-C6", 82 * 1024, "default", 16, true, "ESP32_C6_THREAD"),
        new("ESP32-WROOM", 90 * 1024, "default", 16, true, "ESP32_REV3"),
        new("ESP32-S3", 110 * 1024, "default", 16, true, "ESP32_S3_OCTAL", true),
        new("ESP32-WROVER", 3700 * 1024, "large", 16, true, "ESP32_PSRAM_REV3"),
        new("STM32F769I-DISCOVERY", 13 * 1024 * 1024, "large", 4, false, "ST_STM32F769I_DISCOVERY"),
    ];

    /// <summary>Finds a board by its name, in any case.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The board, or null.</returns>
    public static BoardProfile? Find(string name) => All.FirstOrDefault(board => string.Equals(board.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The typical board of a profile.</summary>
    /// <param name="profile">tiny, default or large.</param>
    /// <returns>The board, or null when there is no such profile.</returns>
    public static BoardProfile? OfProfile(string profile) => profile switch
    {
        "tiny" => Find("ESP32-C3"),
        "default" => Find("ESP32-WROOM"),
        "large" => Find("ESP32-WROVER"),
        _ => null,
    };

    /// <summary>Makes the limits that fit the board.</summary>
    /// <returns>Limits, which may be changed before they are used.</returns>
    public HttpLimits Limits() => ProfileName switch
    {
        "tiny" => HttpProfiles.Tiny(),
        "large" => HttpProfiles.Large(),
        _ => HttpProfiles.Default(),
    };

    /// <summary>Sets the options that depend on the number of sockets.</summary>
    /// <param name="options">The options to change.</param>
    public void ApplySockets(HttpServerOptions options)
    {
        int left = Math.Max(2, Sockets - SocketsOfServer);
        options.Connections = Math.Min(options.Connections, left - 1);
        options.SilentConnections = Math.Max(1, Math.Min(options.SilentConnections, left / 2));
        options.Backlog = Math.Max(1, Math.Min(MostBacklog, left - options.Connections - options.SilentConnections));
    }
}
