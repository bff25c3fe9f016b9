using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>Many of the chips have no floating-point unit, and some firmware is built without floating point.</summary>
public sealed class FloatingPoint : Rule
{
    private const string Message = "Floating point is slow or absent on the device, and is not wanted here. Count in integers: milliseconds, thousandths.";

    public override string Id => "NANO009";

    public override string Name => "floats";

    public override string Summary => "float and double";

    public override void Visit(FieldDefinition field, Report report)
    {
        if (Il.Parts(field.FieldType).Any(IsFloat))
        {
            report.At(field, Message);
        }
    }

    public override void Visit(MethodDefinition method, Report report)
    {
        if (Il.Signature(method).Any(IsFloat))
        {
            report.At(method, Message);
        }
    }

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        bool computes = instruction.OpCode.Code is Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un
            or Code.Ldelem_R4 or Code.Ldelem_R8 or Code.Stelem_R4 or Code.Stelem_R8
            or Code.Ldind_R4 or Code.Ldind_R8 or Code.Stind_R4 or Code.Stind_R8;
        if (computes || Il.Mentioned(instruction).Any(IsFloat))
        {
            report.At(method, instruction, Message);
        }
    }

    private static bool IsFloat(TypeReference type) => type.MetadataType is MetadataType.Single or MetadataType.Double;
}
