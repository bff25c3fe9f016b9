using System;
using System.IO;
using Http2Nano.Attacks.Engine;
using Http2Nano.Attacks.Scripts;
using Http2Nano.CostCounter;
using Http2Nano.Messages;

namespace Http2Nano.Attacks.Costs;

/// <summary>An attack on the engine, to be counted. Which one is told by name, because the counter makes the object.</summary>
public sealed class AttackScenario : ICostScenario
{
    /// <summary>Name of the datum of the application domain that holds the name of the attack.</summary>
    internal const string Choice = "Http2Nano.Attacks.Choice";

    // As much as a fast peer sends in a fifth of a second.
    private const long MostOctets = 200_000;

    private EngineRun? _run;

    /// <inheritdoc/>
    public string Name => (string)(AppContext.GetData(Choice) ?? throw new InvalidDataException("No attack was chosen."));

    /// <inheritdoc/>
    public long Units => Math.Max(1, _run!.Taken);

    /// <inheritdoc/>
    public string Unit => "octet";

    /// <inheritdoc/>
    public void Prepare() => _run = new EngineRun(HttpProfiles.Default(), new AttackedApplication());

    /// <inheritdoc/>
    public void Run() => _run!.Play(HonestLoads.Find(Name) ?? Catalogue.Find(Name), MostOctets);
}
