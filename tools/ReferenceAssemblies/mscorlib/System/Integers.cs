namespace System;

public struct Byte
{
    private byte m_value;

    public const byte MaxValue = 255;
    public const byte MinValue = 0;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern byte Parse(string s);
    public static extern bool TryParse(string s, out byte result);
}

public struct Int16
{
    private short m_value;

    public const short MaxValue = 32767;
    public const short MinValue = -32768;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern short Parse(string s);
    public static extern bool TryParse(string s, out short result);
}

public struct Int32
{
    private int m_value;

    public const int MaxValue = 2147483647;
    public const int MinValue = -2147483648;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern int Parse(string s);
    public static extern bool TryParse(string s, out int result);
}

public struct Int64
{
    private long m_value;

    public const long MaxValue = 9223372036854775807;
    public const long MinValue = -9223372036854775808;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern long Parse(string s);
    public static extern bool TryParse(string s, out long result);
}

public struct SByte
{
    private sbyte m_value;

    public const sbyte MaxValue = 127;
    public const sbyte MinValue = -128;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern sbyte Parse(string s);
    public static extern bool TryParse(string s, out sbyte result);
}

public struct UInt16
{
    private ushort m_value;

    public const ushort MaxValue = 65535;
    public const ushort MinValue = 0;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern ushort Parse(string s);
    public static extern bool TryParse(string s, out ushort result);
}

public struct UInt32
{
    private uint m_value;

    public const uint MaxValue = 4294967295;
    public const uint MinValue = 0;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern uint Parse(string s);
    public static extern bool TryParse(string s, out uint result);
}

public struct UInt64
{
    private ulong m_value;

    public const ulong MaxValue = 18446744073709551615;
    public const ulong MinValue = 0;

    public override extern string ToString();
    public extern string ToString(string format);
    public static extern ulong Parse(string s);
    public static extern bool TryParse(string s, out ulong result);
}
