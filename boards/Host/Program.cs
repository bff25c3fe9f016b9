using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Development;
using Http2Nano.Drives;
using Http2Nano.Host;
using Http2Nano.Hosting;
using Http2Nano.Messages;

const int Frames = 256;
const int LongestPages = 4 * 1024 * 1024;
const int LongestFile = 64 * 1024 * 1024;
const int Readers = 8;
const string PagesFile = "www.pack";

var sensorFault = new Option<int>("--sensor-fault") { Description = "Let the temperature sensor fall silent for this many seconds, answer for as many, and so on.", HelpName = "seconds" };
sensorFault.Validators.Add(result =>
{
    if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 3600))
    {
        result.AddError("--sensor-fault must be a number of seconds from 1 to 3600.");
    }
});

string[] parts = [SimulatedBoard.Sensor, SimulatedBoard.Wifi, SimulatedBoard.Switch, SimulatedBoard.Storage];
var without = new Option<string[]>("--without") { Description = $"Be a device that lacks a part: {string.Join(", ", parts[..^1])} or {parts[^1]} (for settings); may be given again.", HelpName = "part", AllowMultipleArgumentsPerToken = false };
without.Validators.Add(result =>
{
    if (result.Tokens.Any(token => !parts.Contains(token.Value)))
    {
        result.AddError($"--without must be {string.Join(", ", parts[..^1])} or {parts[^1]}.");
    }
});

var drive = new Option<string>("--drive") { Description = "Use this folder as the device's drive: its files are below /files/, and it keeps updates of the pages (www.pack) and another certificate (.server.pem).", HelpName = "folder" };

var host = new DevelopmentHost("boards/Dashboard/www", Make)
{
    Description = "Serves the dashboard of a simulated device over HTTP/2 and HTTP/1.1.",
    Title = "Http2Nano serves the dashboard of a simulated device:",
    SignInPurpose = "to use the switch or change settings",
    HasUsers = true,
};
host.Options.Add(sensorFault);
host.Options.Add(without);
host.Options.Add(drive);
return host.Run(args);

DevelopmentApplication Make(DevelopmentContext context)
{
    BoardProfile profile = context.Board ?? BoardProfile.OfProfile("default")!;
    DashboardOptions options = context.Board == null
        ? new DashboardOptions { EchoRings = 8, EchoRingSize = 16384, HistorySamples = 720, HistoryInterval = 10 }
        : profile.ProfileName == "tiny" ? DashboardOptions.Small() : new DashboardOptions();
    options.Users = context.Users;
    AssetPack? stored = null;
    HostDrive? files = null;
    if (context.Arguments.GetValue(drive) is { } folder)
    {
        files = new HostDrive(folder);
        var file = new PackFile(files, PagesFile);
        stored = file.Open();
        options.AddPart(new PageRoutes(file, LongestPages));
        if (stored == null && !file.IsMissing)
        {
            Console.Error.WriteLine($"{Path.Combine(folder, PagesFile)} {file.Fault} The pages of the sources are served.");
        }
    }

    // The page compares two ports, so it needs both.
    if (context.HttpPort != 0 && context.HttpsPort != 0)
    {
        options.HttpPort = context.HttpPort;
        options.HttpsPort = context.HttpsPort;
    }

    var board = new SimulatedBoard(profile, new MemoryBudget(context.Server).Total, context.Arguments.GetValue(sensorFault), context.Arguments.GetValue(without) ?? []);
    if (profile.ProfileName != "tiny")
    {
        string user = context.Arguments.GetValue<string[]>("--user") is [string first, ..] ? first.Split(':')[0] : "admin";
        if (options.Users != null)
        {
            options.AddPart(new SessionRoutes());
        }

        options.AddPart(new FrameRoutes(Frames, options.Clock));
        SimulatedControl? control = null;
        SimulatedCertificate? certificate = context.HttpsPort == 0 ? null : new SimulatedCertificate(context, board, () => control!.HostName, context.Arguments.GetValue(drive));
        control = new SimulatedControl(board, context.Users, user, certificate);
        options.AddPart(new ManagementRoutes(control));
        if (certificate != null)
        {
            options.AddPart(new CertificateRoutes(certificate));
        }
    }

    var dashboard = new DashboardApplication(board, stored ?? context.Pages.Pack, options);
    Timer? recorder = null;
    return new DevelopmentApplication(dashboard.Router)
    {
        Root = dashboard,

        // Pages that the drive has are not those of the sources, whose changes do not matter then.
        Pages = stored == null ? dashboard.Pages : null,
        HostRoutes = router =>
        {
            router.MapStream(HttpMethod.Post, "/api/upload", new UploadRoute().Handle);
            router.MapWebSocket("/api/socket", new EchoSocket().Handle);
            if (files != null)
            {
                router.MapGet("/files/{*path}", new FolderRoute(files, string.Empty, Readers) { Lists = true }.Handle);
                router.MapStream(HttpMethod.Put, "/files/{*path}", new FileUpload(files, null, LongestFile).Handle);
                dashboard.GuardChanges("/files");
            }

            // What the board has no room for.
            FixedRoutes.Map(dashboard, board, new DashboardOptions { Bytes = !options.Bytes, EchoRings = options.EchoRings == 0 ? 2 : 0, Metrics = false });
        },
        Attach = counters => dashboard.Counters = counters,
        Started = () =>
        {
            recorder = new Timer(_ => dashboard.Record(), null, 0, 1000);
            dashboard.Log.Write($"The device serves with the profile {profile.ProfileName}");
        },
        Stopping = () =>
        {
            recorder?.Dispose();
            dashboard.Stop();
        },
    };
}
