namespace System;

public struct Char
{
    private char m_value;

    public const char MaxValue = '\uffff';
    public const char MinValue = '\0';

    public override extern string ToString();
    public extern char ToLower();
    public extern char ToUpper();
}
