namespace System.Runtime.CompilerServices;

public enum MethodImplOptions
{
    Unmanaged = 4,
    ForwardRef = 16,
    PreserveSig = 128,
    InternalCall = 0x1000,
    Synchronized = 32,
    NoInlining = 8,
}
