using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>
/// The platform's metadata processor refuses pinned variables and pointers, so a device build with them has no output.
/// </summary>
public sealed class Pointers : Rule
{
    private const string Message = "Pointers and fixed do not get through the platform's metadata processor. Index the array.";

    public override string Id => "NANO005";

    public override string Name => "pointers";

    public override string Summary => "pointers and fixed";

    public override void Visit(FieldDefinition field, Report report)
    {
        if (Il.Parts(field.FieldType).Any(IsPointer))
        {
            report.At(field, Message);
        }
    }

    public override void Visit(MethodDefinition method, Report report)
    {
        if (Il.Signature(method).Any(IsPointer))
        {
            report.At(method, Message);
        }

        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition variable in method.Body.Variables.Where(v => v.IsPinned || Il.Parts(v.VariableType).Any(IsPointer)))
        {
            Instruction? store = method.Body.Instructions.FirstOrDefault(i => Stores(i, variable));
            if (store is null)
            {
                report.At(method, Message);
            }
            else
            {
                report.At(method, store, Message);
            }
        }
    }

    private static bool IsPointer(TypeReference type) => type.IsPointer || type.IsFunctionPointer || type.IsPinned;

    private static bool Stores(Instruction instruction, VariableDefinition variable) => instruction.OpCode.Code switch
    {
        Code.Stloc or Code.Stloc_S or Code.Ldloca or Code.Ldloca_S => instruction.Operand == variable,
        Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 => instruction.OpCode.Code - Code.Stloc_0 == variable.Index,
        _ => false,
    };
}
