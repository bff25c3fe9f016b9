using Microsoft.CodeAnalysis;

namespace Http2Nano.Cli.Checking;

/// <summary>Suggests replacements for what the platform lacks.</summary>
internal static class Remedies
{
    private static readonly (string Text, string Remedy)[] s_remedies =
    [
        ("List<>", "The platform has no generic types: use an array, or System.Collections.ArrayList."),
        ("Dictionary<", "The platform has no generic types: use System.Collections.Hashtable."),
        ("IEnumerable<>", "The platform has no generic types: use an array."),
        ("Span<>", "The platform has no spans: pass array, offset and count."),
        ("Memory<>", "The platform has no spans: pass array, offset and count."),
        ("Task", "The platform has no tasks: use a Thread, or answer later with response.Defer()."),
        ("Nullable", "The platform has no Nullable: use a value that cannot occur."),
        ("'Linq'", "The platform has no LINQ: write the loop."),
        ("'Generic'", "The platform has no generic types: use arrays, System.Collections.ArrayList or Hashtable."),
        ("InterpolatedStringHandler", "The platform has no interpolated string handlers: Write to the response piece by piece."),
        ("interpolated string handler", "The platform has no interpolated string handlers: Write to the response piece by piece."),
        ("is not available in C# 9", "The device's build compiles C# 9."),
    ];

    /// <summary>A sentence to append to the compiler's message, beginning with a space; empty when there is nothing to add.</summary>
    public static string For(Diagnostic diagnostic)
    {
        string message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        foreach ((string text, string remedy) in s_remedies)
        {
            if (message.Contains(text, System.StringComparison.Ordinal))
            {
                return " " + remedy;
            }
        }

        return diagnostic.Id is "CS0246" or "CS0234" or "CS1061" or "CS0117" ? " The platform has less than .NET." : "";
    }
}
