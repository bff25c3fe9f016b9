using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoCheck.Rules;

/// <summary>
/// The platform's launcher runs a method that has only DataRows; the host's runs only methods marked as tests.
/// </summary>
public sealed class TestAttributes : Rule
{
    private const string Namespace = "nanoFramework.TestFramework.";

    public override string Id => "NANO020";

    public override string Name => "test-attributes";

    public override string Summary => "DataRow without TestMethod";

    public override void Visit(MethodDefinition method, Report report)
    {
        HashSet<string> attributes = [.. method.CustomAttributes.Select(a => a.AttributeType.FullName)];
        if (attributes.Contains(Namespace + "DataRowAttribute") && !attributes.Contains(Namespace + "TestMethodAttribute"))
        {
            report.At(method, $"{method.Name} has DataRow and no TestMethod, so it runs on the device and not on the host. Add TestMethod.");
        }
    }
}
