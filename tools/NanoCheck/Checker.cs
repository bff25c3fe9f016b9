using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NanoCheck.Rules;

namespace NanoCheck;

/// <summary>Runs the rules over an assembly.</summary>
public static class Checker
{
    public static IReadOnlyList<Rule> AllRules() =>
    [
        new OwnGenerics(),
        new GenericUse(),
        new MultidimensionalArrays(),
        new StackAllocation(),
        new Pointers(),
        new CheckedArithmetic(),
        new DefaultInterfaceMethods(),
        new ThrowNull(),
        new FloatingPoint(),
        new StaticInitialisers(),
        new ConstantData(),
        new HashtableKeys(),
        new StringIndexing(),
        new EnumToString(),
        new FormatAlignment(),
        new StructArrays(),
        new Closures(),
        new Boxing(),
        new TestState(),
        new TestAttributes(),
        new Finalisers(),
        new ByteCode(),
    ];

    /// <summary>Everything in the assembly that does not work on the device, in the order of the source.</summary>
    /// <param name="assembly">The path of the assembly; its portable symbols are in the same folder.</param>
    /// <param name="references">The paths of the assemblies that it was compiled against.</param>
    /// <param name="allowed">Names or ids of the rules that do not apply to it.</param>
    public static IReadOnlyList<Finding> Check(string assembly, IEnumerable<string> references, IReadOnlyCollection<string> allowed)
    {
        IReadOnlyList<Rule> rules = AllRules();
        foreach (string name in allowed)
        {
            if (!rules.Any(r => Means(r, name)))
            {
                throw new ArgumentException($"There is no rule \"{name}\" to allow. Run NanoCheck with --list for their names.");
            }
        }

        string symbols = Path.ChangeExtension(assembly, ".pdb");
        if (!File.Exists(symbols))
        {
            throw new FileNotFoundException($"The symbols {symbols} are missing, and without them no line can be named. Compile with DebugType portable.");
        }

        using ReferenceResolver resolver = new(references);
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly, new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        });

        SourceLocator locator = new(symbols, module);
        List<Finding> findings = [];
        foreach (Rule rule in rules.Where(r => !allowed.Any(name => Means(r, name))))
        {
            Run(rule, module, new Report(rule, locator, findings));
        }

        return
        [
            .. findings
                .OrderBy(f => f.Location?.File, StringComparer.Ordinal)
                .ThenBy(f => f.Location?.Line ?? 0)
                .ThenBy(f => f.Id, StringComparer.Ordinal),
        ];
    }

    private static bool Means(Rule rule, string name) =>
        string.Equals(rule.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(rule.Id, name, StringComparison.OrdinalIgnoreCase);

    private static void Run(Rule rule, ModuleDefinition module, Report report)
    {
        rule.Visit(module, report);
        foreach (TypeDefinition type in module.GetTypes().Where(t => !Il.IsCompilersOwn(t)))
        {
            rule.Visit(type, report);
            foreach (FieldDefinition field in type.Fields)
            {
                rule.Visit(field, report);
            }

            foreach (MethodDefinition method in type.Methods)
            {
                rule.Visit(method, report);
                if (!method.HasBody)
                {
                    continue;
                }

                foreach (Instruction instruction in method.Body.Instructions)
                {
                    rule.Visit(method, instruction, report);
                }
            }
        }
    }
}
