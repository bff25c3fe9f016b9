using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;

namespace Http2Nano.Peers.Raw;

/// <summary>Python's hpack reads field sections for tests that need more than their being there.</summary>
internal static class Hpack
{
    private const string Script = """
        import json, sys, hpack
        block = sys.stdin.buffer.read()
        print(json.dumps([[n.decode(), v.decode("latin-1")] for n, v in hpack.Decoder().decode(block, raw=True)]))
        """;

    /// <summary>The status of the first field section of a connection.</summary>
    public static async Task<string> StatusAsync(byte[] block)
    {
        Tool python = await Tool.FindPythonAsync("hpack");
        Outcome outcome = await python.SucceedAsync(["-c", Script], input: block);
        using JsonDocument fields = JsonDocument.Parse(outcome.Text);
        return fields.RootElement[0][1].GetString()!;
    }
}
