using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Scoreboard;

/// <summary>A server as a process, until it is disposed of.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int StartSeconds = 20;
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>The ports that it has printed.</summary>
    public IReadOnlyList<int> Announced { get; private set; } = [];

    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? TimeSpan.Zero : _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one that prints its ports in one line, and ends with its input.</summary>
    public static ServerProcess StartAnnouncing(string program, IEnumerable<string> arguments)
    {
        var server = new ServerProcess(Start(program, arguments));
        string? line = server._process.StandardOutput.ReadLine();
        if (line == null || !line.Split(' ').All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            string said = (line + " " + server._process.StandardError.ReadToEnd()).Trim();
            server.Dispose();
            throw new ScoreboardException($"A server did not start: {said}");
        }

        server.Announced = [.. line.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return server;
    }

    /// <summary>Starts one that was told its port, and waits until it listens.</summary>
    public static ServerProcess StartListening(string program, IEnumerable<string> arguments, int port)
    {
        var server = new ServerProcess(Start(program, arguments));
        var watch = Stopwatch.StartNew();
        while (!server._process.HasExited && watch.Elapsed.TotalSeconds < StartSeconds)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return server;
            }
            catch (SocketException)
            {
                Thread.Sleep(20);
            }
        }

        server.Dispose();
        throw new ScoreboardException($"{program} did not listen at port {port}.");
    }

    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
