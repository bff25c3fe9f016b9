using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;

namespace Http2Nano.CostCounter;

/// <summary>
/// Loads an assembly of scenarios into a context of its own, in which instrumented copies replace the assemblies to be
/// measured, and counts the operations.
/// </summary>
public sealed class CostRun : IDisposable
{
    // A server writes its Date anew when a second begins: runs that are so far apart do not all meet that, in milliseconds.
    private const int Runs = 4;
    private const int Pause = 50;
    private readonly Context _context;
    private readonly List<FieldInfo> _counters = [];
    private readonly string _folder;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenarios">Path of the assembly that holds the scenarios.</param>
    /// <param name="measured">Names of the assemblies to be measured, which are in the same folder.</param>
    public CostRun(string scenarios, params IReadOnlyCollection<string> measured)
    {
        string path = Path.GetFullPath(scenarios);
        string beside = Path.GetDirectoryName(path)!;
        _folder = Directory.CreateTempSubdirectory("http2nano-cost-").FullName;
        _context = new Context(beside, _folder);
        foreach (string name in measured)
        {
            string copy = Path.Combine(_folder, name + ".dll");
            IsOptimised &= CostInstrumenter.Instrument(Path.Combine(beside, name + ".dll"), copy);
            var type = _context.LoadFromAssemblyPath(copy).GetType(CostInstrumenter.CounterType, true)!;
            _counters.AddRange(type.GetFields());
        }

        Scenarios =
        [
            .. _context.LoadFromAssemblyPath(path).GetExportedTypes()
                .Where(type => !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .SelectMany(Create),
        ];
    }

    /// <summary>Whether all measured assemblies were compiled with optimisation, as they are for the device.</summary>
    public bool IsOptimised { get; } = true;

    /// <summary>The scenarios found, in the order of their types' names.</summary>
    public IReadOnlyList<ICostScenario> Scenarios { get; }

    /// <summary>Counts the operations of a scenario.</summary>
    /// <remarks>
    /// It runs once uncounted, for the work that happens once per process. Then it runs a few times and the cheapest run
    /// counts, because a server formats its date when a second begins.
    /// </remarks>
    public Cost Count(ICostScenario scenario)
    {
        scenario.Prepare();
        scenario.Run();
        return Enumerable.Range(0, Runs).Select(run =>
        {
            Thread.Sleep(run == 0 ? 0 : Pause);
            return CountOnce(scenario);
        }).MinBy(cost => cost.Operations)!;
    }

    private Cost CountOnce(ICostScenario scenario)
    {
        scenario.Prepare();
        long[] before = Read();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        scenario.Run();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var methods = Read()
            .Zip(before, (now, then) => now - then)
            .Zip(_counters, (operations, counter) => MethodCost.Of(counter.Name, operations))
            .Where(method => method.Operations > 0)
            .OrderByDescending(method => method.Operations)
            .ToArray();
        return new Cost(scenario, methods.Sum(method => method.Operations), allocated, methods);
    }

    private static IEnumerable<ICostScenario> Create(Type type)
    {
        return type.IsAssignableTo(typeof(ICostScenario)) ? [(ICostScenario)Activator.CreateInstance(type)!]
            : type.IsAssignableTo(typeof(ICostScenarioSource)) ? ((ICostScenarioSource)Activator.CreateInstance(type)!).Scenarios
            : [];
    }

    private long[] Read()
    {
        return [.. _counters.Select(counter => (long)counter.GetValue(null)!)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _context.Unload();
        try
        {
            Directory.Delete(_folder, true);
        }
        catch (IOException)
        {
            // The file is still mapped; the system clears its temporary folder.
        }
        catch (UnauthorizedAccessException)
        {
            // The file is still mapped; the system clears its temporary folder.
        }
    }

    // Loads instrumented copies first, then the assemblies in the scenarios' folder. This assembly, whose interface both
    // sides share, and the framework are the host's.
    private sealed class Context(string beside, string instrumented) : AssemblyLoadContext("cost", true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == typeof(CostRun).Assembly.GetName().Name)
            {
                return typeof(CostRun).Assembly;
            }

            foreach (string folder in new[] { instrumented, beside })
            {
                string path = Path.Combine(folder, assemblyName.Name + ".dll");
                if (File.Exists(path))
                {
                    return LoadFromAssemblyPath(path);
                }
            }

            return null;
        }
    }
}
