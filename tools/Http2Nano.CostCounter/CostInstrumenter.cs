using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Http2Nano.CostCounter;

/// <summary>Writes copies of assemblies that count the IL operations that they execute.</summary>
/// <remarks>
/// Each method has a static field, to which each of its basic blocks first adds its number of instructions. A call into
/// another assembly counts as one operation; on the device most such methods are native code.
/// </remarks>
public static class CostInstrumenter
{
    /// <summary>
    /// Full name of the type that is added to an instrumented assembly. It has a static field of type long for each method,
    /// named <c>Namespace:Type.Method#Number</c>.
    /// </summary>
    public const string CounterType = "Http2Nano.CostCounter.Operations";

    /// <summary>Instruments an assembly.</summary>
    /// <param name="path">The compiled assembly.</param>
    /// <param name="copy">Where to write the instrumented copy.</param>
    /// <returns>Whether the assembly was compiled with optimisation; without it the figures mean little.</returns>
    public static bool Instrument(string path, string copy)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(path)));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver });
        var module = assembly.MainModule;
        var types = module.GetTypes().ToArray();
        var counters = AddCounters(module);
        foreach (var method in types.SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            var counter = new FieldDefinition(
                CounterName(method, counters.Fields.Count),
                FieldAttributes.Public | FieldAttributes.Static,
                module.TypeSystem.Int64);
            counters.Fields.Add(counter);
            Instrument(method.Body, counter);
        }

        assembly.Write(copy);
        return IsOptimised(assembly);
    }

    // Namespace, type and method; the number distinguishes overloads.
    private static string CounterName(MethodDefinition method, int number)
    {
        var type = method.DeclaringType;
        string name = type.Name;
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
            name = $"{type.Name}/{name}";
        }

        return $"{type.Namespace}:{name}.{method.Name}#{number}";
    }

    private static TypeDefinition AddCounters(ModuleDefinition module)
    {
        int dot = CounterType.LastIndexOf('.');
        var type = new TypeDefinition(
            CounterType[..dot],
            CounterType[(dot + 1)..],
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed,
            module.TypeSystem.Object);
        module.Types.Add(type);
        return type;
    }

    private static bool IsOptimised(AssemblyDefinition assembly)
    {
        const int NotOptimised = (int)DebuggableAttribute.DebuggingModes.DisableOptimizations;
        var attribute = assembly.CustomAttributes.FirstOrDefault(item => item.AttributeType.Name == nameof(DebuggableAttribute));
        return attribute is null
            || attribute.ConstructorArguments.Count != 1
            || attribute.ConstructorArguments[0].Value is not int modes
            || (modes & NotOptimised) == 0;
    }

    private static void Instrument(MethodBody body, FieldDefinition counter)
    {
        body.SimplifyMacros();
        var leaders = Leaders(body);
        var il = body.GetILProcessor();
        var first = new Dictionary<Instruction, Instruction>();
        foreach (var (leader, length) in Blocks(body, leaders))
        {
            var load = il.Create(OpCodes.Ldsfld, counter);
            il.InsertBefore(leader, load);
            il.InsertBefore(leader, il.Create(OpCodes.Ldc_I8, length));
            il.InsertBefore(leader, il.Create(OpCodes.Add));
            il.InsertBefore(leader, il.Create(OpCodes.Stsfld, counter));
            first.Add(leader, load);
        }

        Redirect(body, first);
        body.OptimizeMacros();
    }

    // The instructions that can be reached other than from the instruction before.
    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch && instruction.Next is not null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart is not null)
            {
                leaders.Add(handler.FilterStart);
            }
        }

        return leaders;
    }

    private static List<(Instruction Leader, long Length)> Blocks(MethodBody body, HashSet<Instruction> leaders)
    {
        var blocks = new List<(Instruction, long)>();
        Instruction? leader = null;
        long length = 0;
        foreach (var instruction in body.Instructions)
        {
            if (leaders.Contains(instruction))
            {
                if (leader is not null)
                {
                    blocks.Add((leader, length));
                }

                leader = instruction;
                length = 0;
            }

            // A debug build contains these; the device's compiler leaves them out.
            if (instruction.OpCode != OpCodes.Nop)
            {
                length++;
            }
        }

        blocks.Add((leader!, length));
        return blocks;
    }

    private static void Redirect(MethodBody body, Dictionary<Instruction, Instruction> first)
    {
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                instruction.Operand = first[target];
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                instruction.Operand = targets.Select(item => first[item]).ToArray();
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = first[handler.TryStart];
            handler.TryEnd = End(handler.TryEnd);
            handler.HandlerStart = first[handler.HandlerStart];
            handler.HandlerEnd = End(handler.HandlerEnd);
            if (handler.FilterStart is not null)
            {
                handler.FilterStart = first[handler.FilterStart];
            }
        }

        Instruction? End(Instruction? end)
        {
            return end is not null && first.TryGetValue(end, out var begin) ? begin : end;
        }
    }
}
