using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Http2Nano.Framing;

namespace Http2Nano.Cli.Network.Probing;

/// <summary>Uses HTTP/2 with a server, and records its behaviour.</summary>
internal sealed class Http2Probe(Target target)
{
    private const uint MostWindow = int.MaxValue;
    private const int DefaultWindow = 65535;
    private const int PageStream = 1;

    // Milliseconds after a whole exchange; a server that has not answered a PING by then does not answer it.
    private const int PingPause = 1000;

    // Fewer octets than this do not show which stream is served first.
    private const int EnoughForPriorities = 3 * DefaultWindow;
    private const int Step = 16384;

    private readonly SortedDictionary<string, uint> _settings = new(StringComparer.Ordinal);
    private readonly List<string> _pushes = [];
    private readonly List<string> _hints = [];
    private readonly List<int> _promised = [];
    private bool _acknowledged;
    private bool _ended;
    private long _pingSent;
    private double? _ping;
    private long _window;

    /// <summary>The fields of the page.</summary>
    public List<(string Name, string Value)> Fields { get; private set; } = [];

    public int Status { get; private set; }

    public double? FirstByte { get; private set; }

    /// <summary>Octets of the page's body.</summary>
    public long Length { get; private set; }

    /// <summary>Requests the page on an existing connection, with prior knowledge or after ALPN.</summary>
    /// <exception cref="IOException">The server ends the connection, or does not answer.</exception>
    /// <exception cref="InvalidDataException">The server does not use HTTP/2.</exception>
    public void Ask(Stream stream)
    {
        var peer = new Http2Peer(stream);
        Greet(peer);
        long asked = Stopwatch.GetTimestamp();
        peer.Append(FrameType.Headers, FrameFlags.EndStream | FrameFlags.EndHeaders, PageStream, Page("u=3"));
        peer.Flush();
        Follow(stream, peer, asked);
    }

    /// <summary>Continues after an upgrade: the page is the response to the upgraded request (RFC 7540 3.2).</summary>
    public void GoOn(Stream stream, ReadOnlySpan<byte> rest, long asked)
    {
        var peer = new Http2Peer(stream);
        peer.Give(rest);
        Greet(peer);
        peer.Flush();
        Follow(stream, peer, asked);
    }

    /// <summary>The results.</summary>
    public ProbeHttp2 Report(string priorities) => new(_settings, _acknowledged, _ping, _window, _pushes, _hints, priorities);

    /// <summary>Sends two concurrent requests, the urgent one last, with small windows, to see which is served first.</summary>
    public string AskForPriorities(Stream stream)
    {
        if (Length < EnoughForPriorities)
        {
            return string.Create(CultureInfo.InvariantCulture, $"unknown: the page has {Length:N0} bytes, and {EnoughForPriorities:N0} are needed to see who is served first");
        }

        var peer = new Http2Peer(stream);
        peer.Greet((Setting.EnablePush, 0u), (Setting.InitialWindowSize, MostWindow), (Setting.NoRfc7540Priorities, 1u));
        peer.Append(FrameType.Headers, FrameFlags.EndStream | FrameFlags.EndHeaders, 1, Page("u=7"));
        peer.Append(FrameType.Headers, FrameFlags.EndStream | FrameFlags.EndHeaders, 3, Page("u=0"));
        peer.Flush();

        // The connection's window stops the first response; the server chooses which stream uses the next increment.
        long background = 0;
        long urgent = 0;
        long counted = 0;
        for (int received = 0; counted < 2 * Length;)
        {
            ReceivedFrame frame = peer.Read();
            if (frame.Type is FrameType.GoAway or FrameType.RstStream)
            {
                break;
            }

            if (frame.Type == FrameType.Settings && (frame.Flags & FrameFlags.Ack) == 0)
            {
                peer.Append(FrameType.Settings, FrameFlags.Ack, 0, []);
                peer.Flush();
            }
            else if (frame.Type is FrameType.Headers or FrameType.PushPromise)
            {
                peer.ReadFields(frame, out _);
            }
            else if (frame.Type == FrameType.Data)
            {
                counted += frame.Payload.Count;
                received += frame.Payload.Count;
                bool afterBeginning = counted > DefaultWindow;
                background += afterBeginning && frame.Stream == 1 ? frame.Payload.Count : 0;
                urgent += afterBeginning && frame.Stream == 3 ? frame.Payload.Count : 0;
                if (frame.EndsStream)
                {
                    break;
                }

                if (received >= Step || counted >= DefaultWindow)
                {
                    peer.AppendWindow(0, received);
                    peer.Flush();
                    received = 0;
                }
            }
        }

        long all = urgent + background;
        return all == 0
            ? "unknown: the server sent too little"
            : (double)urgent / all > 0.9
                ? "kept: the urgent response overtakes the other (RFC 9218)"
                : (double)urgent / all > 0.3 ? "not kept: both responses share the connection" : "not kept: the first response is finished first";
    }

