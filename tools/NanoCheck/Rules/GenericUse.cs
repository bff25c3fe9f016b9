using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>
/// The platform declares a few generic delegates and attributes, but firmware without generics cannot run them.
/// </summary>
public sealed class GenericUse : Rule
{
    public override string Id => "NANO002";

    public override string Name => "generic-use";

    public override string Summary => "the use of a generic type or method";

    public override void Visit(FieldDefinition field, Report report)
    {
        if (Il.Parts(field.FieldType).FirstOrDefault(IsGeneric) is { } type)
        {
            report.At(field, Message(type.Name));
        }
    }

    public override void Visit(MethodDefinition method, Report report)
    {
        if (Il.Signature(method).FirstOrDefault(IsGeneric) is { } type)
        {
            report.At(method, Message(type.Name));
        }
    }

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (instruction.Operand is GenericInstanceMethod called && Il.Definition(called.DeclaringType)?.Module != method.Module)
        {
            report.At(method, instruction, Message(called.Name));
        }
        else if (Il.Mentioned(instruction).FirstOrDefault(IsGeneric) is { } type)
        {
            report.At(method, instruction, Message(type.Name));
        }
    }

    // OwnGenerics refuses the assembly's own generic types where they are declared.
    private static bool IsGeneric(TypeReference type) => type is GenericInstanceType && Il.Definition(type)?.Module != type.Module;

    private static string Message(string name) =>
        $"{name.Split('`')[0]} is generic, and the firmware has no generics. Declare a delegate, a class or a method of one type for it.";
}
