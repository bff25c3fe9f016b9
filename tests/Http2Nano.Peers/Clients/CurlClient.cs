using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;

namespace Http2Nano.Peers.Clients;

internal sealed class CurlClient(string option, string version, bool secure = false) : Client
{
    public override bool Secure => secure;

    public override string Version => version;

    public override string AnswerVersion(Ask ask) => option switch
    {
        // RFC 9110 6.2: a server names the version that it conforms to, not the client's.
        "--http1.0" => "HTTP/1.1",

        // RFC 7540 3.2: the body would have to be held until the upgrade, which the server may leave out.
        "--http2" when ask.Body != null => "HTTP/1.1",
        _ => version,
    };

    public override async Task<Answer> SendAsync(Uri origin, Ask ask)
    {
        using var body = new TemporaryFile();
        using var upload = new TemporaryFile(ask.Body ?? []);
        List<string> arguments = ["-sS", "-k", option, "-o", body.Path, "-w", "%{http_code} %{http_version} %{content_type}"];
        if (ask.Body != null)
        {
            arguments.AddRange(["--data-binary", "@" + upload.Path, "-H", "content-type: " + ask.ContentType]);
        }

        arguments.Add(ask.At(origin).ToString());
        Outcome outcome = await Tool.Find("curl").SucceedAsync(arguments);
        string[] said = outcome.Text.Split(' ', 3);
        return new Answer(int.Parse(said[0], CultureInfo.InvariantCulture), "HTTP/" + said[1], said[2], body.Content);
    }
}
