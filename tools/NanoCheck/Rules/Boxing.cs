using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>A boxed value is an object. Boxing is allowed for an exception, and once in a static initialiser.</summary>
public sealed class Boxing : Rule
{
    public override string Id => "NANO018";

    public override string Name => "boxing";

    public override string Summary => "boxing of values, but for an exception's message and by static initialisers";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (instruction.OpCode.Code == Code.Box && !(method.IsConstructor && method.IsStatic) && !LeadsToThrow(instruction))
        {
            report.At(method, instruction, $"Boxing a {((TypeReference)instruction.Operand).Name} allocates. Use a parameter or a field of its own type, or ToString where text is meant.");
        }
    }

    private static bool LeadsToThrow(Instruction instruction)
    {
        for (Instruction? at = instruction.Next; at is not null; at = at.Next)
        {
            switch (at.OpCode.FlowControl)
            {
                case FlowControl.Throw:
                    return true;
                case FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return:
                    return false;
                default:
                    break;
            }
        }

        return false;
    }
}
