using System.Collections.Generic;

namespace Http2Nano.CostCounter;

/// <summary>Something whose cost is to be counted. It needs a constructor without parameters.</summary>
public interface ICostScenario
{
    /// <summary>What it is called in the report.</summary>
    string Name { get; }

    /// <summary>How many units of work <see cref="Run"/> does; the report divides by it.</summary>
    long Units => 1;

    /// <summary>What a unit is.</summary>
    string Unit => "block";

    /// <summary>The most operations that a unit is meant to take, if there is an aim.</summary>
    long? Aim => null;

    /// <summary>Whether it can run here; a scenario over data that may be absent says no then.</summary>
    bool IsAvailable => true;

    /// <summary>Brings about the state that <see cref="Run"/> starts from. Not counted.</summary>
    void Prepare();

    /// <summary>Does the work. Counted, as far as it happens in instrumented assemblies.</summary>
    void Run();
}

/// <summary>Scenarios that are alike and need no type each. It needs a constructor without parameters.</summary>
public interface ICostScenarioSource
{
    /// <summary>The scenarios, in the order of the report.</summary>
    IEnumerable<ICostScenario> Scenarios { get; }
}
