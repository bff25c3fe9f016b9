using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Http2Nano.Gate.Tests;

/// <summary>What the reference assemblies declare must exist on the platform, member by member.</summary>
[TestClass]
public sealed class SurfaceTests
{
    public static IEnumerable<object[]> Assemblies => Places.PlatformAssemblies.Keys.Order(StringComparer.Ordinal).Select(name => new object[] { name });

    // A package that is restored is the platform.
    public static IEnumerable<object[]> Declared => Assemblies.Where(a => !PlatformPackage.All().Any(p => p.IsRestored && p.Assemblies.Contains((string)a[0])));

    [TestMethod]
    [DynamicData(nameof(Declared))]
    public void Declares_only_what_the_platform_has(string assembly)
    {
        string list = Path.Combine(Places.Surface, assembly + ".txt");
        if (!File.Exists(list))
        {
            Assert.Inconclusive($"The platform's public surface is not at {Path.GetFullPath(Places.Surface)}. Set HTTP2NANO_PLATFORM to the folder with its lists of documentation ids, one file per assembly.");
        }

        HashSet<string> surface = [.. File.ReadLines(list)];
        using ModuleDefinition module = ModuleDefinition.ReadModule(Places.PlatformAssemblies[assembly]);
        string[] unknown = [.. DeclaredMembers.Of(module).Where(id => !surface.Contains(id))];
        Assert.IsEmpty(unknown, $"{assembly} declares what the platform lacks. Take it out of tools/ReferenceAssemblies/{assembly}: {string.Join(", ", unknown)}");
    }

    [TestMethod]
    public void Sees_a_member_that_the_platform_lacks()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("Extra.cs", "namespace System.Text { public class Extra { public static int Join(string[] parts, ref int n) => n; private void Hidden() { } } }");
        (string assembly, _) = DeviceCompiler.Compile(folder.Path, source, Microsoft.CodeAnalysis.OptimizationLevel.Release);
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        CollectionAssert.AreEquivalent(
            new[] { "T:System.Text.Extra", "M:System.Text.Extra.#ctor", "M:System.Text.Extra.Join(System.String[],System.Int32@)" },
            DeclaredMembers.Of(module).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Has_the_identity_that_the_device_looks_for(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Places.PlatformAssemblies[assembly]);
        PlatformPackage package = PlatformPackage.All().Single(p => p.Assemblies.Contains(assembly));
        Assert.AreEqual(package.Version + ".0", module.Assembly.Name.Version.ToString());

        // A reference to .NET's own library would let in what the device does not have.
        string[] foreign = [.. module.AssemblyReferences.Select(r => r.Name).Where(name => !Places.PlatformAssemblies.ContainsKey(name))];
        Assert.IsEmpty(foreign, string.Join(", ", foreign));
    }
}
