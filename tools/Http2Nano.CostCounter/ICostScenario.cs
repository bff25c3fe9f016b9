using System.Collections.Generic;

namespace Http2Nano.CostCounter;

/// <summary>Work whose cost is to be counted. The class needs a constructor without parameters.</summary>
public interface ICostScenario
{
    /// <summary>The name in the report.</summary>
    string Name { get; }

    /// <summary>Number of units of work in <see cref="Run"/>; the report divides by it.</summary>
    long Units => 1;

    /// <summary>The name of a unit.</summary>
    string Unit => "block";

    /// <summary>The most operations that a unit should take; null for no aim.</summary>
    long? Aim => null;

    /// <summary>Whether the scenario can run here; false when its data are missing.</summary>
    bool IsAvailable => true;

    /// <summary>Sets up the state in which <see cref="Run"/> starts. Not counted.</summary>
    void Prepare();

    /// <summary>Does the work. Operations in instrumented assemblies are counted.</summary>
    void Run();
}

/// <summary>Makes similar scenarios that need no class each. The class needs a constructor without parameters.</summary>
public interface ICostScenarioSource
{
    /// <summary>The scenarios, in the order of the report.</summary>
    IEnumerable<ICostScenario> Scenarios { get; }
}
