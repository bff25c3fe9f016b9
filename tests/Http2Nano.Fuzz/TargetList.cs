using System;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.Fuzz.Targets;

namespace Http2Nano.Fuzz;

/// <summary>The targets, by name: the type's without "Target".</summary>
public static class TargetList
{
    private const string Suffix = "Target";

    private static readonly Dictionary<string, Type> s_types = typeof(TargetList).Assembly.GetTypes()
        .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IFuzzTarget)))
        .ToDictionary(type => type.Name[..^Suffix.Length]);

    public static IReadOnlyCollection<string> Names { get; } = [.. s_types.Keys.Order(StringComparer.Ordinal)];

    public static IFuzzTarget Make(string name) => (IFuzzTarget)Activator.CreateInstance(s_types[name])!;
}
