using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>Every view shows the same: what is changed in one is seen in all.</summary>
[TestClass]
public sealed class TruthTests : DashboardTests
{
    [TestMethod]
    public async Task Tabs_of_one_browser_share_one_stream_and_another_takes_over()
    {
        await using HostProcess host = await HostProcess.StartAsync("--user", "anna:correct-horse");
        await using Visit first = await Visit.OpenAsync(host.Https, Desktop);
        await using Visit second = await first.OpenTabAsync("overview");
        await using Visit third = await first.OpenTabAsync("log");
        await Task.Delay(5000);
        Assert.ContainsSingle(line => line.Contains("/api/events", StringComparison.Ordinal), host.Lines);
        Assert.DoesNotContain(line => line.Contains("/api/status", StringComparison.Ordinal), host.Lines, "A page asks although it is told.");
        await first.Page.CloseAsync();
        string uptime = await second.TextAsync("#uptime");
        await second.UntilAsync($"document.getElementById('uptime').innerText.trim() !== {System.Text.Json.JsonSerializer.Serialize(uptime)}");
        await third.IsLiveAsync();
        Assert.AreEqual("live", await second.Page.EvaluateAsync<string>("document.documentElement.dataset.link"));
        second.HasNoComplaints();
        third.HasNoComplaints();
    }

    [TestMethod]
    public async Task Name_and_unit_are_live_in_all_views()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit reader = await Visit.OpenAsync(host.Https, Desktop);
        await using Visit form = await reader.OpenTabAsync("settings");

        // The stream of events ends when the program below is served.
        reader.IsCutOff = true;
        form.IsCutOff = true;
        await reader.UntilAsync("document.getElementById('device').textContent.startsWith('Simulated')");
        using HttpClient program = Program();
        await PutAsync(program, host, "{\"deviceName\":\"Gew\u00E4chshaus \u05E6\u05E4\u05D5\u05DF\",\"temperatureUnit\":\"F\"}");
        await reader.UntilAsync("document.getElementById('device').textContent === 'Gew\u00E4chshaus \u05E6\u05E4\u05D5\u05DF'");
        await reader.UntilAsync("document.querySelector('[data-metric=temperature] .tile-unit').textContent === '\u00B0F'");
        await form.UntilAsync("document.getElementById('device-name').value === 'Gew\u00E4chshaus \u05E6\u05E4\u05D5\u05DF' && document.getElementById('unit-f').checked");

        // What somebody is writing stays.
        await form.At("#device-name").FillAsync("Half wri");
        await PutAsync(program, host, "{\"deviceName\":\"Bench\"}");
        await reader.UntilAsync("document.getElementById('device').textContent === 'Bench'");
        Assert.AreEqual("Half wri", await form.At("#device-name").InputValueAsync());
        reader.HasNoComplaints();
        form.HasNoComplaints();
    }

    private static HttpClient Program()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.ConnectionClose = true;
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anna:correct-horse")));
        return client;
    }

    private static async Task PutAsync(HttpClient program, HostProcess host, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await program.PutAsync(new Uri(host.Https, "/api/settings"), body);
        Assert.AreEqual(200, (int)answer.StatusCode);
    }
}
