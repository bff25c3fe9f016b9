using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>The interpreter does not check in the checking instructions: the value wraps.</summary>
public sealed class CheckedArithmetic : Rule
{
    public override string Id => "NANO006";

    public override string Name => "checked";

    public override string Summary => "checked arithmetic, and indexing with a long";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        string name = instruction.OpCode.Name;
        if (!name.Contains(".ovf", System.StringComparison.Ordinal))
        {
            return;
        }

        // The compiler emits this one itself for an array's index or length of type long.
        bool index = instruction.OpCode.Code is Code.Conv_Ovf_I or Code.Conv_Ovf_I_Un;
        report.At(method, instruction, index
            ? "A long as the index or the length of an array wraps on the device. Compare it with the bounds and cast it to int."
            : "checked does not throw on the device, the value wraps. Compare with the limits before the operation.");
    }
}
