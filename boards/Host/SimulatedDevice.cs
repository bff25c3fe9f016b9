using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Http2Nano.Dashboard;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Packing;
using Spectre.Console;

namespace Http2Nano.Host;

/// <summary>Runs the dashboard on this machine until it is told to stop.</summary>
internal static class SimulatedDevice
{
    private const string BothOff = "--http and --https are both 0: turn one of them on.";

    public static int Run(HostSettings settings)
    {
        if (settings is { Http: 0, Https: 0 })
        {
            return Fail(BothOff);
        }

        try
        {
            Profile profile = settings.Profile ?? Profile.Usual;
            HttpServerOptions options = Options(settings);
            Users users = Users.From(settings);
            using var pages = new LiveFolder(FindPages(), exception => Console.Error.WriteLine(exception.Message));
            var board = new SimulatedBoard(profile, new MemoryBudget(options).Total, settings.SensorFault);
            var application = new DashboardApplication(board, pages.Pack, Options(settings, users));
            pages.Feed(application.Pages);
            if (!settings.Quiet)
            {
                application.Router.OnAnswered = RequestLog.Write;
            }

            application.Router.OnFailed = RequestLog.WriteFailure;
            var server = new HttpServer(options, application.Router);
            application.Counters = server.Counters;
            server.Start();
            application.Log.Write($"The device serves with the profile {profile.Name}");
            Announce(settings, users);
            WaitForSignal();
            application.Stop();
            server.Stop();
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or PackingException or IOException)
        {
            return Fail(exception.Message);
        }
    }

    public static int PrintBudget(HostSettings settings)
    {
        if (settings is { Http: 0, Https: 0 })
        {
            return Fail(BothOff);
        }

        BudgetTable.Print(Options(settings), settings.Profile ?? Profile.Usual);
        return 0;
    }

    private static HttpServerOptions Options(HostSettings settings)
    {
        var options = new HttpServerOptions
        {
            Address = settings.Address,
            Port = settings.Http == 0 ? HttpServerOptions.Off : settings.Http,
            TlsPort = settings.Https == 0 ? HttpServerOptions.Off : settings.Https,
            Tls = settings.Https == 0 ? null : new HostTlsAcceptor(DevelopmentCertificate.Create(settings.Address)),
        };
        if (settings.Profile is { } profile)
        {
            options.Limits = profile.Limits();
        }
        else
        {
            // A PC has room for many that wait; each dropped attempt to connect costs its client a second.
            options.Backlog = 512;
            options.SilentConnections = 6;
        }

        return options;
    }

    private static DashboardOptions Options(HostSettings settings, Users users)
    {
        DashboardOptions options = settings.Profile?.Dashboard() ?? new DashboardOptions { EchoRings = 8, EchoRingSize = 16384 };
        options.Users = users.Secrets;

        // Both, or there is nothing to compare.
        if (settings.Http != 0 && settings.Https != 0)
        {
            options.HttpPort = settings.Http;
            options.HttpsPort = settings.Https;
        }

        return options;
    }

    // The sources' own folder, so that a change of a page is seen at once; or the copy beside the program.
    private static string FindPages()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string pages = Path.Combine(folder.FullName, "boards", "Dashboard", "www");
            if (Directory.Exists(pages))
            {
                return pages;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "www");
    }

    private static void Announce(HostSettings settings, Users users)
    {
        string host = settings.Address.ToString() is "127.0.0.1" or "0.0.0.0" ? "localhost" : settings.Address.ToString();
        Console.WriteLine("Http2Nano serves the dashboard of a simulated device:");
        if (settings.Http != 0)
        {
            Console.WriteLine($"  http://{host}:{settings.Http}   HTTP/1.1, and HTTP/2 with prior knowledge or by upgrade");
        }

        if (settings.Https != 0)
        {
            Console.WriteLine($"  https://{host}:{settings.Https}  HTTP/2 by ALPN, or HTTP/1.1 (development certificate of this run)");
        }

        if (users.Development != null)
        {
            Console.WriteLine($"Sign in as {users.Development} to use the switch or change settings; --user names others.");
        }

        Console.WriteLine("Press Ctrl-C to stop.");
    }

    private static void WaitForSignal()
    {
        using var stop = new ManualResetEventSlim();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        stop.Wait();
    }

    private static int Fail(string sentence)
    {
        IAnsiConsole error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        error.Profile.Width = int.MaxValue;
        error.MarkupLineInterpolated($"[red]{sentence}[/]");
        return 1;
    }
}
