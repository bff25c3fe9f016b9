namespace System.Reflection;

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyCompanyAttribute : Attribute
{
    public extern AssemblyCompanyAttribute(string company);

    public extern string Company { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyCopyrightAttribute : Attribute
{
    public extern AssemblyCopyrightAttribute(string copyright);

    public extern string Copyright { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyDescriptionAttribute : Attribute
{
    public extern AssemblyDescriptionAttribute(string description);

    public extern string Description { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyFileVersionAttribute : Attribute
{
    public extern AssemblyFileVersionAttribute(string version);

    public extern string Version { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyInformationalVersionAttribute : Attribute
{
    public extern AssemblyInformationalVersionAttribute(string informationalVersion);

    public extern string InformationalVersion { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyProductAttribute : Attribute
{
    public extern AssemblyProductAttribute(string product);

    public extern string Product { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyTitleAttribute : Attribute
{
    public extern AssemblyTitleAttribute(string title);

    public extern string Title { get; }
}

[AttributeUsage(AttributeTargets.Assembly)]
public sealed class AssemblyVersionAttribute : Attribute
{
    public extern AssemblyVersionAttribute(string version);

    public extern string Version { get; }
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class DefaultMemberAttribute : Attribute
{
    public extern DefaultMemberAttribute(string memberName);

    public extern string MemberName { get; }
}
