using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Http2Nano.Gate.Tests;

/// <summary>What stands in for the platform in the tests of the boards has the platform's members and no others.</summary>
[TestClass]
public sealed class StandInTests
{
    [TestMethod]
    public void Have_the_members_of_the_platform_only()
    {
        HashSet<string> platform = [];
        foreach (string path in Places.PlatformAssemblies.Values)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            platform.UnionWith(module.GetTypes().SelectMany(Members));
        }

        using ModuleDefinition tests = ModuleDefinition.ReadModule(Places.BoardsTests);
        string[] members = [.. tests.Types.Where(IsStandIn).SelectMany(t => t.NestedTypes.Append(t)).SelectMany(Members)];
        Assert.IsGreaterThan(80, members.Length);
        string[] unknown = [.. members.Where(m => !platform.Contains(m))];
        Assert.IsEmpty(unknown, "tools/ReferenceAssemblies declares other ones than: " + string.Join(", ", unknown));
    }

    private static bool IsStandIn(TypeDefinition type) =>
        type.IsPublic && !type.Namespace.StartsWith("Http2Nano", StringComparison.Ordinal) && !type.Namespace.StartsWith("Microsoft", StringComparison.Ordinal);

    // With what a documentation id leaves out: whether it is static, what it gives, what an enumeration's member stands for.
    private static IEnumerable<string> Members(TypeDefinition type) =>
    [
        (type.IsValueType ? "struct " : "class ") + type.FullName,
        .. type.Methods.Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly).Select(m => (m.IsStatic ? "static " : string.Empty) + m.FullName),
        .. type.Fields.Where(f => f.IsPublic && !f.IsSpecialName).Select(f => $"{f.FullName} = {f.Constant}"),
    ];
}
