using Mono.Cecil;

namespace NanoCheck.Rules;

/// <summary>Calling an interface method that has a body throws on the device.</summary>
public sealed class DefaultInterfaceMethods : Rule
{
    public override string Id => "NANO007";

    public override string Name => "default-interface-methods";

    public override string Summary => "interface methods with a body";

    public override void Visit(MethodDefinition method, Report report)
    {
        if (method.DeclaringType.IsInterface && method.HasBody)
        {
            report.At(method, $"The interface method {method.Name} has a body, and a call of it throws on the device. Put the body into a base class or a static method.");
        }
    }
}
