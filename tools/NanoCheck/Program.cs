using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
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
        Option<bool> list = new("--list") { Description = "Lists the rules and ends." };

        assembly.Arity = ArgumentArity.ZeroOrOne;
        RootCommand root = new("Refuses what compiles for .NET nanoFramework and then breaks on the device.")
        {
            assembly, references, allow, list,
        };
        root.SetAction(parsed => parsed.GetValue(list)
            ? List()
            : Check(parsed.GetValue(assembly), parsed.GetValue(references) ?? string.Empty, parsed.GetValue(allow) ?? []));
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

    private static int Check(FileInfo? assembly, string references, string[] allow)
    {
        if (assembly is null)
        {
            Console.Error.WriteLine("NanoCheck : error NANO000: No assembly is named. Give the path of a compiled assembly, or --list.");
            return 2;
        }

        try
        {
            string[] allowed = [.. allow.SelectMany(a => a.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            IReadOnlyList<Finding> findings = Checker.Check(
                assembly.FullName,
                references.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                allowed);

            foreach (Finding finding in findings)
            {
                Console.WriteLine(finding.ToMSBuild(assembly.FullName));
            }

            return findings.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ArgumentException or AssemblyResolutionException)
        {
            Console.Error.WriteLine($"NanoCheck : error NANO000: {e.Message}");
            return 2;
        }
    }
}
