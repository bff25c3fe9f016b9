using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>A lambda that captures variables allocates an object and a delegate each time its method runs.</summary>
public sealed class Closures : Rule
{
    public override string Id => "NANO017";

    public override string Name => "closures";

    public override string Summary => "lambdas that capture variables";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (instruction.OpCode.Code == Code.Newobj && Il.IsClosure(((MethodReference)instruction.Operand).DeclaringType))
        {
            report.At(method, instruction, "A lambda that captures variables allocates each time this method runs. Keep the values in fields and name a method.");
        }
    }
}
