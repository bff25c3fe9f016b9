using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>throw null ends the thread without a message.</summary>
public sealed class ThrowNull : Rule
{
    public override string Id => "NANO008";

    public override string Name => "throw-null";

    public override string Summary => "throw null";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (instruction.OpCode.Code == Code.Throw && instruction.Previous?.OpCode.Code == Code.Ldnull)
        {
            report.At(method, instruction, "throw null ends the thread on the device without a word. Throw an exception object.");
        }
    }
}
