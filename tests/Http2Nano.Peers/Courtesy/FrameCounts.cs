using System;
using System.Globalization;
using System.Linq;
using Http2Nano.Messages;
using Http2Nano.Peers.Raw;
using Http2Nano.Tracing;

namespace Http2Nano.Peers.Courtesy;

/// <summary>Counts the frames that a client sends, on the connection of its first request.</summary>
internal sealed class FrameCounts
{
    // Of a trace, which keeps the latest frames and ends when nobody asks.
    private const int Kept = 1024;
    private const int Often = 100;

    private readonly FrameTrace _trace = new(Kept, new Clock());
    private readonly int[] _counts = new int[256];
    private int _connection;
    private int _read;
    private int _requests;

    /// <summary>A request has come. To be called by its handler.</summary>
    public void Note(HttpRequest request)
    {
        if (_requests++ % Often == 0)
        {
            _trace.Follow(request);
        }

        if (_connection != _trace.Connection)
        {
            _connection = _trace.Connection;
            _read = 0;
        }

        for (_read = Math.Max(_read, _trace.First); _read < _trace.Next; _read++)
        {
            int kind = _trace.Get(_read, FrameTrace.Kind);
            _counts[(byte)kind] += (kind & FrameTrace.Sent) == 0 ? 1 : 0;
        }
    }

    /// <summary>The frames for each HEADERS frame, by their names.</summary>
    public override string ToString()
    {
        double requests = Math.Max(1, _counts[(int)FrameKind.Headers]);
        return string.Join(", ", _counts.Select((count, kind) => (Count: count, Kind: kind)).Where(row => row.Count / requests >= 0.005)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{Enum.GetName((FrameKind)row.Kind) ?? $"type {row.Kind}"} {row.Count / requests:0.##}")));
    }
}
