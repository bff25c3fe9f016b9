using System.Globalization;

namespace NanoCheck;

/// <summary>A place in the source that does not work on the device.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Message">The mistake and its remedy.</param>
/// <param name="Location">The place, or null when not even the file is known.</param>
public sealed record Finding(string Id, string Message, SourceLocation? Location)
{
    /// <summary>An error line in MSBuild's format, which MSBuild and editors understand.</summary>
    public string ToMSBuild(string assemblyPath) => Location is null
        ? $"{assemblyPath} : error {Id}: {Message}"
        : string.Create(CultureInfo.InvariantCulture, $"{Location.File}({Location.Line},{Location.Column}): error {Id}: {Message}");
}

/// <summary>A line of the source, counted from one.</summary>
public sealed record SourceLocation(string File, int Line, int Column);
