using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Http2Nano.Gate.Tests;

/// <summary>The public surface of an assembly as documentation ids.</summary>
internal static class DeclaredMembers
{
    public static IEnumerable<string> Of(ModuleDefinition module) => module.GetTypes().Where(IsVisible).SelectMany(Of);

    private static IEnumerable<string> Of(TypeDefinition type)
    {
        yield return DocCommentId.GetDocCommentId(type);

        IEnumerable<IMemberDefinition> members =
        [
            .. type.Fields.Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName),
            .. type.Methods.Where(m => IsVisible(m) && (m.IsConstructor || IsOperator(m) || !m.IsSpecialName)),
            .. type.Properties.Where(p => IsVisible(p.GetMethod) || IsVisible(p.SetMethod)),
            .. type.Events.Where(e => IsVisible(e.AddMethod)),
        ];
        foreach (IMemberDefinition member in members)
        {
            yield return DocCommentId.GetDocCommentId(member);
        }
    }

    private static bool IsVisible(TypeDefinition type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType));

    private static bool IsVisible(MethodDefinition? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsOperator(MethodDefinition method) => method.Name.StartsWith("op_", System.StringComparison.Ordinal);
}
