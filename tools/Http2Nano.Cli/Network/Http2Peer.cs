using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Hpack;

namespace Http2Nano.Cli.Network;

/// <summary>A received frame.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Payload">Its payload, valid until the next frame is read.</param>
internal readonly record struct ReceivedFrame(int Type, int Flags, int Stream, ArraySegment<byte> Payload)
{
    public bool EndsStream => (Flags & FrameFlags.EndStream) != 0;

    public bool EndsFields => (Flags & FrameFlags.EndHeaders) != 0;
}

/// <summary>The client's side of an HTTP/2 connection, frame by frame, because a probe needs what HTTP clients hide.</summary>
internal sealed class Http2Peer(Stream stream)
{
    private const int HeaderLength = 9;
    private const int LargestFrame = 16384;
    private const int InputSize = 256 * 1024;
    private const int MostFields = 64 * 1024;
    private const int LongestKept = 32;

    // RFC 7541 6.1: an index whose number goes on in the next octets.
    private const byte LongIndex = 0xFF;
    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];

    private readonly byte[] _input = new byte[InputSize];
    private readonly List<byte> _output = [];
    private readonly HpackDecoder _decoder = new(HpackDecoder.InitialTableSize);
    private readonly HeaderList _list = new(new byte[MostFields]);
    private readonly byte[] _last = new byte[LongestKept];
    private int _lastLength;
    private int _lastStatus;
    private int _start;
    private int _end;

    /// <summary>Whether a complete frame has been received.</summary>
    public bool HasFrame => _end - _start >= HeaderLength && _end - _start >= HeaderLength + Length;

    private int Length => (_input[_start] << 16) | (_input[_start + 1] << 8) | _input[_start + 2];

    /// <summary>Begins the connection: the preface and SETTINGS.</summary>
    public void Greet(params ReadOnlySpan<(int Setting, uint Value)> settings)
    {
        _output.AddRange(s_preface);
        AppendSettings(settings);
    }

    /// <summary>Appends a SETTINGS frame to the octets to be sent.</summary>
    public void AppendSettings(ReadOnlySpan<(int Setting, uint Value)> settings)
    {
        Span<byte> payload = stackalloc byte[6 * settings.Length];
        for (int i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload[(6 * i)..], (ushort)settings[i].Setting);
            BinaryPrimitives.WriteUInt32BigEndian(payload[((6 * i) + 2)..], settings[i].Value);
        }

        Append(FrameType.Settings, 0, 0, payload);
    }

    /// <summary>Appends a WINDOW_UPDATE frame to the octets to be sent.</summary>
    public void AppendWindow(int streamId, int increment)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, increment);
        Append(FrameType.WindowUpdate, 0, streamId, payload);
    }

    /// <summary>Appends a frame to the octets to be sent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(int type, int flags, int streamId, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        header[0] = (byte)(payload.Length >> 16);
        header[1] = (byte)(payload.Length >> 8);
        header[2] = (byte)payload.Length;
        header[3] = (byte)type;
        header[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], streamId);
        _output.AddRange(header);
        _output.AddRange(payload);
    }

    /// <summary>Sends the appended frames.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Flush()
    {
        if (_output.Count == 0)
        {
            return;
        }

        stream.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_output));
        stream.Flush();
        _output.Clear();
    }

    /// <summary>Waits for the next frame.</summary>
    /// <exception cref="IOException">The connection has ended, or has been silent for too long.</exception>
    /// <exception cref="InvalidDataException">The octets are not HTTP/2.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReceivedFrame Read()
    {
        while (!HasFrame)
        {
            if (_end - _start >= HeaderLength && Length > LargestFrame)
            {
                throw new InvalidDataException("What came is no HTTP/2.");
            }

            if (_start == _end)
            {
                _start = _end = 0;
            }
            else if (_start > 0 && InputSize - _start < HeaderLength + LargestFrame)
            {
                Buffer.BlockCopy(_input, _start, _input, 0, _end - _start);
                _end -= _start;
                _start = 0;
            }

            AwaitAwake();
            int count = stream.Read(_input, _end, InputSize - _end);
            if (count == 0)
            {
                throw new EndOfStreamException("The server has closed the connection.");
            }

            _end += count;
        }

        int length = Length;
        int streamId = BinaryPrimitives.ReadInt32BigEndian(_input.AsSpan(_start + 5)) & int.MaxValue;
        var frame = new ReceivedFrame(_input[_start + 3], _input[_start + 4], streamId, new ArraySegment<byte>(_input, _start + HeaderLength, length));
        _start += HeaderLength + length;
        return frame;
    }

    /// <summary>Adds octets that were received before, such as those after the response to an upgrade.</summary>
    public void Give(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_input.AsSpan(_end));
        _end += octets.Length;
    }

    /// <summary>The settings in a SETTINGS frame.</summary>
    public static List<(int Setting, uint Value)> Settings(ReceivedFrame frame)
    {
        List<(int, uint)> settings = [];
        for (int i = 0; i + 6 <= frame.Payload.Count; i += 6)
        {
            settings.Add((BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.AsSpan(i)), BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.AsSpan(i + 2))));
        }

        return settings;
    }

    /// <summary>Reads the fields of a block that begins in this frame, with its CONTINUATION frames.</summary>
    /// <param name="frame">HEADERS or PUSH_PROMISE.</param>
    /// <param name="promised">The promised stream; 0 for HEADERS.</param>
    public List<(string Name, string Value)> ReadFields(ReceivedFrame frame, out int promised)
    {
        Decode(frame, out promised);
        List<(string, string)> fields = [];
        for (int position = _list.First(); position >= 0; position = _list.Next(position))
        {
            fields.Add((_list.GetName(position), _list.GetValue(position)));
        }

        return fields;
    }

    /// <summary>The status of a response; 0 for a block without one, such as trailers. Allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int ReadStatus(ReceivedFrame frame)
    {
        // A block of nothing but references to the tables leaves them as they are: the same again means the same.
        ReadOnlySpan<byte> payload = frame.Payload;
        if (_lastLength != 0 && payload.SequenceEqual(_last.AsSpan(0, _lastLength)))
        {
            return _lastStatus;
        }

        Decode(frame, out _);
        int position = _list.Find(FieldName.Status);
        int status = position < 0 ? 0 : _list.ParseNumber(position);
        if (frame.EndsFields && (frame.Flags & (FrameFlags.Padded | FrameFlags.Priority)) == 0 && payload.Length <= LongestKept && payload.IndexOfAnyInRange((byte)0, (byte)0x7F) < 0 && !payload.Contains(LongIndex))
        {
            payload.CopyTo(_last);
            _lastLength = payload.Length;
            _lastStatus = status;
        }

        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Decode(ReceivedFrame frame, out int promised)
    {
        _lastLength = 0;
        ArraySegment<byte> fragment = Fragment(frame, out promised);
        _list.Reset(0, MostFields);
        _decoder.Begin(_list);
        bool good = _decoder.Decode(fragment.Array!, fragment.Offset, fragment.Count);
        while (!frame.EndsFields && good)
        {
            frame = Read();
            good = frame.Type == FrameType.Continuation && _decoder.Decode(frame.Payload.Array!, frame.Payload.Offset, frame.Payload.Count);
        }

        if (!good || !_decoder.End())
        {
            throw new InvalidDataException("The server's field block cannot be decoded.");
        }
    }

    // RFC 9113 6.2, 6.6: padding, deprecated priority and the promised stream surround the fragment.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ArraySegment<byte> Fragment(ReceivedFrame frame, out int promised)
    {
        ArraySegment<byte> payload = frame.Payload;
        promised = 0;
        int padding = 0;
        if ((frame.Flags & FrameFlags.Padded) != 0)
        {
            padding = payload[0];
            payload = payload[1..];
        }

        if (frame.Type == FrameType.Headers && (frame.Flags & FrameFlags.Priority) != 0)
        {
            payload = payload[5..];
        }
        else if (frame.Type == FrameType.PushPromise)
        {
            promised = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
            payload = payload[4..];
        }

        return payload[..^padding];
    }

    // Being woken takes tens of microseconds, as long as a fast server needs for its answer.
    private void AwaitAwake()
    {
        if (stream is NetworkStream socket && Environment.ProcessorCount > 1)
        {
            for (long start = Stopwatch.GetTimestamp(); !socket.DataAvailable && Stopwatch.GetElapsedTime(start).Ticks < 50 * TimeSpan.TicksPerMicrosecond;)
            {
                Thread.Yield();
            }
        }
    }
}
