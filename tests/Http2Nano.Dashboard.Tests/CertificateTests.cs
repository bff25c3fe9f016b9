using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>The certificate of https: what the page shows of it, and how people replace it.</summary>
[TestClass]
public sealed class CertificateTests : DashboardTests
{
    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, true)]
    public async Task It_is_shown_replaced_and_made(bool phone, bool dark)
    {
        string folder = Directory.CreateTempSubdirectory("http2nano").FullName;
        try
        {
            await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
            await using Visit visit = await Visit.OpenAsync(host.Https, new Device(phone, dark), "settings", Anna);

            // When https begins anew, the browser complains that nobody answers.
            visit.IsCutOff = true;
            visit.Expected.Add(422);
            string look = $"{(phone ? "phone" : "desktop")}-{(dark ? "dark" : "light")}";
            await visit.UntilAsync("document.getElementById('certificate-hash')?.textContent");
            Assert.AreEqual("CN=localhost", await visit.TextAsync("#certificate-subject"));
            Assert.AreEqual("localhost, 127.0.0.1", await visit.TextAsync("#certificate-names"));
            StringAssert.Contains(await visit.TextAsync("#certificate-state"), "The device has made it itself. Nobody else has signed it");
            StringAssert.Matches(await visit.TextAsync("#certificate-left"), new(@"^\d+ days left$"));
            Assert.AreEqual(await FingerprintAsync(host), await HashAsync(visit));
            await visit.IsUsableAsync("The certificate");
            await visit.At("#certificate-title").ScrollIntoViewIfNeededAsync();
            await visit.PictureAsync($"certificate-{look}");

            // Nothing is sent that cannot be.
            await visit.At("#certificate-form button[type=submit]").ClickAsync();
            Assert.AreEqual("Choose a file first.", await visit.TextAsync("#certificate-file-error"));
            string before = await FingerprintAsync(host);
            KeyPair good = KeyPair.Make("device.example", 30);
            KeyPair other = KeyPair.Make("other.example", 30);
            KeyPair ended = KeyPair.Make("device.example", -3);
            if (!phone)
            {
                await RefusesAsync(visit, folder, good.Certificate, other.Key, "The key belongs to none of the certificates in it. Nothing was changed.");
                await RefusesAsync(visit, folder, ended.Certificate, ended.Key, $"The certificate has ended, on {ended.End:yyyy-MM-dd}. Nothing was changed.");
                await RefusesAsync(visit, folder, good.Certificate[..(good.Certificate.Length / 2)], good.Key, "It is cut off: a part of it has a beginning and no end. Nothing was changed.");
                await RefusesAsync(visit, folder, "<b>no certificate</b>", null, "There is no certificate in it: one in PEM form begins with -----BEGIN CERTIFICATE-----. Nothing was changed.");
            }

            await ChooseAsync(visit, folder, new string('x', 20000), null);
            await visit.At("#certificate-form button[type=submit]").ClickAsync();
            Assert.AreEqual("The device takes at most 16.0 KB, with the key.", await visit.TextAsync("#certificate-file-error"));
            await visit.IsUsableAsync("A refusal", axe: false);
            await visit.PictureAsync($"certificate-refused-{look}");
            Assert.AreEqual(before, await FingerprintAsync(host));

            // Cancel is what Enter does.
            await ChooseAsync(visit, folder, good.Certificate, good.Key);
            await visit.At("#certificate-form button[type=submit]").ClickAsync();
            await visit.UntilAsync("document.getElementById('confirm').open && document.activeElement.id === 'confirm-no'");
            StringAssert.Contains(await visit.TextAsync("#confirm-text"), "open pages are cut, and your browser may ask whether to trust it");
            await visit.PictureAsync($"certificate-confirm-{look}");
            await visit.Page.Keyboard.PressAsync("Enter");
            await visit.UntilAsync("!document.getElementById('confirm').open");
            Assert.AreEqual(before, await FingerprintAsync(host));

            await visit.At("#certificate-form button[type=submit]").ClickAsync();
            await visit.At("#confirm-yes").ClickAsync();
            await visit.UntilAsync("document.getElementById('certificate-note').textContent.startsWith('Taken. https begins anew')");
            await visit.UntilAsync("document.getElementById('certificate-subject').textContent === 'CN=device.example'");
            await UntilServedAsync(host, good.Fingerprint);
            await visit.IsLiveAsync();
            StringAssert.Contains(await visit.TextAsync("#certificate-state"), "It was uploaded.");
            Assert.AreEqual(good.Fingerprint, await HashAsync(visit));
            await visit.PictureAsync($"certificate-taken-{look}");

            await visit.At("#certificate-make").ClickAsync();
            StringAssert.Contains(await visit.TextAsync("#confirm-text"), "nobody else signs it");
            await visit.At("#confirm-yes").ClickAsync();
            await visit.UntilAsync("document.getElementById('certificate-subject').textContent === 'CN=http2nano.local'");
            await UntilServedAsync(host, await HashAsync(visit));
            await visit.IsLiveAsync();
            visit.HasNoComplaints();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("""{"origin":"none","longest":8192}""", "There is none, so https is off until you upload one.", false)]
    [DataRow("""{"origin":"provisioned","longest":8192}""", "The device was set up with it. Its firmware does not show it.", false)]
    [DataRow("""{"origin":"uploaded","longest":8192,"subject":"","issuer":"CN=<img src=x onerror=alert(1)>, O=אבג","selfSigned":false,"from":1,"to":1700000000,"fingerprint":"AA:BB:CC:DD:EE:FF:00:11:22","names":["*.a-name-of-which-nobody-knows-why-it-is-as-long-as-this-one-is-but-it-is.example","fe80:0:0:0:0:0:0:a01","אבג.example"]}""", "It was uploaded. It has ended: browsers warn of it.", true)]
    public async Task Whatever_it_is_the_page_says_so(string answer, string sentence, bool known)
    {
        // One of its own: a client that waits would cut the stream of events.
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        foreach (bool phone in new[] { false, true })
        {
            await using Visit visit = await Visit.OpenAsync(host.Https, new Device(phone, !phone));
            await visit.Page.RouteAsync("**/api/certificate", route => route.FulfillAsync(new() { ContentType = "application/json", Body = answer }));
            await visit.GoAsync("settings");
            await visit.UntilAsync($"document.getElementById('certificate-state')?.textContent === {JsonSerializer.Serialize(sentence)}");
            Assert.AreEqual(known, await visit.At("#certificate-facts").IsVisibleAsync());
            if (known)
            {
                Assert.AreEqual("not said", await visit.TextAsync("#certificate-subject"));
                StringAssert.StartsWith(await visit.TextAsync("#certificate-issuer"), "CN=<img");
                StringAssert.Matches(await visit.TextAsync("#certificate-left"), new(@"^ended \d+ days ago$"));
            }

            await visit.IsUsableAsync("The certificate");
            await visit.PictureAsync($"certificate-{(known ? "ended" : answer.Contains("none", StringComparison.Ordinal) ? "none" : "hidden")}-{(phone ? "phone-light" : "desktop-dark")}");
            visit.HasNoComplaints();
        }
    }

    [TestMethod]
    public async Task A_device_that_cannot_store_one_says_so_and_keeps_the_old_one()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse", "--without", "storage");
        string before = await FingerprintAsync(host);
        await using (Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings", Anna))
        {
            visit.Expected.Add(507);
            await visit.UntilAsync("document.getElementById('certificate-hash')?.textContent");
            await visit.At("#certificate-make").ClickAsync();
            await visit.At("#confirm-yes").ClickAsync();
            await visit.UntilAsync("document.getElementById('certificate-note').textContent === 'The device cannot store it. Nothing was changed.'");
            visit.HasNoComplaints();
        }

        // Another client at the same time would cut the page's stream of events.
        Assert.AreEqual(before, await FingerprintAsync(host));
    }

    // As on a board, which cannot make one.
    [TestMethod]
    public async Task Where_none_can_be_made_nobody_is_offered_it()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        Assert.IsTrue(await visit.Page.EvaluateAsync<bool>("fetch('api/status').then((r) => r.json()).then((s) => s.features.includes('newcertificate'))"));
        await visit.Page.RouteAsync("**/api/events", route => route.AbortAsync());
        await visit.Page.RouteAsync("**/api/status", async route =>
        {
            Microsoft.Playwright.IAPIResponse answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace(",\"newcertificate\"", string.Empty, StringComparison.Ordinal) });
        });
        visit.IsCutOff = true;
        await visit.Page.ReloadAsync();
        await visit.IsLiveAsync();
        await visit.GoAsync("settings");
        await visit.UntilAsync("document.getElementById('certificate-hash')?.textContent");
        Assert.IsFalse(await visit.At("#certificate-make").IsVisibleAsync());
        Assert.IsTrue(await visit.At("#certificate-form [type=submit]").IsVisibleAsync());
    }

    [TestMethod]
    public async Task By_keyboard_alone()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Http, Desktop, "settings", Anna);
        await visit.UntilAsync("document.getElementById('certificate-hash')?.textContent");
        string before = await HashAsync(visit);
        await visit.At("#certificate-file").FocusAsync();
        string[] order = ["key-file", "", "certificate-make"];
        foreach (string id in order)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            Assert.AreEqual(id, await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        }

        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.activeElement.id === 'confirm-no'");
        await visit.Page.Keyboard.PressAsync("Shift+Tab");
        Assert.AreEqual("confirm-yes", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync($"document.getElementById('certificate-hash').textContent !== {JsonSerializer.Serialize(before)}");
        await UntilServedAsync(host, await HashAsync(visit));
    }

    [TestMethod]
    public async Task A_chain_in_one_file_is_served_whole_and_kept_by_the_drive_where_nobody_reads_it()
    {
        string drive = Directory.CreateTempSubdirectory("http2nano").FullName;
        try
        {
            (KeyPair authority, KeyPair own) = KeyPair.MakeChain("device.example");
            await using (HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse", "--drive", drive))
            {
                Assert.AreEqual("202 ", await PostAsync(host, authority.Certificate + own.Key + own.Certificate, null));
                Assert.AreEqual(2, await UntilServedAsync(host, own.Fingerprint));
                using HttpClient client = Client("anna:correct-horse");
                using HttpResponseMessage hidden = await client.GetAsync(new Uri(host.Http, "/files/.server.pem"));
                Assert.AreEqual(404, (int)hidden.StatusCode);
                Assert.DoesNotContain("server", await client.GetStringAsync(new Uri(host.Http, "/files/")));
                Assert.DoesNotContain("PRIVATE", string.Join('\n', host.Lines) + await client.GetStringAsync(new Uri(host.Http, "/api/log")));
            }

            string file = Path.Combine(drive, ".server.pem");
            if (!OperatingSystem.IsWindows())
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            await using (HostProcess again = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse", "--drive", drive))
            {
                Assert.AreEqual(own.Fingerprint, await FingerprintAsync(again));
            }

            // Cut in half, as a drive may leave it.
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..900]);
            await using HostProcess damaged = await HostProcess.StartAsync("--quiet", "--drive", drive);
            Assert.Contains("The drive's .server.pem is not served with. It is cut off: a part of it has a beginning and no end.", damaged.Lines);
            Assert.AreNotEqual(own.Fingerprint, await FingerprintAsync(damaged));
        }
        finally
        {
            Directory.Delete(drive, recursive: true);
        }
    }

    [TestMethod]
    [DataRow("rsa")]
    [DataRow("rsa pkcs1")]
    [DataRow("p384")]
    [DataRow("sec1")]
    public async Task Keys_of_the_usual_kinds_are_served_with(string kind)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        var pair = KeyPair.Make("device.example", 30, kind);
        Assert.AreEqual("202 ", await PostAsync(host, pair.Certificate, pair.Key));
        await UntilServedAsync(host, pair.Fingerprint);
    }

    [TestMethod]
    public async Task What_is_wrong_is_said_in_a_sentence_and_changes_nothing()
    {
        var good = KeyPair.Make("device.example", 30);
        string none = "422 There is no certificate in it: one in PEM form begins with -----BEGIN CERTIFICATE-----.";
        (string, string?, string)[] wrong =
        [
            (good.Certificate, null, "422 There is no key in it: choose the file with -----BEGIN PRIVATE KEY----- too."),
            (string.Empty, null, none),
            (good.Key, null, none),
            (good.Certificate, KeyPair.Make("device.example", 30).Key, "422 The key belongs to none of the certificates in it."),
            (good.Certificate, good.Encrypted, "422 The key has a password: take it off first, with openssl pkey -in key.pem -out plain.pem."),
            (good.Certificate, good.Key + good.Key, "422 There is more than one key in it."),
            (good.Certificate, KeyPair.Make("device.example", 30, "brainpool").Key, "422 The key is of a kind that browsers do not take: one on the curve P-256, P-384 or P-521 is, and RSA."),
            (new string('x', 17000), good.Key, "413 Certificates and key may have 16384 bytes together."),
        ];
        string before = await FingerprintAsync(Host);
        foreach ((string certificate, string? key, string sentence) in wrong)
        {
            Assert.AreEqual(sentence, await PostAsync(Host, certificate, key));
        }

        Assert.AreEqual("401 ", await PostAsync(Host, good.Certificate, good.Key, "anna:guessed"));
        Assert.AreEqual("403 ", await PostAsync(Host, good.Certificate, good.Key, origin: "https://elsewhere.example"));
        Assert.AreEqual(before, await FingerprintAsync(Host));
    }

    private static async Task<string> HashAsync(Visit visit) => (await visit.At("#certificate-hash").TextContentAsync())!;

    [TestMethod]
    public async Task One_arrives_at_a_time_and_one_that_never_arrives_blocks_nobody()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        var bad = KeyPair.Make("device.example", -3);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anna:correct-horse")));
        using var leaves = new CancellationTokenSource();
        using var slow = new SlowForm(bad.Certificate);
        Task first = client.PostAsync(new Uri(host.Https, "/api/certificate"), slow, leaves.Token);
        await slow.HalfIsSent;
        Assert.AreEqual(503, await StatusAsync());
        await leaves.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => first);
        for (int i = 0; await StatusAsync() is int status && status != 422; i++)
        {
            Assert.AreEqual(503, status);
            Assert.IsLessThan(600, i);
            await Task.Delay(100);
        }

        async Task<int> StatusAsync()
        {
            using var form = new MultipartFormDataContent { { new StringContent(bad.Certificate + bad.Key), "certificate", "a.pem" } };
            using HttpResponseMessage answer = await client.PostAsync(new Uri(host.Https, "/api/certificate"), form);
            return (int)answer.StatusCode;
        }
    }

    [TestMethod]
    [DataRow("https")]
    [DataRow("http")]
    public async Task Who_sends_a_key_over_http_is_warned(string scheme)
    {
        string folder = Directory.CreateTempSubdirectory("http2nano").FullName;
        try
        {
            await using Visit visit = await Visit.OpenAsync(Address(scheme), Desktop, "settings", Anna);
            await visit.UntilAsync("document.getElementById('certificate-hash')?.textContent");
            await ChooseAsync(visit, folder, "certificate", "key");
            await visit.At("#certificate-form button[type=submit]").ClickAsync();
            await visit.UntilAsync("document.getElementById('confirm').open");
            Assert.AreEqual(scheme == "http", (await visit.TextAsync("#confirm-text")).Contains("others in the network may read the key on its way", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Chooses files and sends them; the answer is a sentence.
    private static async Task RefusesAsync(Visit visit, string folder, string certificate, string? key, string sentence)
    {
        await ChooseAsync(visit, folder, certificate, key);
        await visit.At("#certificate-form button[type=submit]").ClickAsync();
        await visit.At("#confirm-yes").ClickAsync();
        await visit.UntilAsync($"document.getElementById('certificate-note').textContent === {JsonSerializer.Serialize(sentence)}");
    }

    private static async Task ChooseAsync(Visit visit, string folder, string certificate, string? key)
    {
        string file = Path.Combine(folder, "server.crt");
        await File.WriteAllTextAsync(file, certificate);
        await visit.At("#certificate-file").SetInputFilesAsync(file);
        if (key == null)
        {
            await visit.At("#key-file").SetInputFilesAsync(Array.Empty<string>());
            return;
        }

        file = Path.Combine(folder, "server.key");
        await File.WriteAllTextAsync(file, key);
        await visit.At("#key-file").SetInputFilesAsync(file);
    }

    // The status, a blank, and the detail.
    private static async Task<string> PostAsync(HostProcess host, string certificate, string? key, string user = "anna:correct-horse", string? origin = null)
    {
        using HttpClient client = Client(user);
        if (origin != null)
        {
            client.DefaultRequestHeaders.Add("Origin", origin);
        }

        using var form = new MultipartFormDataContent { { new StringContent(certificate), "certificate", "a.pem" } };
        if (key != null)
        {
            form.Add(new StringContent(key), "key", "b.pem");
        }

        using HttpResponseMessage answer = await client.PostAsync(new Uri(host.Http, "/api/certificate"), form);
        string text = await answer.Content.ReadAsStringAsync();
        using JsonDocument? problem = text.Length == 0 ? null : JsonDocument.Parse(text);
        return $"{(int)answer.StatusCode} {(problem != null && problem.RootElement.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : string.Empty)}";
    }

    private static HttpClient Client(string user)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.ConnectionClose = true;
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
        return client;
    }

    private static async Task<int> UntilServedAsync(HostProcess host, string fingerprint)
    {
        for (int i = 0; ; i++)
        {
            (string served, int chain) = await HandshakeAsync(host);
            if (served == fingerprint)
            {
                return chain;
            }

            Assert.IsLessThan(300, i, "Another certificate is served: " + served);
            await Task.Delay(200);
        }
    }

    private static async Task<string> FingerprintAsync(HostProcess host) => (await HandshakeAsync(host)).Fingerprint;

    // The certificate that a client gets, and how many the server has sent; nothing while nobody listens.
    private static async Task<(string Fingerprint, int Count)> HandshakeAsync(HostProcess host)
    {
        (string Fingerprint, int Count) got = (string.Empty, 0);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", host.HttpsPort);
            await using var stream = new SslStream(socket.GetStream());
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "device.example",
                RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                {
                    got = (KeyPair.FingerprintOf(new X509Certificate2(certificate!)), 1 + chain!.ChainPolicy.ExtraStore.Count(extra => !extra.RawDataMemory.Span.SequenceEqual(certificate!.GetRawCertData())));
                    return true;
                },
            });
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // The server is just beginning anew.
        }

        return got;
    }

    /// <summary>A form of which the end never comes.</summary>
    private sealed class SlowForm : HttpContent
    {
        private readonly string _certificate;
        private readonly TaskCompletionSource _half = new();

        public SlowForm(string certificate)
        {
            _certificate = certificate;
            Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=xyz");
        }

        public Task HalfIsSent => _half.Task;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken token)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"--xyz\r\nContent-Disposition: form-data; name=\"certificate\"; filename=\"a\"\r\n\r\n{_certificate}"), token);
            await stream.FlushAsync(token);
            _half.SetResult();
            await Task.Delay(TimeSpan.FromMinutes(1), token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
