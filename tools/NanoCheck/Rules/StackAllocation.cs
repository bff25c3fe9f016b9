using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>stackalloc throws on the device.</summary>
public sealed class StackAllocation : Rule
{
    public override string Id => "NANO004";

    public override string Name => "stackalloc";

    public override string Summary => "stackalloc";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (instruction.OpCode.Code == Code.Localloc)
        {
            report.At(method, instruction, "stackalloc throws on the device. Use an array that is allocated once and kept.");
        }
    }
}
