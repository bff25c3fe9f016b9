using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Http2Nano.Peers.Raw;

/// <summary>The numbers of RFC 9113 that tests write by hand.</summary>
internal enum FrameKind : byte
{
    Data = 0,
    Headers = 1,
    Priority = 2,
    Reset = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
    PriorityUpdate = 16,
}

/// <summary>Error codes of RFC 9113 7.</summary>
internal enum Error
{
    None = 0,
    Protocol = 1,
    Internal = 2,
    FlowControl = 3,
    SettingsTimeout = 4,
    StreamClosed = 5,
    FrameSize = 6,
    Refused = 7,
    Cancel = 8,
    Compression = 9,
    EnhanceYourCalm = 11,
}

/// <summary>Writes HTTP/2 by hand, right or wrong, as the test wants it.</summary>
internal static class Octets
{
    public const byte EndStream = 1;
    public const byte Acknowledge = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte HasPriority = 32;

    public static byte[] Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>The client's whole connection preface, with the settings given.</summary>
    public static byte[] Hello(params (int Name, uint Value)[] settings) => [.. Preface, .. Settings(settings)];

    public static byte[] Frame(FrameKind kind, int flags, int stream, params byte[] payload) => Frame(kind, flags, stream, payload.Length, payload);

    /// <summary>A frame whose header may lie about its length.</summary>
    public static byte[] Frame(FrameKind kind, int flags, int stream, int length, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        frame[0] = (byte)(length >> 16);
        frame[1] = (byte)(length >> 8);
        frame[2] = (byte)length;
        frame[3] = (byte)kind;
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    public static byte[] Settings(params (int Name, uint Value)[] settings)
    {
        byte[] payload = new byte[6 * settings.Length];
        for (int i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(6 * i), (ushort)settings[i].Name);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan((6 * i) + 2), settings[i].Value);
        }

        return Frame(FrameKind.Settings, 0, 0, payload);
    }

    public static byte[] Number(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }

    /// <summary>A GET whose fields are whole in one frame.</summary>
    public static byte[] Get(int stream, string path, params (string Name, string Value)[] more) =>
        Frame(FrameKind.Headers, EndHeaders | EndStream, stream, FieldBlock([(":method", "GET"), (":scheme", "http"), (":authority", "peer"), (":path", path), .. more]));

    /// <summary>The fields of a POST, whose body is to follow.</summary>
    public static byte[] Post(int stream, string path, params (string Name, string Value)[] more) =>
        Frame(FrameKind.Headers, EndHeaders, stream, FieldBlock([(":method", "POST"), (":scheme", "http"), (":authority", "peer"), (":path", path), .. more]));

    /// <summary>A field section as plain literals (RFC 7541 6.2.2): nothing is checked, and no table is needed.</summary>
    public static byte[] FieldBlock(params (string Name, string Value)[] fields)
    {
        using var block = new MemoryStream();
        foreach ((string name, string value) in fields)
        {
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    private static void WriteText(MemoryStream block, string text)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text);
        int rest = octets.Length;
        if (rest < 127)
        {
            block.WriteByte((byte)rest);
        }
        else
        {
            block.WriteByte(127);
            for (rest -= 127; rest >= 128; rest >>= 7)
            {
                block.WriteByte((byte)(rest | 128));
            }

            block.WriteByte((byte)rest);
        }

        block.Write(octets);
    }
}
