using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;

namespace Http2Nano.Cli.Boards;

/// <summary>A Wi-Fi network.</summary>
internal sealed record BoardWifi
{
    /// <summary>Its name.</summary>
    public string Ssid { get; init; } = "";

    /// <summary>Its password; empty to take HTTP2NANO_WIFI_PASSWORD, or to be asked.</summary>
    public string Password { get; init; } = "";
}

/// <summary>The settings of a board, from <c>board.json</c>. Paths are relative to that file.</summary>
internal sealed record BoardFile
{
    private const string FileName = "board.json";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The board's name.</summary>
    public string Board { get; init; } = "";

    /// <summary>The name of its firmware for nanoff; the board's usual one if empty.</summary>
    public string Target { get; init; } = "";

    /// <summary>Its serial port; the only one of the machine if empty.</summary>
    public string Port { get; init; } = "";

    /// <summary>The Wi-Fi to join.</summary>
    public BoardWifi Wifi { get; init; } = new();

    /// <summary>The certificate, PEM; none if empty.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>Its key, PEM.</summary>
    public string Key { get; init; } = "";

    /// <summary>The folder with the pages; none if empty.</summary>
    public string Pages { get; init; } = "";

    /// <summary>The board's drive.</summary>
    public string Drive { get; init; } = "I:";

    /// <summary>The image that the application's build writes.</summary>
    public string Application { get; init; } = "";

    /// <summary>The folder of the file.</summary>
    [JsonIgnore]
    public string Folder { get; private init; } = "";

    /// <summary>Reads a board's file.</summary>
    /// <param name="named">The file or its folder; null for the current folder, or the only folder in Boards.</param>
    /// <exception cref="UserException">The file is missing or invalid.</exception>
    public static BoardFile Read(string? named)
    {
        string path = Find(named);
        BoardFile file;
        try
        {
            file = JsonSerializer.Deserialize<BoardFile>(Files.Read(path), s_options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $" in line {line + 1}" : "";
            throw new UserException($"{path} cannot be read{place}: {exception.Message.Split(" Path:")[0].TrimEnd('.')}.");
        }

        if (BoardProfile.Find(file.Board) == null)
        {
            throw new UserException($"{path}: there is no board '{file.Board}'; there are {string.Join(", ", BoardProfile.All.Select(board => board.Name))}.");
        }

        if (file.Certificate.Length == 0 != (file.Key.Length == 0))
        {
            throw new UserException($"{path}: certificate and key go together. http2nano cert makes both.");
        }

        return file with { Folder = Path.GetDirectoryName(Path.GetFullPath(path))! };
    }

    /// <summary>The board.</summary>
    [JsonIgnore]
    public BoardProfile Profile => BoardProfile.Find(Board)!;

    /// <summary>The full path of a file that board.json names.</summary>
    /// <exception cref="UserException">The file does not exist.</exception>
    public string Existing(string path, string remedy)
    {
        string full = Path.GetFullPath(path.Replace('\\', '/'), Folder);
        return File.Exists(full) || Directory.Exists(full) ? full : throw new UserException($"There is no '{path}' beside {FileName}: {remedy}");
    }

    private static string Find(string? named)
    {
        if (named != null)
        {
            string file = Directory.Exists(named) ? Path.Combine(named, FileName) : named;
            return File.Exists(file) ? file : throw new UserException($"There is no '{file}'. http2nano new makes one for each board.");
        }

        if (File.Exists(FileName))
        {
            return FileName;
        }

        string[] below = Directory.Exists("Boards") ? [.. Directory.EnumerateDirectories("Boards").Select(folder => Path.Combine(folder, FileName)).Where(File.Exists).Order(StringComparer.Ordinal)] : [];
        return below.Length switch
        {
            1 => below[0],
            0 => throw new UserException($"There is no {FileName} here: name the folder of the board, for instance Boards/ESP32-C3. http2nano new makes one for each board."),
            _ => throw new UserException($"There are {below.Length} boards: name one of {string.Join(", ", below.Select(Path.GetDirectoryName))}."),
        };
    }
}
