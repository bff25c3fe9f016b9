using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Http2Nano.Gate.Tests;

/// <summary>Compiles C# as the device's build does: C# 9, against the reference assemblies and nothing else.</summary>
internal static class DeviceCompiler
{
    /// <summary>Compiles into a folder.</summary>
    /// <returns>The path of the assembly, and what the compiler refuses.</returns>
    public static (string Assembly, IReadOnlyList<Diagnostic> Errors) Compile(string folder, string sourcePath, OptimizationLevel optimisation, params string[] references)
    {
        SourceText source = SourceText.From(File.ReadAllText(sourcePath), Encoding.UTF8);
        CSharpParseOptions options = new(LanguageVersion.CSharp9, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(sourcePath),
            [CSharpSyntaxTree.ParseText(source, options, sourcePath)],
            Places.PlatformAssemblies.Values.Concat(references).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimisation, allowUnsafe: true));

        string assembly = Path.Combine(folder, compilation.AssemblyName + ".dll");
        using FileStream output = File.Create(assembly);
        using FileStream symbols = File.Create(Path.ChangeExtension(assembly, ".pdb"));
        EmitResult result = compilation.Emit(output, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        return (assembly, [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]);
    }
}

/// <summary>A folder that is gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("http2nano-gate-").FullName;

    public string Path { get; }

    public string Write(string name, string text)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