    private byte[] Page(string priority) => RequestBlock.Literal(
        "GET", target.IsSecure, target.Authority, target.Path, ("user-agent", "http2nano"), ("accept", "*/*"), ("accept-encoding", "gzip"), ("priority", priority));

    private void Greet(Http2Peer peer)
    {
        peer.Greet((Setting.EnablePush, 1u), (Setting.InitialWindowSize, MostWindow));
        peer.AppendWindow(0, (int)MostWindow - DefaultWindow);
    }

    private void Follow(Stream stream, Http2Peer peer, long asked)
    {
        while (true)
        {
            ReceivedFrame frame = peer.Read();
            if (Take(peer, frame, asked) && _promised.Count == 0)
            {
                break;
            }

            peer.Flush();
        }

        _pingSent = Stopwatch.GetTimestamp();
        peer.Append(FrameType.Ping, 0, 0, "http2nan"u8);
        peer.Flush();
        stream.ReadTimeout = PingPause;
        try
        {
            while (_ping == null)
            {
                Take(peer, peer.Read(), asked);
            }

            peer.Append(FrameType.GoAway, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
            peer.Flush();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The server need not answer, and may have closed: the page has arrived.
        }
    }

    // Returns true when the page is complete.
    private bool Take(Http2Peer peer, ReceivedFrame frame, long asked)
    {
        switch (frame.Type)
        {
            case FrameType.Settings when (frame.Flags & FrameFlags.Ack) != 0:
                _acknowledged = true;
                return false;

            case FrameType.Settings:
                foreach ((int setting, uint value) in Http2Peer.Settings(frame))
                {
                    _settings[NameOf(setting)] = value;
                }

                peer.Append(FrameType.Settings, FrameFlags.Ack, 0, []);
                return false;

            case FrameType.WindowUpdate when frame.Stream == 0:
                _window += BinaryPrimitives.ReadUInt32BigEndian(frame.Payload);
                return false;

            case FrameType.Ping when (frame.Flags & FrameFlags.Ack) != 0:
                _ping = Stopwatch.GetElapsedTime(_pingSent).TotalMilliseconds;
                return false;

            case FrameType.Ping:
                peer.Append(FrameType.Ping, FrameFlags.Ack, 0, frame.Payload);
                return false;

            case FrameType.PushPromise:
                List<(string Name, string Value)> request = peer.ReadFields(frame, out int promised);
                _pushes.Add(request.Find(field => field.Name == ":path").Value ?? "?");
                _promised.Add(promised);
                return false;

            case FrameType.Headers:
                return TakeFields(frame, peer.ReadFields(frame, out _), asked);

            case FrameType.Data:
                if (frame.Stream == PageStream)
                {
                    Length += frame.Payload.Count;
                }

                return End(frame);

            case FrameType.RstStream when frame.Stream == PageStream:
                throw new InvalidDataException($"The server resets the request: {NameOfError(frame.Payload)}.");

            case FrameType.RstStream:
                _promised.Remove(frame.Stream);
                return Status != 0 && _promised.Count == 0;

            case FrameType.GoAway when Status == 0:
                throw new InvalidDataException($"The server ends the connection: {NameOfError(frame.Payload[4..])}.");

            default:
                return false;
        }
    }

    private bool TakeFields(ReceivedFrame frame, List<(string Name, string Value)> fields, long asked)
    {
        _ = int.TryParse(fields.Find(field => field.Name == ":status").Value, NumberStyles.None, CultureInfo.InvariantCulture, out int status);
        if (frame.Stream == PageStream && status == 103)
        {
            _hints.AddRange(fields.Where(field => field.Name == "link").Select(field => field.Value));
        }
        else if (frame.Stream == PageStream && status >= 200)
        {
            FirstByte = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            Status = status;
            Fields = fields;
        }

        return End(frame);
    }

    private bool End(ReceivedFrame frame)
    {
        if (frame.EndsStream)
        {
            _promised.Remove(frame.Stream);
            _ended |= frame.Stream == PageStream;
        }

        return _ended;
    }

    private static string NameOfError(ReadOnlySpan<byte> payload)
    {
        string[] names =
        [
            "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL",
            "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
        ];
        uint code = payload.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(payload);
        return code < names.Length ? names[code] : code.ToString("X", CultureInfo.InvariantCulture);
    }

    private static string NameOf(int setting) => setting switch
    {
        Setting.HeaderTableSize => "HEADER_TABLE_SIZE",
        Setting.EnablePush => "ENABLE_PUSH",
        Setting.MaxConcurrentStreams => "MAX_CONCURRENT_STREAMS",
        Setting.InitialWindowSize => "INITIAL_WINDOW_SIZE",
        Setting.MaxFrameSize => "MAX_FRAME_SIZE",
        Setting.MaxHeaderListSize => "MAX_HEADER_LIST_SIZE",
        Setting.EnableConnectProtocol => "ENABLE_CONNECT_PROTOCOL",
        Setting.NoRfc7540Priorities => "NO_RFC7540_PRIORITIES",
        _ => "0x" + setting.ToString("X2", CultureInfo.InvariantCulture),
    };
}
