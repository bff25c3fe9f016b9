namespace System;

public sealed class Version
{
    public extern Version(int major, int minor, int build, int revision);
    public extern Version(int major, int minor);

    public extern int Build { get; }
    public extern int Major { get; }
    public extern int Minor { get; }
    public extern int Revision { get; }

    public override extern bool Equals(object obj);
    public override extern int GetHashCode();
    public override extern string ToString();
}
