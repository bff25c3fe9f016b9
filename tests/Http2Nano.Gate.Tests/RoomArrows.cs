using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Http2Nano.Gate.Tests;

/// <summary>A type of one room that uses a type of another.</summary>
internal sealed record RoomArrow(string From, string FromType, string To, string ToType)
{
    /// <summary>What an assembly of the library holds of them, each pair of types once.</summary>
    public static IReadOnlyList<RoomArrow> Of(ModuleDefinition module) =>
    [
        .. module.GetAllTypes()
            .Where(t => RoomOf(t).Length != 0)
            .SelectMany(t => Used(t).SelectMany(Parts).Where(u => RoomOf(u).Length != 0 && RoomOf(u) != RoomOf(t)).Select(u => new RoomArrow(RoomOf(t), Outermost(t).FullName, RoomOf(u), Outermost(u).FullName)))
            .Distinct(),
    ];

    // A room is a folder, and a folder a namespace: what lies in folders of its own there belongs to it.
    private static string RoomOf(TypeReference type) => Regex.Match(Outermost(type).Namespace, @"^Http2Nano\.(\w+)").Groups[1].Value;

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    // The element of an array, the arguments of a generic type.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    private static IEnumerable<TypeReference> Used(TypeDefinition type) =>
    [
        .. type.BaseType is null ? [] : (TypeReference[])[type.BaseType],
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Events.Select(e => e.EventType),
        .. Attributes(type),
        .. type.Fields.SelectMany(Attributes),
        .. type.Properties.SelectMany(Attributes),
        .. type.Methods.SelectMany(Used),
    ];

    private static IEnumerable<TypeReference> Used(MethodDefinition method) =>
    [
        .. Signature(method),
        .. Attributes(method),
        .. method.HasBody ? Used(method.Body) : [],
    ];

    private static IEnumerable<TypeReference> Used(MethodBody body) =>
    [
        .. body.Variables.Select(v => v.VariableType),
        .. body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>(),
        .. body.Instructions.SelectMany(i => i.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => Signature(method).Append(method.DeclaringType),
            _ => Array.Empty<TypeReference>(),
        }),
    ];

    private static IEnumerable<TypeReference> Signature(MethodReference method) => method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider holder) => holder.CustomAttributes.Select(a => a.AttributeType);
}
