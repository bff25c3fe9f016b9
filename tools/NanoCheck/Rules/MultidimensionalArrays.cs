using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>int[,] crashes the device when the assembly loads.</summary>
public sealed class MultidimensionalArrays : Rule
{
    private const string Message = "A multi-dimensional array crashes the device when it loads the assembly. Use an array of arrays, or one array indexed by row * width + column.";

    public override string Id => "NANO003";

    public override string Name => "multidimensional-arrays";

    public override string Summary => "int[,] and its like";

    public override void Visit(FieldDefinition field, Report report)
    {
        if (Il.Parts(field.FieldType).Any(IsMultidimensional))
        {
            report.At(field, Message);
        }
    }

    public override void Visit(MethodDefinition method, Report report)
    {
        if (Il.Signature(method).Any(IsMultidimensional))
        {
            report.At(method, Message);
        }
    }

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (Il.Mentioned(instruction).Any(IsMultidimensional))
        {
            report.At(method, instruction, Message);
        }
    }

    private static bool IsMultidimensional(TypeReference type) => type is ArrayType { IsVector: false };
}
