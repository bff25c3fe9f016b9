using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>The device has no names of enumeration members, so ToString returns the number.</summary>
public sealed class EnumToString : Rule
{
    public override string Id => "NANO014";

    public override string Name => "enum-tostring";

    public override string Summary => "ToString of an enumeration";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (Il.Called(instruction) is not { Name: "ToString", Parameters.Count: 0 } called)
        {
            return;
        }

        bool ofEnum = called.DeclaringType.FullName == "System.Enum"
            || (StackWalk.Argument(method, instruction, 0) is { } maker && StackWalk.TypeOf(method, maker)?.FullName == "System.Enum")
            || (instruction.Previous is { OpCode.Code: Code.Constrained or Code.Box, Operand: TypeReference type } && Il.IsEnum(type));
        if (ofEnum)
        {
            report.At(method, instruction, "ToString of an enumeration gives its number on the device. Write a method with a switch that returns the names, or cast to int to mean the number.");
        }
    }
}
