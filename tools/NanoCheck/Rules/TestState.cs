using System.Linq;
using Mono.Cecil;

namespace NanoCheck.Rules;

/// <summary>The platform's test launcher calls test methods without an instance, so an instance field is a null reference.</summary>
public sealed class TestState : Rule
{
    public override string Id => "NANO019";

    public override string Name => "test-state";

    public override string Summary => "instance fields in a test class";

    public override void Visit(FieldDefinition field, Report report)
    {
        if (!field.IsStatic && field.DeclaringType.CustomAttributes.Any(a => a.AttributeType.FullName == "nanoFramework.TestFramework.TestClassAttribute"))
        {
            report.At(field, "The platform's test launcher calls test methods without an instance, so a test class has no instance fields. Make it static.");
        }
    }
}
