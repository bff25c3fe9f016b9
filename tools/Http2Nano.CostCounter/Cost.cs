using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.CostCounter;

/// <summary>The operations of a scenario in one method, without the methods that it calls.</summary>
/// <param name="Room">The namespace of its type, without the common beginning.</param>
/// <param name="Method">The names of its type and of the method.</param>
/// <param name="Operations">IL operations executed.</param>
public sealed record MethodCost(string Room, string Method, long Operations)
{
    /// <summary>The cost that a counter of <see cref="CostInstrumenter"/> shows.</summary>
    internal static MethodCost Of(string counter, long operations)
    {
        int colon = counter.IndexOf(':');
        string room = counter[(counter.LastIndexOf('.', colon) + 1)..colon];
        return new MethodCost(room, counter[(colon + 1)..counter.LastIndexOf('#')], operations);
    }
}

/// <summary>The operations of a scenario in the methods of one namespace.</summary>
/// <param name="Room">The namespace's last part.</param>
/// <param name="Operations">IL operations executed.</param>
/// <param name="Methods">The methods, the most expensive first.</param>
public sealed record RoomCost(string Room, long Operations, IReadOnlyList<MethodCost> Methods);

/// <summary>The cost of a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Operations">IL operations executed in instrumented assemblies.</param>
/// <param name="Allocated">Bytes that any code allocated on the host meanwhile.</param>
/// <param name="Methods">The operations by method, the most expensive first.</param>
public sealed record Cost(ICostScenario Scenario, long Operations, long Allocated, IReadOnlyList<MethodCost> Methods)
{
    /// <summary>Operations per unit of the scenario.</summary>
    public double PerUnit => (double)Operations / Scenario.Units;

    /// <summary>Whether the aim is met; null when there is none.</summary>
    public bool? MeetsAim => Scenario.Aim is long aim ? PerUnit < aim : null;

    /// <summary>The operations by room, the most expensive first.</summary>
    public IReadOnlyList<RoomCost> Rooms =>
    [
        .. Methods.GroupBy(method => method.Room)
            .Select(room => new RoomCost(room.Key, room.Sum(method => method.Operations), [.. room]))
            .OrderByDescending(room => room.Operations),
    ];
}
