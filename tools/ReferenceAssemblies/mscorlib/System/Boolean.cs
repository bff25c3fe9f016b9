namespace System;

public struct Boolean
{
    private bool m_value;

    public static readonly string FalseString;
    public static readonly string TrueString;

    public override extern string ToString();
}
