using Mono.Cecil;

namespace NanoCheck.Rules;

/// <summary>Finalisers run late on the device, on a thread of their own, and sockets are few.</summary>
public sealed class Finalisers : Rule
{
    public override string Id => "NANO021";

    public override string Name => "finalisers";

    public override string Summary => "finalisers";

    public override void Visit(MethodDefinition method, Report report)
    {
        if (method is { Name: "Finalize", IsVirtual: true, HasParameters: false })
        {
            report.At(method.DeclaringType, $"The finaliser of {method.DeclaringType.Name} runs late on the device, if at all. Close things explicitly, on every path.");
        }
    }
}
