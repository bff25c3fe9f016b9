using System;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>
/// Strings are stored as UTF-8, so finding the character at an index means counting from the start. The compiler also emits
/// such code for a switch over many strings.
/// </summary>
public sealed class StringIndexing : Rule
{
    public override string Id => "NANO013";

    public override string Name => "string-indexing";

    public override string Summary => "s[i], foreach over a string, and a switch over many strings";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        bool hash = Il.Called(instruction) is { Name: "ComputeStringHash" } called
            && called.DeclaringType.FullName.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal);
        if (!hash && !Il.Calls(instruction, "System.String", "get_Chars"))
        {
            return;
        }

        report.At(method, instruction, hash || SourceLocator.IsHidden(method, instruction)
            ? "A switch over this many strings is compiled to code that indexes the string, and every s[i] counts from its start on the device. Compare bytes, or use if statements."
            : "Every s[i] counts from the start of the string on the device. Work on bytes, or call ToCharArray once.");
    }
}
