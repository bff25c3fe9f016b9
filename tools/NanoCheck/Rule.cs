using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck;

/// <summary>
/// One kind of code that does not work on the device. A rule overrides the visits that it needs. Each visit is called for
/// everything in the assembly, so a rule holds no state.
/// </summary>
public abstract class Rule
{
    /// <summary>The id in the build's messages. An id is never reused.</summary>
    public abstract string Id { get; }

    /// <summary>The name with which a project allows what the rule refuses.</summary>
    public abstract string Name { get; }

    /// <summary>The refused code, in a few words.</summary>
    public abstract string Summary { get; }

    public virtual void Visit(ModuleDefinition module, Report report)
    {
    }

    public virtual void Visit(TypeDefinition type, Report report)
    {
    }

    public virtual void Visit(FieldDefinition field, Report report)
    {
    }

    public virtual void Visit(MethodDefinition method, Report report)
    {
    }

    public virtual void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
    }
}
