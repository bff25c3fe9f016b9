using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>string.Format on the device ignores the alignment in {0,5}.</summary>
public sealed class FormatAlignment : Rule
{
    public override string Id => "NANO015";

    public override string Name => "format-alignment";

    public override string Summary => "alignment in string.Format and in interpolated strings";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (Il.Calls(instruction, "System.String", "Format")
            && StackWalk.Argument(method, instruction, Il.Called(instruction)!.Parameters.Count - 1) is { OpCode.Code: Code.Ldstr, Operand: string format }
            && Regex.IsMatch(format.Replace("{{", string.Empty, System.StringComparison.Ordinal), @"\{\d+\s*,\s*-?\d+"))
        {
            report.At(method, instruction, "string.Format ignores alignment on the device. Use PadLeft or PadRight.");
        }
    }
}
