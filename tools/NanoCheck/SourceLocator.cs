using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck;

/// <summary>
/// Finds the source line of code or of a declaration. The symbols have the lines of code. Of a declaration without code (a
/// field, an interface) they have at most the file; its line is then found by its name.
/// </summary>
public sealed class SourceLocator(string symbolsPath, ModuleDefinition module)
{
    // The most lines between the name of a method and its code, when each parameter has its own line.
    private const int FarthestDeclaration = 20;

    private readonly Dictionary<int, List<string>> _typeFiles = TypeFiles.Read(symbolsPath);
    private readonly Dictionary<string, string[]> _lines = [];

    internal SourceLocation? Of(MethodDefinition method, Instruction instruction)
    {
        bool hidden = IsHidden(method, instruction);
        for (Instruction? at = instruction; at is not null; at = hidden ? at.Next : at.Previous)
        {
            if (Visible(method.DebugInformation.GetSequencePoint(at)) is { } location)
            {
                return location;
            }
        }

        return Of(method);
    }

    /// <summary>
    /// Whether the compiler emitted the instruction itself, such as a jump of a switch. Its line is that of the next code.
    /// </summary>
    internal static bool IsHidden(MethodDefinition method, Instruction instruction)
    {
        for (Instruction? at = instruction; at is not null; at = at.Previous)
        {
            if (method.DebugInformation.GetSequencePoint(at) is { } point)
            {
                return point.IsHidden;
            }
        }

        return false;
    }

    internal SourceLocation? Of(MethodDefinition method)
    {
        string name = method.IsConstructor
            ? method.DeclaringType.Name.Split('`')[0]
            : Regex.Replace(method.Name, "^(get|set|add|remove)_", string.Empty);
        return First(method) is { } code
            ? Above(code, name) ?? code
            : Declared(method.DeclaringType, name) ?? Of(method.DeclaringType);
    }

    internal SourceLocation? Of(FieldDefinition field)
    {
        // The field of a lambda or an auto-property is named <Name>k__BackingField.
        Match property = Regex.Match(field.Name, "^<(.+)>k__BackingField$");
        return Declared(field.DeclaringType, property.Success ? property.Groups[1].Value : field.Name) ?? Of(field.DeclaringType);
    }

    internal SourceLocation? Of(TypeDefinition type) =>
        Declared(type, null)
        ?? type.Methods.Select(First).Where(l => l is not null).OrderBy(l => l!.Line).FirstOrDefault()
        ?? (type.DeclaringType is null ? null : Of(type.DeclaringType));

    // The nearest line above a method's code that contains its name: its declaration, if it has one.
    private SourceLocation? Above(SourceLocation code, string name)
    {
        string[] lines = Lines(code.File);
        Regex wanted = new($@"(?<![\w.]){Regex.Escape(name)}\b(?=\s*[(<{{=]|\s*$)");
        for (int i = Math.Min(code.Line, lines.Length) - 1; i >= 0 && i > code.Line - FarthestDeclaration; i--)
        {
            if (wanted.Match(lines[i]) is { Success: true } match)
            {
                return new SourceLocation(code.File, i + 1, match.Index + 1);
            }
        }

        return null;
    }

    private static SourceLocation? First(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Select(Visible).FirstOrDefault(l => l is not null);

    private static SourceLocation? Visible(SequencePoint? point) =>
        point is null || point.IsHidden ? null : new SourceLocation(point.Document.Url, point.StartLine, point.StartColumn);

    // The line of a type's declaration, or of the first occurrence of a member's name after it.
    private SourceLocation? Declared(TypeDefinition type, string? member)
    {
        string name = Regex.Escape(type.Name.Split('`')[0]);
        foreach (string file in Files(type))
        {
            string[] lines = Lines(file);
            int at = Array.FindIndex(lines, l => Regex.IsMatch(l, $@"\b(class|struct|interface|enum|delegate)\b.*\b{name}\b"));
            if (at < 0)
            {
                continue;
            }

            Regex wanted = new(member is null ? $@"\b{name}\b" : $@"\b{Regex.Escape(member.Split('`')[0])}\b");
            int found = Array.FindIndex(lines, at, l => wanted.IsMatch(l) && !l.TrimStart().StartsWith("//", StringComparison.Ordinal));
            if (found >= 0)
            {
                return new SourceLocation(file, found + 1, wanted.Match(lines[found]).Index + 1);
            }
        }

        return null;
    }

    private IEnumerable<string> Files(TypeDefinition type)
    {
        IEnumerable<string> ofCode = type.Methods.Select(First).Where(l => l is not null).Select(l => l!.File);
        IEnumerable<string> ofType = _typeFiles.TryGetValue((int)type.MetadataToken.RID, out List<string>? files) ? files : [];
        IEnumerable<string> ofOuter = type.DeclaringType is null ? [] : Files(type.DeclaringType);
        List<string> known = [.. ofType.Concat(ofCode).Concat(ofOuter).Distinct()];

        // The symbols have no file for a nested type or a delegate, so the files of the other types are searched.
        return known.Count > 0
            ? known
            : module.Types.Where(t => t != type && t.Namespace == type.Namespace).SelectMany(t => t.Methods).Select(First)
                .Where(l => l is not null).Select(l => l!.File).Distinct();
    }

    private string[] Lines(string file)
    {
        if (!_lines.TryGetValue(file, out string[]? lines))
        {
            lines = File.Exists(file) ? File.ReadAllLines(file) : [];
            _lines[file] = lines;
        }

        return lines;
    }
}
