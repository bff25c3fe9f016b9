using Http2Nano.Samples.Relay;

namespace Http2Nano.SamplesHost;

/// <summary>Relays on a PC, which are connected to nothing.</summary>
internal sealed class NoRelays : RelayOutputs
{
    private readonly bool[] _on = new bool[4];

    public override int Count => _on.Length;

    public override bool IsOn(int relay) => _on[relay];

    public override void Switch(int relay, bool on) => _on[relay] = on;
}
