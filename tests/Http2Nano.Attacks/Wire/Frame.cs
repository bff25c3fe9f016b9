using System;
using System.Text;

namespace Http2Nano.Attacks.Wire;

/// <summary>Frames as a client sends them, well-formed or not.</summary>
internal static class Frame
{
    public const byte Data = 0, Headers = 1, Priority = 2, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9, PriorityUpdate = 16;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4, Padded = 8;

    /// <summary>The connection preface and empty SETTINGS (RFC 9113 3.4).</summary>
    public static byte[] Preface { get; } = [.. Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Of(Settings, 0, 0)];

    /// <summary>The preface, and the acknowledgement of whatever SETTINGS the server sends.</summary>
    public static byte[] Greeting { get; } = [.. Preface, .. Of(Settings, Ack, 0)];

    /// <summary>The same, and a window for the connection that lasts.</summary>
    public static byte[] GreetingWithWindow { get; } = [.. Greeting, .. Of(WindowUpdate, 0, 0, Number(0x7F000000))];

    public static byte[] Of(byte type, byte flags, int stream, params ReadOnlySpan<byte> payload) =>
        [.. Header(payload.Length, type, flags, stream), .. payload];

    public static byte[] Header(int length, byte type, byte flags, int stream) =>
        [(byte)(length >> 16), (byte)(length >> 8), (byte)length, type, flags, .. Number(stream)];

    public static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] Setting(int identifier, int value) => [(byte)(identifier >> 8), (byte)identifier, .. Number(value)];

    /// <summary>A request without a body.</summary>
    public static byte[] Get(int stream, string path = "/") => Of(Headers, EndStream | EndHeaders, stream, FieldBlock("GET", path));

    /// <summary>A request whose body follows.</summary>
    public static byte[] Post(int stream, string path) => Of(Headers, EndHeaders, stream, FieldBlock("POST", path));

    /// <summary>A field block that leaves the dynamic table as it is.</summary>
    public static byte[] FieldBlock(string method, string path) =>
        [(byte)(method == "GET" ? 0x82 : 0x83), 0x86, .. Literal(4, path), .. Literal(1, "device")];

    /// <summary>A literal field without indexing (RFC 7541 6.2.2) whose name is in the static table.</summary>
    public static byte[] Literal(int name, string value) => [(byte)name, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    /// <summary>A literal field with incremental indexing (RFC 7541 6.2.1).</summary>
    public static byte[] Indexed(string name, string value) => [0x40, .. Text(name), .. Text(value)];

    private static byte[] Text(string text) =>
        text.Length < 127
            ? [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)]
            : [127, (byte)(0x80 | (text.Length - 127 & 0x7F)), (byte)(text.Length - 127 >> 7), .. Encoding.ASCII.GetBytes(text)];
}
