using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Xml;
using Mono.Cecil;

namespace NanoCheck;

internal static class Program
{
    private static int Main(string[] args)
    {
        Argument<FileInfo> assembly = new("assembly")
        {
            Description = "The compiled assembly, with its portable symbols beside it.",
        };
        Option<string> references = new("--references")
        {
            Description = "The assemblies it was compiled against, separated by semicolons.",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<string[]> allow = new("--allow")
        {
            Description = "Rules that this assembly need not keep, by name or id. May be repeated, or separated by semicolons.",
            DefaultValueFactory = _ => [],
        };
        Option<string> project = new("--project")
        {
            Description = "The device project (.nfproj) whose files and packages are checked.",
        };
        Option<string> platform = new("--platform")
        {
            Description = "The list of the platform's packages that the project is held against.",
        };
        Option<bool> list = new("--list") { Description = "Lists the rules and ends." };

        assembly.Arity = ArgumentArity.ZeroOrOne;
        RootCommand root = new("Refuses what compiles for .NET nanoFramework and then breaks on the device.")
        {
            assembly, references, allow, project, platform, list,
        };
        root.SetAction(parsed => parsed.GetValue(list)
            ? List()
            : Check(
                parsed.GetValue(assembly),
                parsed.GetValue(references) ?? string.Empty,
                parsed.GetValue(allow) ?? [],
                parsed.GetValue(project),
                parsed.GetValue(platform)));
        return root.Parse(args).Invoke();
    }

    private static int List()
    {
        foreach (Rule rule in Checker.AllRules())
        {
            Console.WriteLine($"{rule.Id}  {rule.Name,-28}  {rule.Summary}");
        }

        return 0;
    }

    private static int Check(FileInfo? assembly, string references, string[] allow, string? project, string? platform)
    {
        if (assembly is null && project is null)
        {
            Console.Error.WriteLine("NanoCheck : error NANO000: Nothing is named to check. Give the path of a compiled assembly, or --project, or --list.");
            return 2;
        }

        if (project is null != platform is null)
        {
            Console.Error.WriteLine("NanoCheck : error NANO000: --project and --platform go together: a project, and the list of packages that it is held against.");
            return 2;
        }

        try
        {
            List<Finding> findings = [];
            if (project is not null)
            {
                findings.AddRange(DeviceProject.Check(project, platform!));
            }

            if (assembly is not null)
            {
                findings.AddRange(Checker.Check(assembly.FullName, Split(references), [.. allow.SelectMany(Split)]));
            }

            foreach (Finding finding in findings)
            {
                Console.WriteLine(finding.ToMSBuild(assembly?.FullName ?? project!));
            }

            return findings.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ArgumentException or AssemblyResolutionException or XmlException)
        {
            Console.Error.WriteLine($"NanoCheck : error NANO000: {e.Message}");
            return 2;
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
