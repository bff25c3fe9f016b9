using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>A reverse proxy of the machine as a process, with a configuration and a certificate that are made for it.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private const int StartTimeout = 60;

    private readonly Process _process;
    private readonly string _folder;
    private readonly Task<string> _said;

    private ProxyProcess(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        _said = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Port = port;
    }

    public int Port { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a proxy before one board and waits until it listens.</summary>
    /// <param name="name">haproxy, nginx, caddy, apache2 or nghttpx.</param>
    /// <param name="configuration">How it reaches the board.</param>
    public static Task<ProxyProcess> StartAsync(string name, ProxyConfiguration configuration) =>
        StartAsync(name, (port, folder) => configuration.Text(name, port, folder));

    /// <summary>Starts a proxy and waits until it listens.</summary>
    /// <param name="name">haproxy, nginx, caddy, apache2 or nghttpx.</param>
    /// <param name="configuration">Makes the configuration, from the port to listen at and a folder that has certificate.pem, key.pem and both.pem.</param>
    public static async Task<ProxyProcess> StartAsync(string name, Func<int, string, string> configuration)
    {
        Tool tool = Tool.Find(name, "/usr/sbin/" + name);
        string folder = Directory.CreateTempSubdirectory("http2nano-proxy-").FullName;
        await WriteCertificateAsync(folder);
        int port = Ports.Take();
        string file = Path.Combine(folder, "configuration");
        await File.WriteAllTextAsync(file, Complete(name, configuration(port, folder), folder));
        var start = new ProcessStartInfo(tool.Path) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["XDG_DATA_HOME"] = folder;
        start.Environment["XDG_CONFIG_HOME"] = folder;
        foreach (string option in Options(name, file, folder))
        {
            start.ArgumentList.Add(option);
        }

        var proxy = new ProxyProcess(Process.Start(start)!, folder, port);
        if (!await proxy.ListensAsync())
        {
            proxy._process.Kill(entireProcessTree: true);
            Assert.Fail($"{name} does not listen: {await proxy._said}");
        }

        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        Console.WriteLine(await _said);
        _process.Dispose();
        Directory.Delete(_folder, true);
    }

    private static string[] Options(string name, string file, string folder) => name switch
    {
        "haproxy" => ["-db", "-f", file],
        "nginx" => ["-e", "stderr", "-g", $"daemon off; pid {folder}/pid;{(Environment.IsPrivilegedProcess ? " user root;" : "")}", "-c", file],
        "caddy" => ["run", "--adapter", "caddyfile", "--config", file],
        "apache2" => ["-D", "FOREGROUND", "-f", file],
        "nghttpx" => ["--conf", file],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    // Places for what the installed configuration has in /var.
    private static string Complete(string name, string configuration, string folder)
    {
        if (name != "nginx" || configuration.Contains("client_body_temp_path", StringComparison.Ordinal))
        {
            return configuration;
        }

        List<string> lines = ["access_log off;", $"error_log stderr;", $"client_body_temp_path {folder}/body;"];
        foreach (string module in new[] { "proxy", "fastcgi", "uwsgi", "scgi" })
        {
            lines.Add($"{module}_temp_path {folder}/{module};");
        }

        return configuration.Replace("http {", "http { " + string.Join(' ', lines), StringComparison.Ordinal);
    }

    private static async Task WriteCertificateAsync(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string pem = certificate.ExportCertificatePem() + "\n";
        string secret = key.ExportPkcs8PrivateKeyPem() + "\n";
        await File.WriteAllTextAsync(Path.Combine(folder, "certificate.pem"), pem);
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), secret);
        await File.WriteAllTextAsync(Path.Combine(folder, "both.pem"), pem + secret);
    }

    private async Task<bool> ListensAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!_process.HasExited && watch.Elapsed.TotalSeconds < StartTimeout)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }
}
