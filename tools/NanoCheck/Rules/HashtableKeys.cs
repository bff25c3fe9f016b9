using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck.Rules;

/// <summary>The device's Hashtable never calls a managed Equals or GetHashCode of a key. Strings and boxed primitives work.</summary>
public sealed class HashtableKeys : Rule
{
    public override string Id => "NANO012";

    public override string Name => "hashtable-keys";

    public override string Summary => "Hashtable keys other than strings and boxed primitives";

    public override void Visit(MethodDefinition method, Instruction instruction, Report report)
    {
        if (Il.Called(instruction) is not { } called
            || called.DeclaringType.FullName is not ("System.Collections.Hashtable" or "System.Collections.IDictionary")
            || called.Name is not ("Add" or "Contains" or "Remove" or "get_Item" or "set_Item")
            || StackWalk.Argument(method, instruction, called.Parameters.Count - 1) is not { } maker
            || StackWalk.TypeOf(method, maker) is not { } key
            || IsGoodOrUnknown(key))
        {
            return;
        }

        report.At(method, instruction, $"A Hashtable on the device compares keys of type {key.Name} by reference, whatever their Equals says. Use a string or a number as the key.");
    }

    private static bool IsGoodOrUnknown(TypeReference key)
    {
        if (key.IsPrimitive || key.MetadataType is MetadataType.String or MetadataType.Object || key.IsGenericParameter)
        {
            return true;
        }

        // A reference of an interface type may hold a string. A boxed enumeration is a number.
        return !key.IsArray && (Il.Definition(key) is not { } type || type.IsInterface || type.IsEnum);
    }
}
