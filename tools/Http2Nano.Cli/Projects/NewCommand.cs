using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Projects;

/// <summary><c>http2nano new NAME</c>: makes an application that builds and runs.</summary>
internal static partial class NewCommand
{
    private const string TemplateName = "HelloNano";
    private const string TemplateBoard = "BOARD-NAME";
    private const string TemplateGuid = "5b7f21c4-6b0d-4f0e-9a58-0c6d1e7a9b30";
    private const string Suffix = ".template";
    private const int LongestName = 60;
    private const string UsualBoard = "ESP32-WROOM";

    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "The name of the application and of its folder: a C# name." };
        Option<string[]> board = new("--board") { Description = "A board to make a device project for; may be given again. ESP32-WROOM unless given.", HelpName = "BOARD", DefaultValueFactory = _ => [UsualBoard] };
        Option<string> source = new("--source") { Description = "A folder or address that the packages of Http2Nano come from, besides the usual ones." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        board.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => BoardProfile.Find(token.Value) == null) is { } unknown)
            {
                result.AddError($"There is no board '{unknown.Value}': there are {string.Join(", ", BoardProfile.All.Select(b => b.Name))}.");
            }
        });
        Command command = new("new", "Makes an application that builds and runs at once: pages, a route, a unit test, a host for the PC, a device project per board.") { name, board, source, json };
        command.SetAction(result => Run(result.GetValue(name)!, result.GetValue(board)!, result.GetValue(source), result.GetValue(json)));
        return ExampleHelp.With(command, "new Greenhouse --board ESP32-C3 --board ESP32-WROVER");
    }

    private static int Run(string name, string[] boards, string? source, bool json)
    {
        Check(name);
        string folder = Path.GetFullPath(name);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UserException($"The folder '{name}' exists and is not empty: choose another name, or empty it.");
        }

        if (File.Exists(folder))
        {
            throw new UserException($"There is a file '{name}': choose another name.");
        }

        if (source != null && !Uri.IsWellFormedUriString(source, UriKind.Absolute))
        {
            source = Path.GetFullPath(source);
            if (!Directory.Exists(source))
            {
                throw new UserException($"There is no folder '{source}' for --source.");
            }
        }

        BoardProfile[] chosen = [.. boards.Select(b => BoardProfile.Find(b)!).Distinct()];
        IReadOnlyList<(string Path, byte[] Content)> files = Files(name, chosen, source);

        // Written next to its place first, so that an interruption leaves no partial result.
        string unfinished = folder + ".new-" + Environment.ProcessId;
        using var interruption = new Interruption();
        try
        {
            foreach ((string path, byte[] content) in files)
            {
                interruption.ThrowIfRequested();
                string full = Path.Combine(unfinished, path);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllBytes(full, content);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }

            Directory.Move(unfinished, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"'{name}' cannot be written here: {exception.Message}");
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, true);
            }
        }

        if (json)
        {
            Console.WriteLine(JsonText.Of(new { Name = name, Folder = folder, Boards = chosen.Select(board => board.Name), Files = files.Select(file => file.Path) }));
        }
        else
        {
            Print(name, files.Select(file => file.Path), chosen);
        }

        return 0;
    }

    private static void Check(string name)
    {
        if (!Name().IsMatch(name) || name.Length > LongestName || s_keywords.Contains(name))
        {
            throw new UserException($"'{name}' is no name for an application: letters, digits and underscores, a letter first, at most {LongestName}, and no word of C#, for instance Greenhouse.");
        }

        if (name is "Http2Nano" or "System" or TemplateName)
        {
            throw new UserException($"'{name}' is taken by what every application uses: choose another name.");
        }
    }

    private static List<(string Path, byte[] Content)> Files(string name, BoardProfile[] boards, string? source)
    {
        string template = Path.Combine(AppContext.BaseDirectory, "templates", "application");
        List<(string Path, byte[] Content)> files = [];
        foreach (string file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string path = Path.GetRelativePath(template, file).Replace(Path.DirectorySeparatorChar, '/');
            if (path.StartsWith(".template.config/", StringComparison.Ordinal))
            {
                continue;
            }

            string text = File.ReadAllText(file);
            bool forEachBoard = path.Contains(TemplateBoard, StringComparison.Ordinal);
            foreach (BoardProfile board in forEachBoard ? boards : boards[..1])
            {
                string written = Fill(text, name, board);
                if (source != null && path.StartsWith("nuget.config", StringComparison.Ordinal))
                {
                    written = written.Replace("</configuration>", $"  <packageSources>\n    <add key=\"Http2Nano\" value=\"{System.Security.SecurityElement.Escape(source)}\" />\n  </packageSources>\n</configuration>", StringComparison.Ordinal);
                }

                string target = Fill(path, name, board);
                files.Add((target.EndsWith(Suffix, StringComparison.Ordinal) ? target[..^Suffix.Length] : target, Encoding.UTF8.GetBytes(written)));
            }
        }

        return files;
    }

    private static string Fill(string text, string name, BoardProfile board) => text
        .Replace(TemplateName, name, StringComparison.Ordinal)
        .Replace(TemplateBoard, board.Name, StringComparison.Ordinal)
        .Replace("PROFILE-NAME", char.ToUpperInvariant(board.ProfileName[0]) + board.ProfileName[1..], StringComparison.Ordinal)
        .Replace("DRIVE-LETTER", board.Name.StartsWith("STM32", StringComparison.Ordinal) ? "D" : "I", StringComparison.Ordinal)
        .Replace("FIRMWARE-TARGET", board.Target, StringComparison.Ordinal)
        .Replace("HTTP2NANO-VERSION", Version, StringComparison.Ordinal)
        .Replace(TemplateGuid, Guid.NewGuid().ToString(), StringComparison.Ordinal);

    /// <summary>The version of this tool and of its packages.</summary>
    public static string Version { get; } =
        typeof(NewCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static void Print(string name, IEnumerable<string> files, BoardProfile[] boards)
    {
        var tree = new Tree($"[bold]{name}[/]");
        foreach (IGrouping<string, string> group in files.GroupBy(file => file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : ""))
        {
            if (group.Key.Length == 0)
            {
                continue;
            }

            TreeNode node = tree.AddNode(group.Key);
            foreach (string file in group)
            {
                node.AddNode(Markup.Escape(file[(group.Key.Length + 1)..]));
            }
        }

        Terminal.Out.Write(tree);
        Terminal.Out.WriteLine();
        Terminal.Out.MarkupLine($"Serve it on this PC:    [bold]http2nano run {name}[/]");
        Terminal.Out.MarkupLine($"For the device:         [bold]http2nano check {name}[/]");
        Terminal.Out.MarkupLine($"Does it fit the board?  [bold]http2nano budget {name} --board {boards[0].Name}[/]");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
