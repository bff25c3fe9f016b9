using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.CostCounter;

/// <summary>What a scenario spent in one method, without those that it calls.</summary>
/// <param name="Room">The namespace of its type, without what all of them begin with.</param>
/// <param name="Method">Its name with its type's.</param>
/// <param name="Operations">IL operations executed.</param>
public sealed record MethodCost(string Room, string Method, long Operations)
{
    /// <summary>The cost behind a counter that <see cref="CostInstrumenter"/> added.</summary>
    internal static MethodCost Of(string counter, long operations)
    {
        int colon = counter.IndexOf(':');
        string room = counter[(counter.LastIndexOf('.', colon) + 1)..colon];
        return new MethodCost(room, counter[(colon + 1)..counter.LastIndexOf('#')], operations);
    }
}

/// <summary>What a scenario spent in the methods of one namespace.</summary>
/// <param name="Room">The namespace's last part.</param>
/// <param name="Operations">IL operations executed.</param>
/// <param name="Methods">The methods, the costliest first.</param>
public sealed record RoomCost(string Room, long Operations, IReadOnlyList<MethodCost> Methods);

/// <summary>What a scenario cost.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Operations">IL operations executed in instrumented assemblies.</param>
/// <param name="Allocated">Bytes allocated on the host while it ran, by anyone.</param>
/// <param name="Methods">The operations by method, the costliest first.</param>
public sealed record Cost(ICostScenario Scenario, long Operations, long Allocated, IReadOnlyList<MethodCost> Methods)
{
    /// <summary>Operations per unit of the scenario.</summary>
    public double PerUnit => (double)Operations / Scenario.Units;

    /// <summary>Whether the aim is met, if there is one.</summary>
    public bool? MeetsAim => Scenario.Aim is long aim ? PerUnit < aim : null;

    /// <summary>The operations by room, the costliest first.</summary>
    public IReadOnlyList<RoomCost> Rooms =>
    [
        .. Methods.GroupBy(method => method.Room)
            .Select(room => new RoomCost(room.Key, room.Sum(method => method.Operations), [.. room]))
            .OrderByDescending(room => room.Operations),
    ];
}
