using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>What is not as it should be: the device is gone, a sensor is silent, there is little memory, pages are edited.</summary>
[TestClass]
public sealed class TroubleTests : DashboardTests
{
    [TestMethod]
    public async Task Who_looks_on_is_told_when_the_device_is_gone_and_when_it_is_back()
    {
        HostProcess host = await HostProcess.StartAsync("--quiet");
        await using Visit secure = await Visit.OpenAsync(host.Https, new Device(Phone: true, Dark: true));

        // That nobody answers, or somebody else is served, is what the browser complains about, and what this test is about.
        secure.IsCutOff = true;
        await using Visit plain = await Visit.OpenAsync(host.Http, Desktop, "log");
        await plain.At("#log-lines li").First.WaitForAsync();
        plain.IsCutOff = true;
        Visit[] both = [secure, plain];
        string[] ports = ["--http", $"{host.HttpPort}", "--https", $"{host.HttpsPort}"];
        await host.DisposeAsync();
        foreach (Visit visit in both)
        {
            await visit.UntilAsync("document.documentElement.dataset.link === 'lost'");
            StringAssert.StartsWith(await visit.TextAsync("#banner"), "The device does not answer.");
            Assert.AreEqual("No answer", await visit.TextAsync("#link"));
        }

        await secure.Page.WaitForTimeoutAsync(300);
        await secure.PictureAsync("offline-phone-dark");
        await plain.PictureAsync("offline-desktop-light");
        await using HostProcess again = HostProcess.StartPlain([.. ports, "--quiet"]);
        foreach (Visit visit in both)
        {
            await visit.UntilAsync("document.documentElement.dataset.link === 'live'");
            await visit.UntilAsync("document.getElementById('banner-text').textContent === ''");
            string uptime = await visit.TextAsync("#uptime");
            await visit.UntilAsync($"document.getElementById('uptime').innerText.trim() !== {System.Text.Json.JsonSerializer.Serialize(uptime)}");
            await visit.UntilAsync("!document.getElementById('led').disabled");
            visit.HasNoComplaints();
        }

        // What the device writes after its start is no line of before.
        await plain.UntilAsync("document.querySelectorAll('#log-lines li').length >= 2");
    }

    [TestMethod]
    public async Task The_smallest_board_serves_all_of_it_and_says_when_its_sensor_is_silent()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "tiny", "--sensor-fault", "3");
        foreach (string scheme in new[] { "https", "http" })
        {
            await using Visit visit = await Visit.OpenAsync(Address(scheme, host), new Device(Phone: scheme == "http", Dark: false));
            if (scheme == "https")
            {
                await visit.UntilAsync("document.querySelector('[data-metric=temperature]').classList.contains('tile-fault')");
                Assert.AreEqual("Sensor is silent", await visit.TextAsync("[data-metric=temperature] .tile-note"));
                Assert.AreEqual("–", await visit.TextAsync("[data-metric=temperature] .tile-number"));
                await visit.UntilAsync("document.getElementById('notice').textContent.includes('The temperature sensor does not answer; the device keeps trying.')");
                await visit.PictureAsync($"sensor-fault-{scheme}");
                await visit.UntilAsync("!document.querySelector('[data-metric=temperature]').classList.contains('tile-fault')");
                await visit.UntilAsync("document.getElementById('notice').hidden");
                StringAssert.Matches(await visit.TextAsync("[data-metric=temperature] .tile-number"), new(@"^\d+\.\d$"));
            }

            await visit.GoAsync("log");
            await visit.At("#log-lines li.log-error", "The temperature sensor does not answer").First.WaitForAsync();
            await visit.At("#log-lines li", "The temperature sensor answers again").First.WaitForAsync();
            await visit.PictureAsync($"log-{scheme}-tiny");
            await visit.GoAsync("settings");
            await visit.UntilAsync("document.getElementById('device-name').value.includes('ESP32-C3')");
            await visit.GoAsync("protocol");
            await visit.UntilAsync("document.querySelectorAll('#waterfall li').length > 8");
            await visit.At("#measure").ClickAsync();
            await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
            visit.HasNoComplaints();
        }

        // On the console too.
        Assert.Contains("The temperature sensor does not answer", host.Lines);
    }

    [TestMethod]
    public async Task A_file_that_a_busy_device_did_not_send_is_asked_for_again()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        visit.IsCutOff = true;
        foreach (string file in new[] { "account.js", "settings.html", "device.js" })
        {
            bool isLost = false;
            await visit.Page.RouteAsync($"**/{file}", route =>
            {
                (isLost, bool isFirst) = (true, !isLost);
                return isFirst ? route.AbortAsync("connectionreset") : route.ContinueAsync();
            });
        }

        await visit.Page.GotoAsync(new Uri(Host.Https, "/?again#/settings").ToString());
        await visit.UntilAsync("document.getElementById('host-name')?.value && !document.getElementById('account').hidden");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_change_of_a_page_is_seen_without_a_touch()
    {
        string folder = Directory.CreateTempSubdirectory("http2nano").FullName;
        try
        {
            string www = Path.Combine(folder, "boards", "Dashboard", "www");
            Copy(Path.Combine(Places.Root, "boards", "Dashboard", "www"), www);
            string program = Path.Combine(folder, "program");
            Copy(Path.GetDirectoryName(Places.Host)!, program);
            await using HostProcess host = await HostProcess.StartProgramAsync(Path.Combine(program, Path.GetFileName(Places.Host)), "--quiet");
            await using Visit visit = await Visit.OpenAsync(host.Https, Desktop);
            string page = Path.Combine(www, "index.html");
            string text = await File.ReadAllTextAsync(page);
            await File.WriteAllTextAsync(page, text.Replace("</svg>Temperature</span>", "</svg>Greenhouse</span>", StringComparison.Ordinal));
            await visit.UntilAsync("document.querySelector('[data-metric=temperature] .tile-name').innerText.trim() === 'Greenhouse'");
            await visit.IsLiveAsync();
            visit.HasNoComplaints();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}www{Path.DirectorySeparatorChar}", StringComparison.Ordinal) || from.EndsWith("www", StringComparison.Ordinal)))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
