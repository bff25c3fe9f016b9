using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>An array of structures holds one heap object per element on the device.</summary>
public sealed class StructArrays : Rule
{
    public override string Id => "NANO016";

    public override string Name => "struct-arrays";

    public override string Summary => "arrays of structures";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (instruction.OpCode.Code == Code.Newarr
            && instruction.Operand is TypeReference { IsArray: false, IsPrimitive: false } element
            && Il.Definition(element) is { IsValueType: true, IsEnum: false })
        {
            report.At(method, instruction, $"An array of {element.Name} holds one heap object per element on the device. Use one array of numbers per field.");
        }
    }
}
