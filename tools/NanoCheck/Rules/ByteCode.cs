using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>
/// The methods of an assembly share one table, in which 16-bit offsets address them. The platform's metadata processor
/// fails with "Byte code table overflow" when the table is larger.
/// </summary>
public sealed class ByteCode : Rule
{
    private const int Limit = ushort.MaxValue;

    // The device has tokens and branches of 16 bits; ldtoken keeps 32.
    private const int Token = 2;

    // Bytes of an exception handler: kind, type, start and end of the try block and of the handler. One count per method
    // follows.
    private const int Handler = 12;
    private const int HandlerCount = 1;

    public override string Id => "NANO022";

    public override string Name => "byte-code";

    public override string Summary => "more than 64 KB of byte code in an assembly";

    public override void Visit(ModuleDefinition module, Report report)
    {
        int size = Size(module.GetTypes());
        if (size > Limit)
        {
            IEnumerable<string> largest = module.GetTypes().GroupBy(t => t.Namespace)
                .Select(g => (Name: g.Key.Length == 0 ? "(no namespace)" : g.Key, Size: Size(g)))
                .OrderByDescending(n => n.Size)
                .Take(3)
                .Select(n => $"{n.Name} {n.Size}");
            report.AtAssembly($"The assembly holds {size} bytes of byte code; more than {Limit} do not load on the device. "
                + $"Move a part into an assembly of its own. Most of it is in {string.Join(", ", largest)}.");
        }
    }

    /// <summary>The size of methods in the device's format.</summary>
    public static int Size(IEnumerable<TypeDefinition> types) =>
        types.SelectMany(t => t.Methods).Where(m => m.HasBody).Sum(m => Size(m.Body));

    private static int Size(MethodBody body) =>
        body.Instructions.Sum(i => i.OpCode.Size + Operand(i))
            + (body.HasExceptionHandlers ? (body.ExceptionHandlers.Count * Handler) + HandlerCount : 0);

    private static int Operand(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar or OperandType.ShortInlineArg or OperandType.ShortInlineI => 1,
        OperandType.InlineBrTarget or OperandType.InlineVar or OperandType.InlineArg => 2,
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineField => Token,
        OperandType.InlineI or OperandType.ShortInlineR or OperandType.InlineTok => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 1 + (2 * ((Instruction[])instruction.Operand).Length),
        _ => throw new NotSupportedException($"NanoCheck does not know the size of {instruction.OpCode.Name} on the device."),
    };
}
