namespace System;

public struct IntPtr
{
}

public struct RuntimeFieldHandle
{
}

public struct RuntimeMethodHandle
{
}

public struct RuntimeTypeHandle
{
}

public struct UIntPtr
{
}

public struct Void
{
}
