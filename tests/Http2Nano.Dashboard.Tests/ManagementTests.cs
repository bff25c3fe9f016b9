using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Packing;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>The settings that people open a device's page for: network, time, password, restart.</summary>
[TestClass]
public sealed class ManagementTests : DashboardTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Another_Wi_Fi_is_tried_and_the_device_comes_back_when_it_fails(bool phone)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, new Device(phone, phone), "settings", Anna);
        await visit.UntilAsync("document.getElementById('wifi-now').textContent === 'Home'");
        await visit.At("#wifi-choose").ClickAsync();
        StringAssert.Contains(await visit.TextAsync("#wifi-what"), "If not, it comes back");
        await visit.UntilAsync("document.querySelectorAll('#wifi-list label').length === 3");
        await visit.IsUsableAsync("The Wi-Fi dialog", axe: false);
        await visit.PictureAsync($"wifi-{(phone ? "phone" : "desktop")}");

        // Nothing is sent that cannot be.
        await visit.At("#wifi-form button[type=submit]").ClickAsync();
        StringAssert.StartsWith(await visit.TextAsync("#wifi-name-error"), "Choose a network");
        await visit.At("#wifi-list label").Nth(1).ClickAsync();
        Assert.IsTrue(await visit.At("#wifi-name-error").IsHiddenAsync());
        await visit.At("#wifi-password").FillAsync("short");
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.AreEqual("A password has 8 to 63 characters.", await visit.TextAsync("#wifi-password-error"));

        await visit.At("#wifi-password").FillAsync("wrong password");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('wifi-choose').disabled");
        await visit.UntilAsync("document.getElementById('wifi-note').textContent.includes('refuses this password. The device is back in')");
        Assert.AreEqual("Home", await visit.TextAsync("#wifi-now"));

        await visit.At("#wifi-choose").ClickAsync();
        await visit.UntilAsync("document.querySelectorAll('#wifi-list label').length === 3");
        await visit.At("#wifi-list label").Nth(1).ClickAsync();
        await visit.At("#wifi-password").FillAsync("right password");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('wifi-now').textContent.startsWith('Greenhouse')");
        await visit.IsUsableAsync("The settings", axe: phone);
        await visit.PictureAsync($"settings-all-{(phone ? "phone" : "desktop")}");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task What_is_dangerous_is_asked_for_and_Cancel_is_what_Enter_does()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings", Anna);
        await visit.UntilAsync("!document.getElementById('reset').hidden");
        await visit.At("#reset").ClickAsync();
        await visit.UntilAsync("document.getElementById('confirm').open && document.activeElement.id === 'confirm-no'");
        StringAssert.Contains(await visit.TextAsync("#confirm-text"), "This cannot be undone.");
        await visit.IsUsableAsync("The question", axe: false);
        await visit.PictureAsync("confirm");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("!document.getElementById('confirm').open");
        Assert.AreEqual(string.Empty, await visit.TextAsync("#restart-note"));
        await visit.At("#reset").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.UntilAsync("!document.getElementById('confirm').open");
        Assert.AreEqual(string.Empty, await visit.TextAsync("#restart-note"));

        await visit.At("#restart").ClickAsync();
        await visit.At("#confirm-yes").ClickAsync();
        await visit.UntilAsync("document.getElementById('restart-note').textContent.match(/^It (restarts|has restarted)\\./)");
        await visit.GoAsync("log");
        await visit.At("#log-lines li", "Somebody restarts the device").WaitForAsync();
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_new_password_holds_at_once_and_for_everybody()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings", Anna);
        visit.Expected.Add(401);
        await visit.UntilAsync("!document.querySelector('[data-feature=password]').hidden");
        await visit.At("#password-new").FillAsync("battery staple");
        await visit.At("#password-again").FillAsync("battery maple");
        await visit.At("#password-form button").ClickAsync();
        Assert.AreEqual("The two are not the same.", await visit.TextAsync("#password-again-error"));
        await visit.At("#password-again").FillAsync("battery staple");
        await visit.At("#password-form button").ClickAsync();
        await visit.UntilAsync("document.getElementById('password-note').textContent.startsWith('Changed.')");
        await visit.GoAsync("overview");
        await visit.At("#led").ClickAsync();
        await visit.UntilAsync("document.getElementById('sign-in').open");
        await visit.At("#user").FillAsync("anna");
        await visit.At("#password").FillAsync("battery staple");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('led-note').textContent === 'Done.'");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Name_in_the_network_and_time_are_kept_and_times_are_shown_in_the_zone()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings", Anna);
        await visit.UntilAsync("document.getElementById('host-name').value === 'http2nano'");
        await visit.At("#host-name").FillAsync("-bad name-");
        await visit.At("#host-form button").ClickAsync();
        StringAssert.StartsWith(await visit.TextAsync("#host-name-error"), "Only letters");
        Assert.AreEqual("host-name", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visit.At("#time-server").FillAsync("a b");
        await visit.At("#time-form button").ClickAsync();
        StringAssert.StartsWith(await visit.TextAsync("#time-server-error"), "The name of a server");
        await visit.At("#host-name").FillAsync("Greenhouse-2");
        await visit.At("#host-form button").ClickAsync();
        await visit.UntilAsync("document.getElementById('host-note').textContent.startsWith('Saved.')");
        Assert.AreEqual("greenhouse-2", await visit.At("#host-name").InputValueAsync());
        await visit.At("#time-server").FillAsync("time.example.org");
        await visit.At("#time-zone").SelectOptionAsync("Pacific/Auckland");
        await visit.At("#time-form button").ClickAsync();
        await visit.UntilAsync("document.getElementById('time-note').textContent === 'Saved.'");
        await visit.Page.ReloadAsync();
        await visit.UntilAsync("document.getElementById('time-zone').value === 'Pacific/Auckland' && document.getElementById('time-server').value === 'time.example.org'");
        await visit.GoAsync("log");
        await visit.At("#log-lines li", "Time settings changed").WaitForAsync();
        string shown = await visit.At("#log-lines li", "Time settings changed").Locator("time").InnerTextAsync();
        string here = DateTime.UtcNow.AddHours(DateTime.UtcNow.Month is > 9 or < 4 ? 13 : 12).ToString("HH:", System.Globalization.CultureInfo.InvariantCulture);
        StringAssert.StartsWith(shown, here);
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Without_a_session_nothing_is_told_about_the_networks_and_nothing_changes()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var client = new HttpClient(handler);
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, "networks"), (HttpMethod.Post, "networks"), (HttpMethod.Put, "wifi"), (HttpMethod.Put, "password"), (HttpMethod.Post, "restart"), (HttpMethod.Post, "reset"), (HttpMethod.Put, string.Empty) })
        {
            using var request = new HttpRequestMessage(method, new Uri(host.Https, $"/api/device{(path.Length == 0 ? string.Empty : "/")}{path}"));
            request.Content = method == HttpMethod.Put ? new StringContent("{\"name\":\"Home\",\"password\":\"\"}", Encoding.UTF8, "application/json") : null;
            using HttpResponseMessage answer = await client.SendAsync(request);
            Assert.AreEqual(401, (int)answer.StatusCode, path);
        }
    }

    [TestMethod]
    [DataRow("wifi", "{\"name\":\"\",\"password\":\"\"}", 422)]
    [DataRow("wifi", "{\"name\":\"0123456789012345678901234567890123\",\"password\":\"\"}", 422)]
    [DataRow("wifi", "{\"name\":\"Home\",\"password\":\"seven77\"}", 422)]
    [DataRow("wifi", "{\"name\":\"Ho\\nme\",\"password\":\"\"}", 422)]
    [DataRow("wifi", "{\"name\":{\"password\":\"12345678\"}}", 400)]
    [DataRow("wifi", "{\"name\":\"Home\"", 400)]
    [DataRow("password", "{\"password\":\"short\"}", 422)]
    [DataRow("password", "{\"password\":17}", 422)]
    [DataRow("password", "[]", 400)]
    [DataRow("", "{\"hostName\":\"b\u00E4d\"}", 422)]
    [DataRow("", "{\"timeServer\":\"a b\"}", 422)]
    [DataRow("", "{\"timeZone\":\"<script>\"}", 422)]
    public async Task Bad_input_is_refused_and_changes_nothing(string path, string json, int status)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anna:correct-horse")));
        string before = await client.GetStringAsync(new Uri(Host.Https, "/api/device"));
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PutAsync(new Uri(Host.Https, $"/api/device{(path.Length == 0 ? string.Empty : "/")}{path}"), body);
        Assert.AreEqual(status, (int)answer.StatusCode);
        Assert.AreEqual(before, await client.GetStringAsync(new Uri(Host.Https, "/api/device")));
    }

    [TestMethod]
    public async Task Newer_pages_are_sent_checked_and_loaded()
    {
        string folder = Directory.CreateTempSubdirectory("http2nano").FullName;
        try
        {
            string pack = Path.Combine(folder, "new.pack");
            string half = Path.Combine(folder, "half.pack");
            byte[] bytes = AssetPackBuilder.FromFolder(Path.Combine(Places.Root, "boards", "Dashboard", "www")).Build();
            await File.WriteAllBytesAsync(pack, bytes);
            await File.WriteAllBytesAsync(half, bytes[..(bytes.Length / 2)]);
            string drive = Directory.CreateDirectory(Path.Combine(folder, "drive")).FullName;
            await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse", "--drive", drive);
            await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings", Anna);
            visit.Expected.Add(422);
            await visit.UntilAsync("!document.querySelector('[data-feature=pages]').hidden");
            await visit.At("#pages-form button").ClickAsync();
            Assert.AreEqual("Choose a file first.", await visit.TextAsync("#pages-file-error"));
            await visit.At("#pages-file").SetInputFilesAsync(half);
            await visit.At("#pages-form button").ClickAsync();
            await visit.UntilAsync("document.getElementById('pages-note').textContent.startsWith('This is no whole pack')");
            await visit.Page.EvaluateAsync("window.before = true");
            await visit.At("#pages-file").SetInputFilesAsync(pack);
            await visit.At("#pages-form button").ClickAsync();
            await visit.UntilAsync("!window.before && document.readyState === 'complete'");
            await visit.IsLiveAsync();
            visit.HasNoComplaints();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public async Task What_a_device_cannot_store_holds_until_it_restarts_and_the_page_says_so()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--without", "storage", "--without", "wifi", "--without", "switch", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, credentials: Anna);
        visit.Expected.Add(507);
        await visit.UntilAsync("document.getElementById('output').hidden");
        await visit.GoAsync("settings");
        await visit.UntilAsync("document.getElementById('time-server')?.value");
        Assert.IsTrue(await visit.At("#wifi-choose").IsHiddenAsync());
        await visit.At("#device-name").FillAsync("North wall");
        await visit.At("#settings-form button").ClickAsync();
        await visit.At("#host-form button").ClickAsync();
        await visit.At("#time-form button").ClickAsync();
        await visit.UntilAsync("['settings', 'time'].every(part => document.getElementById(part + '-note').textContent.startsWith('It holds until the device restarts'))");
        await visit.UntilAsync("document.title.endsWith('North wall')");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task What_a_board_cannot_do_is_not_shown()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "tiny");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings");
        visit.IsCutOff = true;
        await visit.UntilAsync("!document.getElementById('settings-fields').disabled");
        Assert.AreEqual(0, await visit.Page.EvaluateAsync<int>("[...document.querySelectorAll('[data-feature]')].filter(e => !e.hidden).length"));
        visit.HasNoComplaints();
    }
}
