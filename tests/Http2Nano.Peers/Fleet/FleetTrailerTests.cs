using System;
using System.Net;
using System.Threading.Tasks;
using Http2Nano.Access;
using Http2Nano.Hosting;
using Http2Nano.Peers.Harness;
using Http2Nano.Routing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Fleets;

/// <summary>What becomes of the trailers of a request on its way through the configurations of <c>boards/Fleet</c>.</summary>
[TestClass]
[TestCategory("Fleet")]
public sealed class FleetTrailerTests
{
    // RFC 9113 8.1, RFC 9110 6.5.1: a proxy may drop them, and the request still has to come through.
    [TestMethod]
    [DataRow("haproxy", "handed on")]
    [DataRow("caddy", "dropped")]
    [DataRow("nginx", "the request is lost")]
    [DataRow("apache2", "handed on")]
    [DataRow("nghttpx", "handed on")]
    public async Task Trailers_of_a_request_cost_it_behind_nginx_alone(string proxy, string made)
    {
        var router = new Router { Proxies = new TrustedProxies(["127.0.0.1"]) };
        router.MapPost("/", (request, response) =>
            response.Write(request.Trailers != null && request.Trailers.Find("x-sum"u8.ToArray()) >= 0 ? "handed on"u8.ToArray() : "dropped"u8.ToArray()));
        var server = new HttpServer(new HttpServerOptions { Address = IPAddress.Loopback, Port = 0 }, router);
        server.Start();
        try
        {
            await using ProxyProcess process = await ProxyProcess.StartAsync(proxy, (port, folder) => Fleet.Configuration(Fleet.FileOf(proxy), [server.Port], port, folder));
            using var content = new TemporaryFile("content"u8.ToArray());
            (string host, string path) = proxy == "nghttpx" ? ("board1.localhost", "") : ("localhost", "board1/");
            Tool nghttp = Tool.Find("nghttp");
            string[] request = ["--timeout=5", $"--header=:authority: {host}:{process.Port}", $"--data={content.Path}", $"https://127.0.0.1:{process.Port}/{path}"];
            Assert.AreEqual("dropped", Made(await nghttp.RunAsync(request)), "Without trailers it has to come through anyway.");
            Assert.AreEqual(made, Made(await nghttp.RunAsync(["--trailer=x-sum: 42", .. request])));
        }
        finally
        {
            server.Stop();
        }
    }

    private static string Made(Outcome outcome)
    {
        Console.WriteLine(outcome.Text + outcome.Errors);
        return outcome.Text is "handed on" or "dropped" ? outcome.Text : "the request is lost";
    }
}
