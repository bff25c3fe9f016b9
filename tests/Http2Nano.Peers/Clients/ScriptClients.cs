using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;

namespace Http2Nano.Peers.Clients;

/// <summary>Clients that are a library of a scripting language: a script makes the request and prints what it got as JSON.</summary>
internal abstract class ScriptClient : Client
{
    protected static async Task<Answer> RunAsync(Tool tool, IEnumerable<string> start, Uri origin, Ask ask)
    {
        using var body = new TemporaryFile();
        using var upload = new TemporaryFile(ask.Body ?? []);
        List<string> arguments = [.. start, ask.Method, ask.At(origin).ToString(), body.Path];
        if (ask.Body != null)
        {
            arguments.AddRange([upload.Path, ask.ContentType!]);
        }

        Outcome outcome = await tool.SucceedAsync(arguments);
        using JsonDocument said = JsonDocument.Parse(outcome.Text);
        JsonElement answer = said.RootElement;
        return new Answer(
            answer.GetProperty("status").GetInt32(),
            answer.GetProperty("version").GetString()!,
            answer.GetProperty("contentType").GetString(),
            body.Content);
    }
}

internal sealed class NodeClient(string module, bool secure) : ScriptClient
{
    public override bool Secure => secure;

    public override string Version => module == "http2" ? "HTTP/2" : "HTTP/1.1";

    public override Task<Answer> SendAsync(Uri origin, Ask ask) =>
        RunAsync(Tool.Find("node"), [Places.Script(module + "_client.mjs")], origin, ask);
}

internal sealed class PythonClient(string script, string module, string version) : ScriptClient
{
    public override string Version => version;

    public override async Task<Answer> SendAsync(Uri origin, Ask ask) =>
        await RunAsync(await Tool.FindPythonAsync(module), [Places.Script(script)], origin, ask);
}
