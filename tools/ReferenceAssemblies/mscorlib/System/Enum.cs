namespace System;

public abstract class Enum : ValueType
{
    public extern bool HasFlag(Enum flag);
    public override extern string ToString();
}
