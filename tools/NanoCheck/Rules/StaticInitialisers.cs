using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>
/// All static initialisers run before Main, in the order of their types' names. One that reads a static field of another
/// class may read null or 0, so it must not depend on other classes. Calls are followed where the called method is certain.
/// </summary>
public sealed class StaticInitialisers : Rule
{
    public override string Id => "NANO010";

    public override string Name => "static-initialisers";

    public override string Summary => "static initialisers that read another class's statics";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (!IsInitialiser(method))
        {
            return;
        }

        FieldDefinition? read = Read(instruction, method.DeclaringType);
        if (read is null && Target(instruction) is { } called)
        {
            read = ReadWithin(called, method.DeclaringType, []);
        }

        if (read is null)
        {
            return;
        }

        report.At(method, instruction, read.DeclaringType.Name == "<>c"
            ? "A lambda in a static initialiser uses a helper class whose own static may not be set yet. Name a method instead of the lambda."
            : $"This static initialiser reads {read.DeclaringType.Name}.{read.Name}, which may not be set yet: the device runs them in the order of names. Build what depends on another class in a method that is called explicitly.");
    }

    // The first static field of another class that a method reads, itself or in a method that it certainly calls.
    private static FieldDefinition? ReadWithin(MethodDefinition method, TypeDefinition initialised, HashSet<MethodDefinition> seen)
    {
        if (!method.HasBody || !seen.Add(method))
        {
            return null;
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            FieldDefinition? read = Read(instruction, initialised);
            if (read is null && Target(instruction) is { } called)
            {
                read = ReadWithin(called, initialised, seen);
            }

            if (read is not null)
            {
                return read;
            }
        }

        return null;
    }

    private static FieldDefinition? Read(Instruction instruction, TypeDefinition initialised)
    {
        if (instruction.OpCode.Code is not (Code.Ldsfld or Code.Ldsflda)
            || Il.Definition(((FieldReference)instruction.Operand).DeclaringType) is not { } owner
            || owner == initialised
            || owner.Module.Assembly.Name.Name == "mscorlib" /* is loaded, and its statics set, before all others */)
        {
            return null;
        }

        FieldDefinition field = ((FieldReference)instruction.Operand).Resolve();
        return IsSetAtStart(field) ? field : null;
    }

    // Whether an initialiser sets the field. Other static fields, such as counters, have the same value in any order.
    private static bool IsSetAtStart(FieldDefinition field)
    {
        MethodDefinition? initialiser = field.DeclaringType.Methods.FirstOrDefault(IsInitialiser);
        if (initialiser is null)
        {
            // The platform's declarations have no bodies to inspect.
            return field.IsInitOnly;
        }

        return Stores(initialiser, field, []);
    }

    private static bool Stores(MethodDefinition method, FieldDefinition field, HashSet<MethodDefinition> seen) =>
        method.HasBody && seen.Add(method) && method.Body.Instructions.Any(i =>
            (i.OpCode.Code is Code.Stsfld && ((FieldReference)i.Operand).Name == field.Name && ((FieldReference)i.Operand).DeclaringType.FullName == field.DeclaringType.FullName)
            || (Target(i) is { } called && called.DeclaringType == field.DeclaringType && Stores(called, field, seen)));

    // The method that an instruction calls, unless an override may be called instead.
    private static MethodDefinition? Target(Instruction instruction)
    {
        if (Il.Called(instruction) is not { } called || Il.Definition(called.DeclaringType) is null)
        {
            return null;
        }

        MethodDefinition? method = called.Resolve();
        bool certain = instruction.OpCode.Code != Code.Callvirt || method is { IsVirtual: false } or { IsFinal: true } or { DeclaringType.IsSealed: true };
        return certain ? method : null;
    }

    private static bool IsInitialiser(MethodDefinition method) => method.IsConstructor && method.IsStatic;
}
