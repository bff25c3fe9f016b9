using System;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Http2Nano.Attacks.Loopback;

namespace Http2Nano.Soak;

/// <summary>The server in a process of its own: a line on its input asks for a sample, the end of its input ends it.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The argument that makes this program such a process.</summary>
    public const string Argument = "serve";

    private readonly Process _process;

    public ServerProcess()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(ServerProcess).Assembly.Location, Argument] : [Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        EndPoint = new IPEndPoint(IPAddress.Loopback, int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>What that process does.</summary>
    public static int Serve()
    {
        using var server = new AttackedServer();
        Console.WriteLine(server.EndPoint.Port);
        while (Console.ReadLine() != null)
        {
            Console.WriteLine(Sample.Of(server).Format());
        }

        return 0;
    }

    public Sample Measure()
    {
        _process.StandardInput.WriteLine();
        return Sample.Parse(_process.StandardOutput.ReadLine()!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
