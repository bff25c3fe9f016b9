using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck;

/// <summary>
/// One thing that the device cannot bear. A rule overrides the visits it needs; each is called once for everything in
/// the assembly, so a rule holds no state.
/// </summary>
public abstract class Rule
{
    /// <summary>The id in the build's messages. Never reused.</summary>
    public abstract string Id { get; }

    /// <summary>The name by which a project allows itself what the rule refuses.</summary>
    public abstract string Name { get; }

    /// <summary>What the rule refuses, in a few words.</summary>
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
