using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Http2Nano.Scoreboard;

/// <summary>A server on the scoreboard, running: one process, or two where each serves one kind of connection only.</summary>
/// <param name="name">Its column.</param>
/// <param name="processes">What it consists of.</param>
/// <param name="ports">Where each kind of connection is served.</param>
internal sealed class Contestant(string name, IReadOnlyList<ServerProcess> processes, IReadOnlyDictionary<Wire, int> ports) : IDisposable
{
    public string Name => name;

    /// <summary>Whether it takes part in a cell: it speaks the protocol.</summary>
    public bool Serves(Cell cell) => ports.ContainsKey(cell.Wire);

    public Uri Address(Cell cell)
    {
        string scheme = cell.Wire == Wire.Tls ? "https" : "http";
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{ports[cell.Wire]}{cell.Path}"));
    }

    /// <summary>Memory of its processes that is resident, in bytes.</summary>
    public long Resident => processes.Sum(process => process.Resident);

    /// <summary>Time for which its processes have had a processor.</summary>
    public TimeSpan Processor => processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.Processor);

    public void Dispose()
    {
        foreach (ServerProcess process in processes)
        {
            process.Dispose();
        }
    }

    /// <summary>This library in one of its profiles.</summary>
    /// <param name="column">The name of its column.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="folder">Where the build lies whose library is to be used.</param>
    /// <param name="certificate">For TLS.</param>
    public static Contestant Own(string column, string profile, string folder, CertificateFiles certificate)
    {
        string program = Path.Combine(folder, Path.GetFileName(typeof(Contestant).Assembly.Location));
        ServerProcess process = ServerProcess.StartAnnouncing("dotnet", [program, Serving.OwnServer.Argument, profile, certificate.Certificate, certificate.Key]);
        return new Contestant(column, [process], new Dictionary<Wire, int>
        {
            [Wire.H2c] = process.Announced[0],
            [Wire.Http1] = process.Announced[0],
            [Wire.Tls] = process.Announced[1],
        });
    }

    /// <summary>.NET's own server.</summary>
    public static Contestant Kestrel(CertificateFiles certificate)
    {
        string program = typeof(Contestant).Assembly.Location;
        ServerProcess process = ServerProcess.StartAnnouncing("dotnet", [program, Serving.KestrelServing.Argument, certificate.Certificate, certificate.Key]);
        return new Contestant(Aims.Kestrel, [process], new Dictionary<Wire, int>
        {
            [Wire.H2c] = process.Announced[0],
            [Wire.Http1] = process.Announced[1],
            [Wire.Tls] = process.Announced[2],
        });
    }

    /// <summary>nghttp2's server, which speaks HTTP/2 only, and only with or only without TLS.</summary>
    public static Contestant Nghttpd(CertificateFiles certificate)
    {
        string tool = Tool.Path("nghttpd", "nghttp2-server");
        foreach (int length in new[] { Cell.Short, Cell.Long })
        {
            File.WriteAllBytes(Path.Combine(certificate.Folder, length.ToString(CultureInfo.InvariantCulture)), new byte[length]);
        }

        int[] ports = ServerProcess.FreePorts(2);
        string[] common = ["-a", "127.0.0.1", "-d", certificate.Folder];
        string[] Command(int port, params string[] more) => [.. common, port.ToString(CultureInfo.InvariantCulture), .. more];
        return new Contestant(
            Aims.Nghttpd,
            [
                ServerProcess.StartListening(tool, Command(ports[0], "--no-tls"), ports[0]),
                ServerProcess.StartListening(tool, Command(ports[1], certificate.Key, certificate.Certificate), ports[1]),
            ],
            new Dictionary<Wire, int> { [Wire.H2c] = ports[0], [Wire.Tls] = ports[1] });
    }
}
