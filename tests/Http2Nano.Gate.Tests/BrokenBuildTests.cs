using System;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>Builds a device project that is wrong, as anybody builds one, and reads what the build says.</summary>
[TestClass]
public sealed class BrokenBuildTests
{
    private const string Sums =
        """
        namespace Sample
        {
            public static class Sums
            {
                public static int Add(int a, int b) => a + b;
            }
        }
        """;

    [TestMethod]
    public void Stays_green_within_the_subset() => Expect(Sums, red: false);

    [TestMethod]
    public void Turns_red_on_a_generic_type() => Expect(
        """
        namespace Sample
        {
            public class Box<T>
            {
            }
        }
        """,
        red: true,
        "Code.cs(3,18): error NANO001: The type Box is generic");

    [TestMethod]
    public void Turns_red_on_a_span() => Expect(
        """
        using System;
        namespace Sample
        {
            public static class Spans
            {
                public static int Length(ReadOnlySpan<byte> bytes) => bytes.Length;
            }
        }
        """,
        red: true,
        "Code.cs(6,34): error CS0246");

    [TestMethod]
    public void Turns_red_on_members_that_the_platform_lacks() => Expect(
        """
        using System;
        namespace Sample
        {
            public static class Text
            {
                public static string Joined(string[] parts) => string.Join(",", parts);

                public static void Sorted(int[] numbers) => Array.Sort(numbers);
            }
        }
        """,
        red: true,
        "Code.cs(6,63): error CS0117",
        "Code.cs(8,59): error CS0117");

    [TestMethod]
    public void Turns_red_on_a_file_that_is_gone() => Expect(
        Sums,
        p => p.Replace("Code.cs", "Code.cs;Gone.cs", StringComparison.Ordinal),
        p => p,
        "Sample.nfproj(12,6): error NANO101: Gone.cs is listed, and there is no such file.");

    [TestMethod]
    public void Turns_red_on_a_version_that_is_not_the_listed_one() => Expect(
        Sums,
        p => p,
        p => p.Replace(Listed.Version, "1.0.1", StringComparison.Ordinal),
        $"packages.config(2,4): error NANO102: {Listed.Id} is 1.0.1 in packages.config and {Listed.Version} in Platform.props");

    [TestMethod]
    public void Turns_red_on_a_reference_of_another_version() => Expect(
        Sums,
        p => p.Replace(Listed.Version, "1.0.1", StringComparison.Ordinal),
        p => p,
        $"Sample.nfproj(16,8): error NANO102: {Listed.Id} is 1.0.1 in Sample.nfproj and {Listed.Version} in Platform.props");

    private static PlatformPackage Listed => PlatformPackage.All().Single(p => p.Assemblies.Contains("mscorlib"));

    private static void Expect(string code, bool red, params string[] messages) => Build(code, p => p, p => p, red, messages);

    private static void Expect(string code, Func<string, string> project, Func<string, string> packages, params string[] messages) => Build(code, project, packages, red: true, messages);

    private static void Build(string code, Func<string, string> project, Func<string, string> packages, bool red, string[] messages)
    {
        using TemporaryFolder folder = new();
        folder.Write("Code.cs", code);
        folder.Write("packages.config", packages(
            $"""
            <packages>
              <package id="{Listed.Id}" version="{Listed.Version}" targetFramework="netnano1.0" />
            </packages>
            """));
        folder.Write("Sample.nfproj", project(
            $"""
            <Project DefaultTargets="Build">
              <PropertyGroup>
                <NanoFrameworkProjectSystemPath>{Path.Combine(Places.Root, "tools", "ProjectSystem") + Path.DirectorySeparatorChar}</NanoFrameworkProjectSystemPath>
                <ArtifactsPath>{Path.Combine(folder.Path, "artifacts")}</ArtifactsPath>
              </PropertyGroup>
              <Import Project="$(NanoFrameworkProjectSystemPath)NFProjectSystem.Default.props" />
              <PropertyGroup>
                <OutputType>Library</OutputType>
              </PropertyGroup>
              <Import Project="$(NanoFrameworkProjectSystemPath)NFProjectSystem.props" />
              <ItemGroup>
                <Compile Include="Code.cs" />
              </ItemGroup>
              <ItemGroup>
                <Reference Include="mscorlib">
                  <HintPath>..\packages\{Listed.Id}.{Listed.Version}\lib\mscorlib.dll</HintPath>
                </Reference>
              </ItemGroup>
              <Import Project="$(NanoFrameworkProjectSystemPath)NFProjectSystem.CSharp.targets" />
            </Project>
            """));

        // The platform's assemblies and NanoCheck are those that this project was built with.
        (int exitCode, string output) = DotnetProcess.Run(folder.Path, "build", "Sample.nfproj", "--nologo", "-nodeReuse:false", "-c", Places.Configuration, "-p:BuildProjectReferences=false");
        Assert.AreEqual(red, exitCode != 0, output);
        foreach (string message in messages)
        {
            Assert.Contains(message, output);
        }
    }
}
