using System.Reflection;

namespace System;

public abstract class Type : MemberInfo
{
    public abstract Assembly Assembly { get; }
    public abstract string FullName { get; }
    public abstract Type BaseType { get; }

    public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
    public virtual extern bool IsSubclassOf(Type c);
    public virtual extern bool IsInstanceOfType(object o);
    public override extern string ToString();
}
