using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Http2Nano.Attacks.Wire;

/// <summary>What a server said to an attacker, in words.</summary>
internal sealed partial class Answer
{
    private static readonly string[] s_errors =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Error code of GOAWAY, or null when there was none.</summary>
    public string? GoAway { get; private set; }

    /// <summary>HTTP/1.1 statuses in their order.</summary>
    public IReadOnlyList<int> Statuses { get; private set; } = [];

    /// <summary>How many frames or answers of a kind there were, "RST CANCEL" for instance.</summary>
    public int CountOf(string kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Reads what was received, which may end in the middle of a frame.</summary>
    public static Answer Read(ReadOnlySpan<byte> octets)
    {
        var answer = new Answer();
        if (octets.StartsWith("HTTP/1.1 "u8) && !octets.StartsWith("HTTP/1.1 101"u8))
        {
            answer.ReadHttp1(Encoding.Latin1.GetString(octets));
        }
        else
        {
            int upgrade = octets.StartsWith("HTTP/1.1 101"u8) ? octets.IndexOf("\r\n\r\n"u8) + 4 : 0;
            answer.ReadFrames(octets[upgrade..]);
        }

        return answer;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        _counts.Count == 0 ? "nothing" : string.Join(", ", _counts.Select(pair => pair.Value == 1 ? pair.Key : $"{pair.Value} x {pair.Key}"));

    private void ReadHttp1(string text)
    {
        int[] statuses = [.. StatusLine().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
        Statuses = statuses;
        foreach (int status in statuses)
        {
            Note(status.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void ReadFrames(ReadOnlySpan<byte> octets)
    {
        while (octets.Length >= 9)
        {
            int length = octets[0] << 16 | octets[1] << 8 | octets[2];
            if (octets.Length < 9 + length)
            {
                return;
            }

            ReadOnlySpan<byte> payload = octets.Slice(9, length);
            switch (octets[3])
            {
                case Frame.GoAway:
                    GoAway = s_errors[payload[7]];
                    Note("GOAWAY " + GoAway);
                    break;

                case Frame.Reset:
                    Note("RST " + s_errors[payload[3]]);
                    break;

                case Frame.Headers:
                    Note("response");
                    break;

                case Frame.Ping:
                    Note("PING");
                    break;
            }

            octets = octets[(9 + length)..];
        }
    }

    private void Note(string kind) => _counts[kind] = CountOf(kind) + 1;

    [GeneratedRegex(@"HTTP/1\.1 (\d\d\d) ")]
    private static partial Regex StatusLine();
}
