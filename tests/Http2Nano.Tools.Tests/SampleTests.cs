using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Development;
using Http2Nano.Packing;
using Http2Nano.Peers.Harness;
using Http2Nano.Samples.Camera;
using Http2Nano.Samples.Card;
using Http2Nano.Samples.Logger;
using Http2Nano.Samples.Relay;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary>The small applications of boards/Samples, over both protocols.</summary>
[TestClass]
public sealed class SampleTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_relay_is_switched_by_who_may_and_everybody_hears_of_it(bool http2)
    {
        var users = new HashedSecrets("salt");
        users.Add("anna:secret");
        var relays = new TestRelays();
        var application = new RelayApplication(Pages(), relays, users);
        using DevelopmentServer server = DevelopmentServer.Start(application.Router);
        using HttpClient client = server.CreateClient(http2);
        Assert.AreEqual("{\"on\":false}", await client.GetStringAsync("api/relays/1"));
        Assert.AreEqual(HttpStatusCode.NotFound, (await client.GetAsync("api/relays/2")).StatusCode);
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await PutAsync("{\"on\":true}")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("anna:secret"u8));
        foreach (string wrong in new[] { "{\"on\":1}", "{\"on\":true", "{\"on\":true}x", "[]", "" })
        {
            Assert.AreEqual(HttpStatusCode.BadRequest, (await PutAsync(wrong)).StatusCode, wrong);
            Assert.IsFalse(relays.IsOn(1), wrong);
        }

        Assert.AreEqual("{\"on\":true}", await (await PutAsync("{\"on\":true}")).Content.ReadAsStringAsync());
        Assert.IsTrue(relays.IsOn(1));
        if (http2)
        {
            using Stream events = await client.GetStreamAsync("api/events");
            using var reader = new StreamReader(events);
            await PutAsync("{\"on\":false}");
            string? line;
            do
            {
                line = await reader.ReadLineAsync();
            }
            while (line is { } && line != "data: 1 off");
            Assert.AreEqual("data: 1 off", line);
        }

        application.Stop();

        async Task<HttpResponseMessage> PutAsync(string body) => await client.PutAsync("api/relays/1", new StringContent(body));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_card_is_for_who_signs_in(bool http2)
    {
        using var folder = new TemporaryFolder();
        var users = new HashedSecrets("salt");
        users.Add("anna:secret");
        using DevelopmentServer server = DevelopmentServer.Start(new CardApplication(Pages(), new HostDrive(folder.Path), users).Router);
        using HttpClient client = server.CreateClient(http2);
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await client.GetAsync("files/")).StatusCode);
        HttpResponseMessage entered = await client.PostAsync("sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["user"] = "anna", ["password"] = "secret" }));
        Assert.AreEqual(HttpStatusCode.NoContent, entered.StatusCode);
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.AreEqual(HttpStatusCode.Created, (await client.PutAsync("files/log.csv", new StringContent("1;2"))).StatusCode);
        Assert.AreEqual("1;2", await client.GetStringAsync("files/log.csv"));
        Assert.Contains("./log.csv", await client.GetStringAsync("files/"));
        Assert.AreEqual(HttpStatusCode.NoContent, (await client.DeleteAsync("sign-in")).StatusCode);
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await client.GetAsync("files/log.csv")).StatusCode);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_log_is_written_while_it_is_sent(bool http2)
    {
        var application = new LoggerApplication(Pages(), 1000);
        using DevelopmentServer server = DevelopmentServer.Start(application.Router);
        using HttpClient client = server.CreateClient(http2);
        Assert.AreEqual("", await client.GetStringAsync("api/readings"));
        int[] readings = [0, 1, -1, 2150, -2150, 99999, -99999];
        foreach (int reading in readings)
        {
            application.Add(reading);
        }

        Assert.AreEqual(" 000.00\n 000.01\n-000.01\n 021.50\n-021.50\n 999.99\n-999.99\n", await client.GetStringAsync("api/readings"));

        // A ring: the oldest give way.
        for (int i = 0; i < 1500; i++)
        {
            application.Add(i);
        }

        string[] lines = (await client.GetStringAsync("api/readings")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(1000, lines);
        Assert.AreEqual(" 005.00", lines[0]);
        Assert.AreEqual(" 014.99", lines[^1]);
        application.Stop();
    }

    [TestMethod]
    public async Task An_interval_is_set_by_a_form_within_its_bounds()
    {
        var application = new LoggerApplication(Pages(), 10);
        using DevelopmentServer server = DevelopmentServer.Start(application.Router);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Http };
        HttpResponseMessage set = await PostAsync("seconds=60");
        Assert.AreEqual(HttpStatusCode.SeeOther, set.StatusCode);
        Assert.AreEqual("..", set.Headers.Location!.ToString());
        Assert.AreEqual(60, application.Interval);
        foreach (string wrong in new[] { "seconds=0", "seconds=3601", "seconds=soon", "minutes=1", "" })
        {
            Assert.AreEqual(HttpStatusCode.BadRequest, (await PostAsync(wrong)).StatusCode, wrong);
            Assert.AreEqual(60, application.Interval);
        }

        application.Stop();

        Task<HttpResponseMessage> PostAsync(string form) => client.PostAsync("api/interval", new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_camera_sends_one_picture_after_the_other(bool http2)
    {
        using DevelopmentServer server = DevelopmentServer.Start(new CameraApplication(Pages(), new TestPicture()).Router);
        for (int viewer = 0; viewer < 3; viewer++)
        {
            using HttpClient client = server.CreateClient(http2);
            using HttpResponseMessage response = await client.GetAsync("api/camera", HttpCompletionOption.ResponseHeadersRead);
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, "The camera was not given back.");
            Assert.AreEqual("multipart/x-mixed-replace", response.Content.Headers.ContentType!.MediaType);
            using Stream stream = await response.Content.ReadAsStreamAsync();
            byte[][] pictures = [await PictureAsync(stream), await PictureAsync(stream)];
            Assert.IsTrue(pictures.All(picture => picture.AsSpan().StartsWith("BM"u8)));
            Assert.IsFalse(pictures[0].AsSpan().SequenceEqual(pictures[1]), "The picture does not move.");
        }
    }

    [TestMethod]
    public async Task The_host_serves_each_of_them()
    {
        foreach (string sample in new[] { "relay", "logger", "camera", "card" })
        {
            int port = Ports.Take();
            await using Running host = Running.Start("dotnet", Places.Samples, sample, "--http", $"{port}", "--https", "0");
            await host.SaysAsync("Ctrl-C");
            using var client = new HttpClient();
            Assert.Contains("<h1>", await client.GetStringAsync(new Uri($"http://localhost:{port}/")));
            host.Interrupt();
            Assert.AreEqual(0, await host.EndAsync(20), host.Text);
        }

        Result none = await Nano.RunAsync(null, null, ["dotnet", Places.Samples]);
        Assert.AreEqual(1, none.ExitCode);
        Assert.Contains("relay", none.Errors);
    }

    private static async Task<byte[]> PictureAsync(Stream stream)
    {
        int length = -1;
        for (string line = await LineAsync(); length < 0 || line.Length != 0; line = await LineAsync())
        {
            if (line.StartsWith("content-length: ", StringComparison.Ordinal))
            {
                length = int.Parse(line["content-length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        byte[] picture = new byte[length];
        await stream.ReadExactlyAsync(picture);
        Assert.AreEqual("", await LineAsync());
        return picture;

        async Task<string> LineAsync()
        {
            var line = new StringBuilder();
            byte[] octet = new byte[1];
            while (true)
            {
                await stream.ReadExactlyAsync(octet);
                if (octet[0] == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append((char)octet[0]);
            }
        }
    }

    private static StaticAssets Pages()
    {
        var pack = new AssetPackBuilder();
        pack.Add("index.html", "<p>page"u8.ToArray());
        return new StaticAssets(new AssetPack(new MemoryAssetStore(pack.Build())));
    }

    private sealed class TestRelays : RelayOutputs
    {
        private readonly bool[] _on = new bool[2];

        public override int Count => _on.Length;

        public override bool IsOn(int relay) => _on[relay];

        public override void Switch(int relay, bool on) => _on[relay] = on;
    }
}
