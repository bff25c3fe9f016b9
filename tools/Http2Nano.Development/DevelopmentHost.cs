using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Development.Budget;
using Http2Nano.Development.Operations;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Packing;
using Http2Nano.Routing;

namespace Http2Nano.Development;

/// <summary>Runs an application on a PC: command line, certificate, users, request log, live pages, budget.</summary>
/// <remarks>
/// The whole program of an application is
/// <code>return DevelopmentHost.Run(args, "www", pages => new HelloApplication(pages).Router);</code>
/// </remarks>
public sealed class DevelopmentHost
{
    private const string BothOff = "--http and --https are both 0: turn one of them on.";

    // A PC can keep a long backlog; a connection attempt that is dropped costs the client a second.
    private const int Backlog = 512;
    private const int SilentConnections = 6;

    private readonly string _pages;
    private readonly Func<DevelopmentContext, DevelopmentApplication> _make;

    /// <summary>Prepares a host.</summary>
    /// <param name="pages">The folder with the pages: a path, or a name that is searched for in the program's folder and above.</param>
    /// <param name="make">Makes the application.</param>
    public DevelopmentHost(string pages, Func<DevelopmentContext, DevelopmentApplication> make)
    {
        ArgumentException.ThrowIfNullOrEmpty(pages);
        ArgumentNullException.ThrowIfNull(make);
        _pages = pages;
        _make = make;
    }

    /// <summary>The first sentence of <c>--help</c>.</summary>
    public string Description { get; init; } = "Serves the application over HTTP/2 and HTTP/1.1.";

    /// <summary>The first line that is printed.</summary>
    public string Title { get; init; } = "Http2Nano serves:";

    /// <summary>The purpose of signing in, as in "Sign in as admin … to change something".</summary>
    public string SignInPurpose { get; init; } = "where the application asks";

    /// <summary>Whether the application has users, so that the development user is printed.</summary>
    public bool HasUsers { get; init; }

    /// <summary>The application's own options; their values are in <see cref="DevelopmentContext.Arguments"/>.</summary>
    public IList<Option> Options { get; } = [];

