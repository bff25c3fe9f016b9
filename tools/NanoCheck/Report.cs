using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoCheck;

/// <summary>Takes the findings of a rule. Adds the line to each, and drops repeated findings of one line.</summary>
public sealed class Report(Rule rule, SourceLocator locator, List<Finding> findings)
{
    public void At(MethodDefinition method, Instruction instruction, string message) => Add(message, locator.Of(method, instruction));

    public void At(MethodDefinition method, string message) => Add(message, locator.Of(method));

    public void At(FieldDefinition field, string message) => Add(message, locator.Of(field));

    public void At(TypeDefinition type, string message) => Add(message, locator.Of(type));

    public void AtAssembly(string message) => Add(message, null);

    private void Add(string message, SourceLocation? location)
    {
        Finding finding = new(rule.Id, message, location);
        if (!findings.Exists(f => f.Id == finding.Id && f.Location == finding.Location && (location is not null || f.Message == message)))
        {
            findings.Add(finding);
        }
    }
}
