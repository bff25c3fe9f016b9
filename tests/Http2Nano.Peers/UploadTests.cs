using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>Forms with files, as curl and a browser send them: the host board answers what it has read.</summary>
[TestClass]
public sealed class UploadTests : HostTests
{
    private const int Large = 20_000_000;

    // Names that browsers and curl escape, each in its own way, or send as they are.
    private const string OddName = "50% \"öffen\"; a=b.bin";

    private static readonly byte[] s_content = RandomNumberGenerator.GetBytes(Large);
    private static string s_file = "";

    [ClassInitialize]
    public static void WriteFile(TestContext _)
    {
        s_file = Path.GetTempFileName();
        File.WriteAllBytes(s_file, s_content);
    }

    [ClassCleanup]
    public static void DeleteFile() => File.Delete(s_file);

    [TestMethod]
    [DataRow("--http1.1", false)]
    [DataRow("--http2-prior-knowledge", false)]
    [DataRow("--http2", true)]
    public async Task Curl_sends_a_large_file(string protocol, bool secure)
    {
        Part[] parts = await CurlAsync(protocol, secure, ["-F", "note=plain text", "-F", $"file=@{s_file};type=image/x-any;filename={Quote(OddName)}"]);
        Assert.HasCount(2, parts);
        Assert.AreEqual(new Part("note", null, null, 10, Sha256("plain text"u8.ToArray())), parts[0]);
        Assert.AreEqual(new Part("file", OddName, "image/x-any", Large, Sha256(s_content)), parts[1]);
    }

    [TestMethod]
    [DataRow("--http1.1", false)]
    [DataRow("--http2", true)]
    public async Task Curl_sends_eight_files(string protocol, bool secure)
    {
        string[] pieces = [.. Enumerable.Range(0, 8).Select(_ => Path.GetTempFileName())];
        try
        {
            for (int i = 0; i < pieces.Length; i++)
            {
                await File.WriteAllBytesAsync(pieces[i], s_content[(i * 100_000)..((i * 200_000) + 100_001)]);
            }

            Part[] parts = await CurlAsync(protocol, secure, pieces.SelectMany((piece, i) => new[] { "-F", $"part{i}=@{piece};filename={i}" }));
            Assert.HasCount(pieces.Length, parts);
            for (int i = 0; i < pieces.Length; i++)
            {
                byte[] content = await File.ReadAllBytesAsync(pieces[i]);
                Assert.AreEqual(new Part($"part{i}", $"{i}", "application/octet-stream", content.Length, Sha256(content)), parts[i]);
            }
        }
        finally
        {
            Array.ForEach(pieces, File.Delete);
        }
    }

    [TestMethod]
    [DataRow("http")]
    [DataRow("https")]
    public async Task A_browser_sends_a_form(string scheme)
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync();
        Uri origin = scheme == "http" ? Host.Http : Host.Https;
        await page.GotoAsync(origin.ToString());
        await page.EvaluateAsync("() => { document.body.innerHTML = '<form method=post enctype=multipart/form-data action=/api/upload><input name=\"a&quot;b\" value=\"ü\"><input type=file name=file><button>Send</button></form>'; }");
        byte[] content = s_content[..300_000];
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = OddName, MimeType = "text/x-odd", Buffer = content });
        IResponse response = await page.RunAndWaitForResponseAsync(() => page.Locator("button").ClickAsync(), answer => answer.Url.EndsWith("/api/upload", StringComparison.Ordinal));
        Assert.AreEqual(200, response.Status);
        Part[] parts = Read(await response.BodyAsync());
        Assert.AreEqual(new Part("a\"b", null, null, 2, Sha256("ü"u8.ToArray())), parts[0]);
        Assert.AreEqual(new Part("file", OddName, "text/x-odd", content.Length, Sha256(content)), parts[1]);

        // The same by a script.
        string json = await page.EvaluateAsync<string>("""
            async () => {
              const form = new FormData();
              form.append('n', 'line\r\nbreak');
              form.append('blob', new Blob([new Uint8Array(70000)]));
              return await (await fetch('/api/upload', { method: 'POST', body: form })).text();
            }
            """);
        parts = Read(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.AreEqual(new Part("n", null, null, 11, Sha256("line\r\nbreak"u8.ToArray())), parts[0]);
        Assert.AreEqual(new Part("blob", "blob", "application/octet-stream", 70000, Sha256(new byte[70000])), parts[1]);
        await page.Context.CloseAsync();
    }

    private static async Task<Part[]> CurlAsync(string protocol, bool secure, IEnumerable<string> form)
    {
        string target = new Uri(secure ? Host.Https : Host.Http, "api/upload").ToString();
        return Read((await Tool.Find("curl").SucceedAsync(["-sSk", "--fail", protocol, .. form, target])).Output);
    }

    // As curl wants a file name with marks in it.
    private static string Quote(string name) => "\"" + name.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static Part[] Read(byte[] json) => JsonSerializer.Deserialize<Part[]>(json, JsonSerializerOptions.Web)!;

    private sealed record Part(string Name, string? FileName, string? ContentType, long Length, string Sha256);
}
