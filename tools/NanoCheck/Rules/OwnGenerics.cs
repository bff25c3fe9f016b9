using Mono.Cecil;

namespace NanoCheck.Rules;

/// <summary>
/// A generic type or method that the assembly declares crashes or hangs the device when the assembly loads.
/// </summary>
public sealed class OwnGenerics : Rule
{
    public override string Id => "NANO001";

    public override string Name => "own-generics";

    public override string Summary => "generic types and methods of one's own";

    public override void Visit(TypeDefinition type, Report report)
    {
        // A type nested in a generic one has its parameters too; only the outer one is reported.
        if (type.HasGenericParameters && type.DeclaringType?.HasGenericParameters != true)
        {
            report.At(type, $"The type {type.Name.Split('`')[0]} is generic, and the device crashes when it loads the assembly. Write it for the type that it is used with, or for object.");
        }
    }

    public override void Visit(MethodDefinition method, Report report)
    {
        if (method.HasGenericParameters)
        {
            report.At(method, $"The method {method.Name} is generic, and the device crashes when it loads the assembly. Write it for the type that it is used with, or for object.");
        }
    }
}
