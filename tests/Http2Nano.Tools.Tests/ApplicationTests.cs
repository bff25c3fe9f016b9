using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary>From an empty folder to a device: the packed tool, from a local source.</summary>
[TestClass]
public sealed class ApplicationTests
{
    private const string Name = "Greenhouse";
    private static PackedTool s_packed = null!;
    private static TimeSpan s_commands;

    [ClassInitialize]
    public static async Task PackAsync(TestContext context)
    {
        s_packed = await PackedTool.OfThisRunAsync();
        await ThreeCommandsAsync(context);
    }

    public required TestContext TestContext { get; set; }

    // The first test of all: what the others use is made here, by the three commands.
    private static async Task ThreeCommandsAsync(TestContext context)
    {
        // As in a clone of this repository, where versions are central: the application is none of its projects.
        File.Copy(Path.Combine(Places.Root, "Directory.Packages.props"), Path.Combine(s_packed.Work, "Directory.Packages.props"));
        var watch = Stopwatch.StartNew();
        await s_packed.InstallAsync();
        TimeSpan installed = watch.Elapsed;
        Result made = await s_packed.RunAsync("new", Name, "--board", "ESP32-C3", "--board", "esp32-wrover", "--source", s_packed.Source);
        Assert.AreEqual(0, made.ExitCode, made.Errors);
        int http = Ports.Take();
        int https = Ports.Take();
        await using Running run = s_packed.Start("run", Name, "--http", $"{http}", "--https", $"{https}");
        await run.SaysAsync($"http://localhost:{http}");
        string page = await BrowseAsync(new Uri($"http://localhost:{http}/"));
        watch.Stop();
        context.WriteLine($"Installed after {installed.TotalSeconds:N1} s, the page was there after {watch.Elapsed.TotalSeconds:N1} s.");
        Assert.Contains("<h1>Greenhouse</h1>", page);
        s_commands = watch.Elapsed;

        // One's own page: a change is served without a restart.
        File.WriteAllText(Path.Combine(s_packed.Work, Name, "Application", "www", "index.html"), "<!doctype html><title>mine</title><h1>My own page</h1>");
        await WaitForAsync(async client => (await client.GetStringAsync(new Uri($"http://localhost:{http}/"))).Contains("My own page", StringComparison.Ordinal));

        // Both protocols, both ports.
        using (HttpClient client = Client())
        {
            foreach ((string scheme, int port, Version version) in new[] { ("http", http, new Version(2, 0)), ("https", https, new Version(2, 0)), ("https", https, new Version(1, 1)) })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://localhost:{port}/hello/Ada") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
                using HttpResponseMessage response = await client.SendAsync(request);
                Assert.AreEqual("Hello, Ada", await response.Content.ReadAsStringAsync());
                Assert.AreEqual(version, response.Version);
            }
        }

