using System.Diagnostics;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Gate.Tests;

/// <summary>Builds a project as tools/DeviceBuild does, with code that leaves the subset, and reads what the build says.</summary>
[TestClass]
public sealed class BrokenBuildTests
{
    // Shared, so that the reference assemblies and the tool are built once, and away from the output that is in use.
    private static TemporaryFolder s_artifacts = null!;

    [ClassInitialize]
    public static void MakeArtifacts(TestContext context)
    {
        _ = context;
        s_artifacts = new TemporaryFolder();
    }

    [ClassCleanup]
    public static void DeleteArtifacts() => s_artifacts.Dispose();

    [TestMethod]
    public void Stays_green_within_the_subset() => Expect(
        """
        namespace Sample
        {
            public static class Sums
            {
                public static int Add(int a, int b) => a + b;
            }
        }
        """,
        red: false);

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

    private static void Expect(string code, bool red, params string[] messages)
    {
        using TemporaryFolder folder = new();
        string deviceBuild = Path.Combine(Places.Root, "tools", "DeviceBuild");
        folder.Write("Code.cs", code);
        folder.Write("Sample.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup><Compile Include="Code.cs" /></ItemGroup>
            </Project>
            """);
        folder.Write("Directory.Build.props", $"""<Project><Import Project="{Path.Combine(deviceBuild, "Directory.Build.props")}" /></Project>""");
        folder.Write("Directory.Build.targets", $"""<Project><Import Project="{Path.Combine(deviceBuild, "Directory.Build.targets")}" /></Project>""");

        ProcessStartInfo start = new("dotnet", ["build", "Sample.csproj", "--nologo", "-nodeReuse:false", $"-p:ArtifactsPath={s_artifacts.Path}"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly", "DOTNET_HOST_PATH"])
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();

        Assert.AreEqual(red, process.ExitCode != 0, output);
        foreach (string message in messages)
        {
            Assert.Contains(message, output);
        }
    }
}
