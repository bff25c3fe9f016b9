namespace System.Runtime.InteropServices;

[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Interface | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Delegate | AttributeTargets.Enum | AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class ComVisibleAttribute : Attribute
{
    public extern ComVisibleAttribute(bool visibility);

    public extern bool Value { get; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutAttribute : Attribute
{
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class StructLayoutAttribute : Attribute
{
    public int Pack;
    public int Size;
    public CharSet CharSet;

    public extern StructLayoutAttribute(LayoutKind layoutKind);
    public extern StructLayoutAttribute(short layoutKind);

    public extern LayoutKind Value { get; }
}