        await run.SaysAsync("/hello/Ada");
        Assert.IsTrue(File.Exists(Path.Combine(s_packed.Environment["HTTP2NANO_HOME"], "development.crt")), "The certificate is not kept.");
        run.Interrupt();
        Assert.AreEqual(0, await run.EndAsync(), run.Text);
    }

    [TestMethod]
    public void Three_commands_take_less_than_a_minute() => Assert.IsLessThan(60, s_commands.TotalSeconds);

    [TestMethod]
    public void The_project_is_there_whole()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(s_packed.Work, Name), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(s_packed.Work, Name), path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal))];
        foreach (string file in new[]
        {
            "README.md", "Greenhouse.slnx", "Application/GreenhouseApplication.cs", "Application/www/index.html", "Host/Program.cs", "Tests/GreenhouseTests.cs",
            "Boards/ESP32-C3/Greenhouse.ESP32-C3.nfproj", "Boards/ESP32-C3/board.json", "Boards/ESP32-WROVER/Greenhouse.ESP32-WROVER.nfproj",
        })
        {
            Assert.Contains(file, files);
        }

        foreach (string file in files)
        {
            string text = File.ReadAllText(Path.Combine(s_packed.Work, Name, file));
            Assert.DoesNotContain("HelloNano", text, file);
            Assert.DoesNotContain("BOARD-NAME", text, file);
            Assert.DoesNotContain("HTTP2NANO-VERSION", text, file);
        }
    }

    [TestMethod]
    public async Task The_units_tests_pass()
    {
        Result result = await Nano.RunAsync(Path.Combine(s_packed.Work, Name), s_packed.Environment, ["dotnet", "test", "Tests", "--nologo"]);
        Assert.AreEqual(0, result.ExitCode, result.Output + result.Errors);
        Assert.Contains("Passed!", result.Output);
    }

    [TestMethod]
    public async Task Check_says_that_it_runs_and_what_it_costs()
    {
        Result result = await s_packed.RunAsync("check", Name, "--board", "ESP32-C3", "--request", "/hello/Ada", "--request", "GET /", "--json");
        Assert.AreEqual(0, result.ExitCode, result.Errors + result.Output);
        JsonElement json = result.Json;
        Assert.AreEqual(0, json.GetProperty("findings").GetArrayLength());
        JsonElement assembly = json.GetProperty("assemblies")[0];
        Assert.AreEqual("Greenhouse.ESP32-C3", assembly.GetProperty("assembly").GetString());
        Assert.IsGreaterThan(100, assembly.GetProperty("byteCode").GetInt32());
        Assert.IsGreaterThan(50, assembly.GetProperty("constantData").GetInt32());
        JsonElement hello = json.GetProperty("operations")[0];
        Assert.AreEqual("GET /hello/Ada", hello.GetProperty("request").GetString());
        Assert.AreEqual(200, hello.GetProperty("status").GetInt32());

        // What the cost counter finds for the like: thousands, and not tens of thousands.
        Assert.IsInRange(2_000, 15_000, hello.GetProperty("http1").GetInt64());
        Assert.IsInRange(2_000, 15_000, hello.GetProperty("http2").GetInt64());
        Assert.IsGreaterThan(hello.GetProperty("http1").GetInt64(), json.GetProperty("operations")[1].GetProperty("http1").GetInt64(), "A page costs no more than a greeting.");
    }

    [TestMethod]
    public async Task Budget_fits_the_board_and_what_does_not_fit_ends_with_1()
    {
        Result fits = await s_packed.RunAsync("budget", Name, "--board", "ESP32-C3", "--json");
        Assert.AreEqual(0, fits.ExitCode, fits.Errors + fits.Output);
        JsonElement json = fits.Json;
        Assert.AreEqual(54 * 1024, json.GetProperty("heap").GetInt32());
        Assert.AreEqual(json.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("bytes").GetInt32()), json.GetProperty("total").GetInt32());
        int exchanges = Part(json, "exchanges");

        Result more = await s_packed.RunAsync("budget", Name, "--board", "ESP32-C3", "--what-if", "exchanges=4,receivebuffersize=1024", "--json");
        Assert.IsInRange(3.5 * exchanges, 4 * exchanges, Part(more.Json, "exchanges"));
        Assert.Contains("Exchanges=4", more.Json.GetProperty("changed").EnumerateArray().Select(change => change.GetString()));

        Result large = await s_packed.RunAsync("budget", Name, "--board", "ESP32-C3", "--what-if", "exchanges=40");
        Assert.AreEqual(1, large.ExitCode);
        Assert.Contains("It does not fit", large.Output);
        Assert.Contains("Exchanges", large.Output);

        Result unknown = await s_packed.RunAsync("budget", Name, "--what-if", "wishes=3");
        Assert.AreEqual(1, unknown.ExitCode);
        Nano.IsSentence(unknown, "There is no limit 'wishes'");

        static int Part(JsonElement json, string name) => json.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == name).GetProperty("bytes").GetInt32();
    }

    [TestMethod]
    public async Task A_port_in_use_gets_a_sentence()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Result result = await s_packed.RunAsync("run", Name, "--http", $"{port}", "--https", "0");
        Assert.AreEqual(1, result.ExitCode, result.Output);
        Nano.IsSentence(result, $"{port}");
    }

    [TestMethod]
    public async Task What_does_not_compile_is_named()
    {
        string broken = Path.Combine(s_packed.Work, Name, "Application", "Broken.cs");
        File.WriteAllText(broken, "class Broken { int N() { return x; } }");
        try
        {
            Result result = await s_packed.RunAsync("run", Name);
            Assert.AreEqual(1, result.ExitCode, result.Output);
            Assert.Contains("Broken.cs(1,", result.Errors);
            Assert.Contains("CS0103", result.Errors);
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [TestMethod]
    public async Task The_template_of_dotnet_new_writes_the_same_files()
    {
        string hive = Path.Combine(s_packed.Work, "hive");
        string package = Directory.GetFiles(s_packed.Source, "Http2Nano.Templates.*.nupkg").Single();
        Result installed = await Nano.RunAsync(s_packed.Work, s_packed.Environment, ["dotnet", "new", "install", package, "--debug:custom-hive", hive]);
        Assert.AreEqual(0, installed.ExitCode, installed.Output + installed.Errors);
        Result made = await Nano.RunAsync(
            s_packed.Work, s_packed.Environment, ["dotnet", "new", "http2nano", "-n", "Twin", "-o", "template/Twin", "--board", "ESP32-C3", "--debug:custom-hive", hive]);
        Assert.AreEqual(0, made.ExitCode, made.Output + made.Errors);
        Directory.CreateDirectory(Path.Combine(s_packed.Work, "tool"));
        Result own = await Nano.RunAsync(Path.Combine(s_packed.Work, "tool"), s_packed.Environment, [s_packed.Tool, "new", "Twin", "--board", "ESP32-C3"]);
        Assert.AreEqual(0, own.ExitCode, own.Errors);
        string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
        string template = Path.Combine(s_packed.Work, "template", "Twin");
        string tool = Path.Combine(s_packed.Work, "tool", "Twin");
        CollectionAssert.AreEqual(Files(template), Files(tool));
        foreach (string file in Files(template))
        {
            Assert.AreEqual(Text(Path.Combine(template, file)), Text(Path.Combine(tool, file)), file);
        }

        static string Text(string path) => System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), "<ProjectGuid>.*</ProjectGuid>", "");
    }

    [TestMethod]
    public void What_is_packed_says_what_it_is_and_links_to_nothing_that_is_not_there()
    {
        foreach (string path in Directory.EnumerateFiles(s_packed.Source, "*.nupkg"))
        {
            using System.IO.Compression.ZipArchive package = System.IO.Compression.ZipFile.OpenRead(path);
            string name = Path.GetFileName(path);
            string Read(Func<string, bool> which)
            {
                using var reader = new StreamReader(package.Entries.Single(entry => which(entry.FullName)).Open());
                return reader.ReadToEnd();
            }

            System.Xml.Linq.XElement metadata = System.Xml.Linq.XDocument.Parse(Read(entry => entry.EndsWith(".nuspec", StringComparison.Ordinal))).Root!.Elements().First();
            foreach (string element in new[] { "id", "version", "authors", "license", "readme", "icon", "description", "copyright", "tags", "releaseNotes" })
            {
                Assert.AreNotEqual("", metadata.Elements().SingleOrDefault(item => item.Name.LocalName == element)?.Value ?? "", $"{name} has no {element}.");
            }

            string readme = Read(entry => entry == "README.md");
            Assert.DoesNotMatchRegex(@"\]\((?!https?:|#)", readme, $"{name}: a link leads nowhere.");
            Assert.DoesNotContain("<!--", readme, name);
        }
    }

    private static async Task<string> BrowseAsync(Uri page)
    {
        using var profile = new TemporaryFolder();
        Outcome outcome = await Tool.Find("chromium", "chromium-browser", "google-chrome").SucceedAsync(
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + profile.Path, "--dump-dom", page.ToString()]);
        return outcome.Text;
    }

    private static HttpClient Client() => new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });

    private static async Task WaitForAsync(Func<HttpClient, Task<bool>> condition)
    {
        using HttpClient client = Client();
        for (int i = 0; i < 100; i++)
        {
            if (await condition(client))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("The changed page was not served.");
    }
}
