using System.Globalization;

namespace NanoCheck;

/// <summary>A place in the source that the device cannot bear.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
/// <param name="Location">Where, or null where not even the file is known.</param>
public sealed record Finding(string Id, string Message, SourceLocation? Location)
{
    /// <summary>The line that MSBuild, and every editor that reads its output, turns into an error at the place.</summary>
    public string ToMSBuild(string assemblyPath) => Location is null
        ? $"{assemblyPath} : error {Id}: {Message}"
        : string.Create(CultureInfo.InvariantCulture, $"{Location.File}({Location.Line},{Location.Column}): error {Id}: {Message}");
}

/// <summary>A line of the source, counted from one.</summary>
public sealed record SourceLocation(string File, int Line, int Column);
