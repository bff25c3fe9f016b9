using System.Diagnostics;
using System.IO;
using System.Net.Security;
using System.Text;

namespace Http2Nano.Cli.Network.Loading;

/// <summary>An HTTP/1.1 connection of a load: one request after the other, while the server keeps it open.</summary>
internal sealed class Http1Load(LoadRun run) : LoadConnection(run)
{
    public override void Run()
    {
        using Stream stream = Load.Target.Open(Load.Options.Timeout, [SslApplicationProtocol.Http11]);
        var peer = new Http1Peer(stream);
        byte[] request = Encoding.UTF8.GetBytes($"GET {Load.Target.Path} HTTP/1.1\r\nhost: {Load.Target.Authority}\r\nuser-agent: http2nano\r\naccept: */*\r\n\r\n");
        bool keeps = true;
        while (keeps && Load.TryBegin())
        {
            Unanswered++;
            long began = Stopwatch.GetTimestamp();
            peer.Send(request);
            Http1Response response = peer.Read();
            Bytes((int)response.Length);
            Answered(response.Status, began);
            keeps = response.KeepsAlive;
        }
    }
}
