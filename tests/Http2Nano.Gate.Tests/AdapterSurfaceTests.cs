using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Http2Nano.Gate.Tests;

/// <summary>The adapter has all that the platform's test framework is declared with, so tests mean the same on both.</summary>
[TestClass]
public sealed class AdapterSurfaceTests
{
    // What MSTest's own base classes bring, or what only the platform's launcher calls.
    private static readonly string[] s_notCalledByTests =
    [
        "M:nanoFramework.TestFramework.TestClassAttribute.GetTestMethodAttribute(nanoFramework.TestFramework.TestMethodAttribute)",
        "M:nanoFramework.TestFramework.TestMethodAttribute.#ctor",
    ];

    [TestMethod]
    public void Maps_every_declared_member()
    {
        using ModuleDefinition platform = ModuleDefinition.ReadModule(Places.PlatformAssemblies["nanoFramework.TestFramework"]);
        using ModuleDefinition adapter = ModuleDefinition.ReadModule(Path.Combine(Path.GetDirectoryName(Places.AdapterSample)!, "Http2Nano.TestFrameworkAdapter.dll"));
        HashSet<string> mapped = [.. DeclaredMembers.Of(adapter)];
        string[] missing = [.. DeclaredMembers.Of(platform).Except(s_notCalledByTests).Where(id => !mapped.Contains(id))];
        Assert.IsEmpty(missing, "The adapter in tests/TestFrameworkAdapter lacks: " + string.Join(", ", missing));
    }

    [TestMethod]
    public void Adds_no_assertion_of_its_own()
    {
        using ModuleDefinition platform = ModuleDefinition.ReadModule(Places.PlatformAssemblies["nanoFramework.TestFramework"]);
        using ModuleDefinition adapter = ModuleDefinition.ReadModule(Path.Combine(Path.GetDirectoryName(Places.AdapterSample)!, "Http2Nano.TestFrameworkAdapter.dll"));
        HashSet<string> declared = [.. DeclaredMembers.Of(platform)];
        string[] more = [.. DeclaredMembers.Of(adapter)
            .Where(id => id.Contains("Assert.", StringComparison.Ordinal) && !declared.Contains(id))];
        Assert.IsEmpty(more, "An overload that the platform lacks changes which one a call means: " + string.Join(", ", more));
    }
}
