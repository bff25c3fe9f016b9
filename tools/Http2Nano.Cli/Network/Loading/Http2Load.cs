using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Security;
using System.Runtime.CompilerServices;
using Http2Nano.Framing;

namespace Http2Nano.Cli.Network.Loading;

/// <summary>An HTTP/2 connection of a load: several concurrent requests; each response starts another one.</summary>
internal sealed class Http2Load(LoadRun run) : LoadConnection(run)
{
    private const uint MostWindow = int.MaxValue;
    private const int DefaultWindow = 65535;
    private const int RefillAt = 1 << 29;
    private const int LargestTable = 4096;

    // Stream identifiers have 31 bits; a new connection is made long before they are used up.
    private const int LastStream = 1 << 30;

    // More than a connection may have open, so that a stream that takes long keeps none waiting but the one in its place.
    private const int Places = 256;

    private readonly long[] _began = new long[Places];
    private readonly int[] _statuses = new int[Places];
    private int _open;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run()
    {
        using Stream stream = Load.Target.Open(Load.Options.Timeout, [SslApplicationProtocol.Http2]);
        if (stream is SslStream secure && secure.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
        {
            throw new InvalidDataException("The server does not speak HTTP/2 by ALPN: --http1 loads it over HTTP/1.1.");
        }

        var peer = new Http2Peer(stream);
        peer.Greet((Setting.EnablePush, 0u), (Setting.InitialWindowSize, MostWindow));
        peer.AppendWindow(0, (int)MostWindow - DefaultWindow);
        peer.Flush();

        int most = Load.Options.Streams;
        int table = LargestTable;
        foreach ((int setting, uint value) in FirstSettings(peer))
        {
            most = setting == Setting.MaxConcurrentStreams ? (int)Math.Min(most, Math.Max(value, 1)) : most;
            table = setting == Setting.HeaderTableSize ? (int)Math.Min(table, value) : table;
        }

        peer.Append(FrameType.Settings, FrameFlags.Ack, 0, []);
        (string, string)[] fields = [("user-agent", "http2nano"), ("accept", "*/*")];
        byte[] first = RequestBlock.First(Load.Target.IsSecure, Load.Target.Authority, Load.Target.Path, table, fields);
        byte[] next = table < 256
            ? RequestBlock.Literal("GET", Load.Target.IsSecure, Load.Target.Authority, Load.Target.Path, fields)
            : RequestBlock.Next(Load.Target.IsSecure, Load.Target.Path, fields.Length);
        int streamId = 1;
        int received = 0;
        bool ending = false;
        while (true)
        {
            while (!ending && _open < most && streamId < LastStream && _began[Place(streamId)] == 0 && Load.TryBegin())
            {
                peer.Append(FrameType.Headers, FrameFlags.EndStream | FrameFlags.EndHeaders, streamId, streamId == 1 ? first : next);
                _began[Place(streamId)] = Stopwatch.GetTimestamp();
                _statuses[Place(streamId)] = 0;
                _open++;
                Unanswered++;
                streamId += 2;
            }

            if (_open == 0)
            {
                return;
            }

            peer.Flush();
            do
            {
                ending |= Take(peer, peer.Read(), ref received);
            }
            while (peer.HasFrame);
        }
    }

    private static List<(int Setting, uint Value)> FirstSettings(Http2Peer peer)
    {
        ReceivedFrame frame = peer.Read();
        return frame.Type == FrameType.Settings && (frame.Flags & FrameFlags.Ack) == 0
            ? Http2Peer.Settings(frame)
            : throw new InvalidDataException("The server does not speak HTTP/2: its first frame is no SETTINGS. --http1 loads it over HTTP/1.1.");
    }

    // Returns true when no more requests may be sent.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Take(Http2Peer peer, ReceivedFrame frame, ref int received)
    {
        switch (frame.Type)
        {
            case FrameType.Headers:
                int status = peer.ReadStatus(frame);
                if (status is 0 or >= 200)
                {
                    // Trailers have no status.
                    if (status != 0)
                    {
                        _statuses[Place(frame.Stream)] = status;
                    }

                    End(frame);
                }

                break;

            case FrameType.Data:
                Bytes(frame.Payload.Count);
                received += frame.Payload.Count;
                if (received > RefillAt)
                {
                    peer.AppendWindow(0, received);
                    received = 0;
                }

                End(frame);
                break;

            case FrameType.RstStream:
                Close(frame.Stream);
                break;

            case FrameType.Settings when (frame.Flags & FrameFlags.Ack) == 0:
                peer.Append(FrameType.Settings, FrameFlags.Ack, 0, []);
                break;

            case FrameType.Ping when (frame.Flags & FrameFlags.Ack) == 0:
                peer.Append(FrameType.Ping, FrameFlags.Ack, 0, frame.Payload);
                break;

            case FrameType.GoAway:
                return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void End(ReceivedFrame frame)
    {
        if (frame.EndsStream && Close(frame.Stream) is { } began and not 0)
        {
            Answered(_statuses[Place(frame.Stream)], began);
        }
    }

    // When the request was made; 0 if there is none.
    private long Close(int streamId)
    {
        int place = Place(streamId);
        long began = _began[place];
        if (began != 0)
        {
            _began[place] = 0;
            _open--;
        }

        return began;
    }

    private static int Place(int streamId) => (streamId >> 1) & (Places - 1);
}
