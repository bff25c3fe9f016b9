using System;

namespace Http2Nano.Development.Budget;

/// <summary>The sizes of objects on the device's heap in bytes: blocks of 12, in a 32-bit build of the runtime.</summary>
internal static class DeviceCosts
{
    private const int Block = 12;
    private const int ArrayHeader = 20;

    /// <summary>An object: a header, and one block for each field of any type.</summary>
    public static int Object(int fields) => Block + Block * fields;

    /// <summary>A static field.</summary>
    public const int StaticField = Block;

    /// <summary>A delegate.</summary>
    public const int Delegate = 36;

    /// <summary>An array: numbers take their size, references and structs a block each.</summary>
    public static int Array(Array array)
    {
        Type element = array.GetType().GetElementType()!;
        int size = element.IsPrimitive ? SizeOf(element) : Block;
        return RoundUp(ArrayHeader + size * array.Length);
    }

    /// <summary>A string: its UTF-8 octets and a NUL; the octets of a literal stay in flash.</summary>
    public static int Text(string text) => ReferenceEquals(string.IsInterned(text), text) ? Block : RoundUp(Block + text.Length + 1);

    private static int RoundUp(int bytes) => (bytes + Block - 1) / Block * Block;

    private static int SizeOf(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        _ => 8,
    };
}
