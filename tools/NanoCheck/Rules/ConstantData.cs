using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>
/// Signatures and constant arrays of an assembly share a table with 16-bit offsets; an assembly with a larger table does
/// not load. The size of the signatures is estimated from the metadata.
/// </summary>
public sealed class ConstantData : Rule
{
    private const int Limit = 64 * 1024;

    // A class in a signature takes a tag and a token of one to four bytes, usually two.
    private const int ClassBytes = 3;

    public override string Id => "NANO011";

    public override string Name => "constant-data";

    public override string Summary => "more than 64 KB of constant arrays and signatures in an assembly";

    public override void Visit(ModuleDefinition module, Report report)
    {
        List<FieldDefinition> arrays = [.. module.GetTypes().Where(Il.IsCompilersOwn).SelectMany(t => t.Fields).Where(f => f.InitialValue.Length > 0)];
        int constants = arrays.Sum(f => f.InitialValue.Length);
        int signatures = SignatureBytes(module);
        if (constants + signatures <= Limit)
        {
            return;
        }

        FieldDefinition? largest = arrays.MaxBy(f => f.InitialValue.Length);
        string message = $"The assembly holds {constants} bytes of constant arrays and about {signatures} bytes of signatures; more than {Limit} together do not load on the device. "
            + "Keep large data in a resource or a file and read it in pieces.";
        (MethodDefinition Method, Instruction Instruction)? use = largest is null ? null : Use(module, largest);
        if (use is { } place)
        {
            report.At(place.Method, place.Instruction, message);
        }
        else
        {
            report.AtAssembly(message);
        }
    }

    private static (MethodDefinition Method, Instruction Instruction)? Use(ModuleDefinition module, FieldDefinition array)
    {
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            if (method.Body.Instructions.FirstOrDefault(i => i.OpCode.Code == Code.Ldtoken && i.Operand == array) is { } instruction)
            {
                return (method, instruction);
            }
        }

        return null;
    }

    /// <summary>Bytes of constant arrays and, estimated, of signatures.</summary>
    public static int Size(ModuleDefinition module) =>
        module.GetTypes().Where(Il.IsCompilersOwn).SelectMany(t => t.Fields).Sum(f => f.InitialValue.Length) + SignatureBytes(module);

    // Equal signatures are stored once.
    private static int SignatureBytes(ModuleDefinition module)
    {
        Dictionary<string, int> distinct = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (FieldDefinition field in type.Fields)
            {
                distinct["F " + field.FieldType.FullName] = 1 + Bytes(field.FieldType);
            }

            foreach (MethodDefinition method in type.Methods)
            {
                Count(method, distinct);
                if (!method.HasBody)
                {
                    continue;
                }

                distinct["L " + string.Join(",", method.Body.Variables.Select(v => v.VariableType.FullName))] = method.Body.Variables.Sum(v => Bytes(v.VariableType));
            }
        }

        foreach (MemberReference member in module.GetMemberReferences())
        {
            if (member is MethodReference method)
            {
                Count(method, distinct);
            }
        }

        return distinct.Values.Sum();
    }

    private static void Count(MethodReference method, Dictionary<string, int> distinct) =>
        distinct[$"M {method.HasThis} {method.ReturnType.FullName} {string.Join(",", method.Parameters.Select(p => p.ParameterType.FullName))}"] =
            2 + Bytes(method.ReturnType) + method.Parameters.Sum(p => Bytes(p.ParameterType));

    private static int Bytes(TypeReference type) => type switch
    {
        TypeSpecification specification => 1 + Bytes(specification.ElementType),
        { IsPrimitive: true } or { MetadataType: MetadataType.String or MetadataType.Object or MetadataType.Void } => 1,
        _ => ClassBytes,
    };
}
