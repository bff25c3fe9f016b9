using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck;

/// <summary>Helpers for IL that more than one rule needs.</summary>
internal static class Il
{
    /// <summary>
    /// Whether the compiler made the type, for constant data or helpers. The rules check the places that use it.
    /// </summary>
    public static bool IsCompilersOwn(TypeDefinition type) =>
        type.Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal)
        || (type.DeclaringType is not null && IsCompilersOwn(type.DeclaringType));

    /// <summary>Whether the compiler made the class for the captured variables of a lambda.</summary>
    public static bool IsClosure(TypeReference type) => type.Name.StartsWith("<>c__DisplayClass", StringComparison.Ordinal);

    public static MethodReference? Called(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj ? instruction.Operand as MethodReference : null;

    public static bool Calls(Instruction instruction, string declaringType, string name) =>
        Called(instruction) is { } called && called.Name == name && called.DeclaringType.FullName == declaringType;

    /// <summary>The type and all types that it consists of: elements, arguments, modifiers.</summary>
    public static IEnumerable<TypeReference> Parts(TypeReference type)
    {
        yield return type;
        if (type is GenericInstanceType generic)
        {
            foreach (TypeReference part in generic.GenericArguments.SelectMany(Parts))
            {
                yield return part;
            }
        }

        if (type is TypeSpecification specification)
        {
            foreach (TypeReference part in Parts(specification.ElementType))
            {
                yield return part;
            }
        }
    }

    /// <summary>The types in the signature of a method.</summary>
    public static IEnumerable<TypeReference> Signature(MethodReference method) =>
        method.Parameters.Select(p => p.ParameterType).Prepend(method.ReturnType).SelectMany(Parts);

    /// <summary>
    /// The types that an instruction names: its operand, and the signature of a called method or accessed field.
    /// </summary>
    public static IEnumerable<TypeReference> Mentioned(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => Signature(method).Concat(Parts(method.DeclaringType)),
        FieldReference field => Parts(field.FieldType).Concat(Parts(field.DeclaringType)),
        TypeReference type => Parts(type),
        _ => [],
    };

    /// <summary>The definition, or null when the assembly of a reference is missing.</summary>
    public static TypeDefinition? Definition(TypeReference type)
    {
        try
        {
            return type.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    public static bool IsEnum(TypeReference type) => !type.IsArray && Definition(type) is { IsEnum: true };
}
