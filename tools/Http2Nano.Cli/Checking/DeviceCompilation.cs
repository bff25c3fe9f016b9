using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Http2Nano.Cli.Projects;
using Http2Nano.Development;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Mono.Cecil;
using NanoCheck;
using NanoCheck.Rules;

namespace Http2Nano.Cli.Checking;

/// <summary>A place in the source that does not work on a device.</summary>
/// <param name="File">The file, or the project when it is unknown.</param>
/// <param name="Line">The line, starting at 1; 0 for the whole file.</param>
/// <param name="Column">The column, starting at 1.</param>
/// <param name="Id">The id of the compiler's error or of the rule.</param>
/// <param name="Message">The mistake and its remedy.</param>
internal sealed record CheckFinding(string File, int Line, int Column, string Id, string Message);

/// <summary>The sizes of a device project's assembly.</summary>
/// <param name="Assembly">Its name.</param>
/// <param name="ByteCode">Bytes of code, at most 64 KB.</param>
/// <param name="ConstantData">Bytes of constant arrays and signatures, together at most 64 KB.</param>
internal sealed record AssemblySize(string Assembly, int ByteCode, int ConstantData);

/// <summary>Compiles device projects like the device's own build, against the platform alone, and checks the result.</summary>
internal sealed class DeviceCompilation : IDisposable
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp9, preprocessorSymbols: ["NANOFRAMEWORK_1_0", "TRACE"]);

    private readonly string _folder = Directory.CreateTempSubdirectory("http2nano-check-").FullName;
    private readonly Dictionary<string, string?> _compiled = [];
    private readonly List<CheckFinding> _findings = [];
    private readonly List<AssemblySize> _sizes = [];

    /// <summary>The folder with the platform's assemblies and the library for devices.</summary>
    public static string Platform { get; } = Path.Combine(AppContext.BaseDirectory, "platform");

    /// <summary>The findings, in the order of the sources.</summary>
    public IReadOnlyList<CheckFinding> Findings => [.. _findings.Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Id, StringComparer.Ordinal)];

    /// <summary>The sizes of the assemblies.</summary>
    public IReadOnlyList<AssemblySize> Sizes => _sizes;

    /// <summary>Compiles a project and the projects that it references.</summary>
    /// <returns>The path of its assembly, or null when it does not compile.</returns>
    public string? Compile(string project)
    {
        if (_compiled.TryGetValue(project, out string? known))
        {
            return known;
        }

        _compiled[project] = null;
        DeviceProject read = DeviceProject.Read(project);
        if (read.Sources.Length == 0)
        {
            throw new UserException($"{ProjectFiles.Shown(project)} compiles no file: its Compile items match nothing.");
        }

        foreach (Finding finding in NanoCheck.DeviceProject.Check(project, Path.Combine(Platform, "Platform.props")).Where(f => f.Id != NanoCheck.DeviceProject.UnlistedPackage))
        {
            _findings.Add(new CheckFinding(finding.Location?.File ?? project, finding.Location?.Line ?? 0, finding.Location?.Column ?? 0, finding.Id, finding.Message));
        }

        List<string> references = [];
        foreach (string other in read.Projects)
        {
            if (Compile(other) is not { } path)
            {
                return null;
            }

            references.Add(path);
        }

        foreach ((string name, string? hint) in read.References)
        {
            references.Add(Reference(name, hint, project));
        }

        string? assembly = Emit(read, references);
        _compiled[project] = assembly;
        if (assembly != null)
        {
            Inspect(read, assembly, Everything(references));
        }

        return assembly;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, true);
        }
        catch (IOException)
        {
            // The file is still open; the system clears its temporary folder.
        }
    }

    private static string Reference(string name, string? hint, string project)
    {
        string own = Path.Combine(Platform, name + ".dll");
        if (File.Exists(own))
        {
            return own;
        }

        return hint != null && File.Exists(hint)
            ? hint
            : throw new UserException($"{ProjectFiles.Shown(project)} refers to {name}, which is not there: restore its packages, so that {(hint == null ? "its HintPath" : ProjectFiles.Shown(hint))} exists.");
    }

    private string? Emit(DeviceProject project, List<string> references)
    {
        SyntaxTree[] trees = [.. project.Sources.Select(path => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), Encoding.UTF8), s_parse, path))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            project.AssemblyName,
            trees,
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                deterministic: true));
        foreach (SyntaxTree tree in trees)
        {
            FindStringEnumeration(compilation.GetSemanticModel(tree), tree);
        }

        string path = Path.Combine(_folder, project.AssemblyName + ".dll");
        using FileStream assembly = File.Create(path);
        using FileStream symbols = File.Create(Path.ChangeExtension(path, ".pdb"));
        EmitResult result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        foreach (Diagnostic diagnostic in result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))
        {
            Add(diagnostic, project);
        }

        return result.Success ? path : null;
    }

    private void Add(Diagnostic diagnostic, DeviceProject project)
    {
        string message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).TrimEnd('.') + "." + Remedies.For(diagnostic);
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        _findings.Add(diagnostic.Location.IsInSource
            ? new CheckFinding(place.Path, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1, diagnostic.Id, message)
            : new CheckFinding(project.Path, 0, 0, diagnostic.Id, message));
    }

    // The platform's string has an enumerator of objects, and an index that counts from the beginning: what .NET compiles to a
    // cheap loop either boxes each character or does not compile.
    private void FindStringEnumeration(SemanticModel model, SyntaxTree tree)
    {
        foreach (ForEachStatementSyntax loop in tree.GetRoot().DescendantNodes().OfType<ForEachStatementSyntax>())
        {
            if (model.GetTypeInfo(loop.Expression).Type?.SpecialType == SpecialType.System_String)
            {
                FileLinePosition(loop, out int line, out int column);
                _findings.Add(new CheckFinding(
                    tree.FilePath,
                    line,
                    column,
                    "NANO023",
                    "foreach over a string: the platform's enumerator yields objects and counts from the beginning for each character. Take the octets, Encoding.UTF8.GetBytes(text), or text.ToCharArray()."));
            }
        }
    }

    private static void FileLinePosition(SyntaxNode node, out int line, out int column)
    {
        LinePosition start = node.GetLocation().GetLineSpan().StartLinePosition;
        line = start.Line + 1;
        column = start.Character + 1;
    }

    private void Inspect(DeviceProject project, string assembly, IEnumerable<string> references)
    {
        foreach (Finding finding in Checker.Check(assembly, references, project.Allowed))
        {
            _findings.Add(finding.Location is { } place
                ? new CheckFinding(place.File, place.Line, place.Column, finding.Id, finding.Message)
                : new CheckFinding(project.Path, 0, 0, finding.Id, finding.Message));
        }

        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        _sizes.Add(new AssemblySize(project.AssemblyName, ByteCode.Size(module.GetTypes()), ConstantData.Size(module)));
    }

    // Adds the projects that these reference in turn.
    private IEnumerable<string> Everything(List<string> references) =>
        references.Concat(Directory.EnumerateFiles(Platform, "*.dll")).Concat(_compiled.Values.OfType<string>()).DistinctBy(Path.GetFileName);
}