    /// <summary>Runs an application until Ctrl-C.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="pages">The folder with the pages: a path, or a name that is searched for in the program's folder and above.</param>
    /// <param name="make">Makes the application.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, string pages, Func<StaticAssets, Router> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return new DevelopmentHost(pages, context => new DevelopmentApplication(make(context.Pages))).Run(args);
    }

    /// <summary>Runs the command line: serves until Ctrl-C, or prints what was asked for.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0, or 1 after an error, whose remedy is printed to standard error.</returns>
    public int Run(string[] args)
    {
        var options = new HostOptions();
        var command = new RootCommand(Description);
        options.AddTo(command);
        foreach (Option option in Options)
        {
            command.Add(option);
        }

        command.SetAction(arguments => Run(options, arguments));
        return Commands.Run(command, args);
    }

    private int Run(HostOptions options, ParseResult arguments)
    {
        if (arguments.GetValue(options.Trust))
        {
            return PrintTrust();
        }

        HostSettings settings = options.Read(arguments);
        if (settings is { Http: 0, Https: 0 })
        {
            return Terminal.Fail(BothOff);
        }

        try
        {
            if (arguments.GetValue(options.Count) is { Length: > 0 } requests)
            {
                return CountOperations(settings, arguments, requests);
            }

            return arguments.GetValue(options.Budget)
                ? PrintBudget(settings, arguments, arguments.GetValue(options.Json))
                : Serve(settings, arguments);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or PackingException or IOException or UnauthorizedAccessException)
        {
            return Terminal.Fail(exception.Message);
        }
    }

    private int Serve(HostSettings settings, ParseResult arguments)
    {
        HttpServerOptions server = MakeServer(settings, out _);
        var users = DevelopmentUsers.From(settings.Users, settings.Address);
        using var pages = new LiveFolder(FindPages(), exception => System.Console.Error.WriteLine(exception.Message));
        var context = new DevelopmentContext(pages.Pack, settings, server, users, arguments);
        DevelopmentApplication application = _make(context);
        application.HostRoutes?.Invoke(application.Router);
        application.Router.SendsEarlyHints = settings.EarlyHints;
        if (settings.Proxies.Length != 0)
        {
            application.Router.Proxies = new TrustedProxies(settings.Proxies);
        }

        pages.Feed(application.Pages ?? context.Pages);
        if (!settings.Quiet)
        {
            application.Router.OnAnswered = RequestLog.Write;
        }

        application.Router.OnFailed = RequestLog.WriteFailure;
        var running = new HttpServer(server, application.Router);
        application.Attach?.Invoke(running.Counters);
        running.Start();
        object restarting = new();
        bool ended = false;
        context.Restart = change =>
        {
            lock (restarting)
            {
                if (!ended)
                {
                    running.Stop();
                    change();
                    running.Start();
                }
            }
        };
        application.Started?.Invoke();
        Announce(settings, users);
        WaitForSignal();
        application.Stopping?.Invoke();
        lock (restarting)
        {
            ended = true;
            running.Stop();
        }

        return 0;
    }

    private int PrintBudget(HostSettings settings, ParseResult arguments, bool json)
    {
        BoardProfile board = settings.Board ?? BoardProfile.OfProfile("default")!;
        HeapBudget budget = Quietly(settings with { Board = board }, arguments, (server, changed, application) => HeapBudget.Of(board, server, changed, application));
        if (json)
        {
            System.Console.WriteLine(JsonText.Of(budget));
        }
        else
        {
            BudgetReport.Print(budget);
        }

        return budget.Fits ? 0 : 1;
    }

    private int CountOperations(HostSettings settings, ParseResult arguments, string[] requests)
    {
        System.Console.WriteLine(JsonText.Of(Quietly(settings, arguments, (server, _, application) => OperationCount.Of(server, application.Router, requests))));
        return 0;
    }

    // Makes the application without serving it.
    private T Quietly<T>(HostSettings settings, ParseResult arguments, Func<HttpServerOptions, string[], DevelopmentApplication, T> use)
    {
        HttpServerOptions server = MakeServer(settings, out string[] changed);
        using var pages = new LiveFolder(FindPages());
        DevelopmentApplication application = _make(new DevelopmentContext(pages.Pack, settings, server, DevelopmentUsers.From(settings.Users, settings.Address), arguments));
        try
        {
            server.Validate();
            return use(server, changed, application);
        }
        finally
        {
            application.Stopping?.Invoke();
        }
    }

    private static HttpServerOptions MakeServer(HostSettings settings, out string[] changed)
    {
        var server = new HttpServerOptions
        {
            Address = settings.Address,
            Port = settings.Http == 0 ? HttpServerOptions.Off : settings.Http,
            TlsPort = settings.Https == 0 ? HttpServerOptions.Off : settings.Https,
            Tls = settings.Https == 0 ? null : new HostTlsAcceptor(DevelopmentCertificate.LoadOrCreate(settings.Address)),
        };
        if (settings.Board is { } board)
        {
            server.Limits = board.Limits();
            board.ApplySockets(server);
        }
        else
        {
            server.SilentConnections = SilentConnections;
        }

        if (!settings.HasSocketsOfBoard)
        {
            server.Backlog = Backlog;
        }

        changed = LimitNames.Apply(server, settings.Limits);
        return server;
    }

    // The folder of the sources, so that a changed page is visible at once; or the copy in the program's folder.
    private string FindPages()
    {
        if (Path.IsPathRooted(_pages))
        {
            return Directory.Exists(_pages) ? _pages : throw NoPages();
        }

        string beside = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, _pages));
        for (DirectoryInfo? folder = new DirectoryInfo(AppContext.BaseDirectory).Parent; folder != null; folder = folder.Parent)
        {
            string pages = Path.Combine(folder.FullName, _pages);
            if (Directory.Exists(pages))
            {
                return pages;
            }
        }

        return Directory.Exists(beside) ? beside : throw NoPages();
    }

    private UserException NoPages() => new($"There is no folder '{_pages}' beside the program or above it: the pages belong there.");

    private static int PrintTrust()
    {
        DevelopmentCertificate.LoadOrCreate(System.Net.IPAddress.Loopback).Dispose();
        foreach (string line in DevelopmentCertificate.TrustSteps())
        {
            System.Console.WriteLine(line);
        }

        return 0;
    }

    private void Announce(HostSettings settings, DevelopmentUsers users)
    {
        string host = settings.Address.ToString() is "127.0.0.1" or "0.0.0.0" ? "localhost" : settings.Address.ToString();
        System.Console.WriteLine(Title);
        if (settings.Http != 0)
        {
            System.Console.WriteLine($"  http://{host}:{settings.Http}   HTTP/1.1, and HTTP/2 with prior knowledge or by upgrade");
        }

        if (settings.Https != 0)
        {
            System.Console.WriteLine($"  https://{host}:{settings.Https}  HTTP/2 by ALPN, or HTTP/1.1 (development certificate; --trust says how to trust it)");
        }

        if (settings.Board is { } board)
        {
            System.Console.WriteLine($"It is as small as an {board.Name}.");
        }

        if (HasUsers && users.Development != null)
        {
            System.Console.WriteLine($"Sign in as {users.Development} {SignInPurpose}; --user names others.");
        }

        System.Console.WriteLine("Press Ctrl-C to stop.");
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
}
