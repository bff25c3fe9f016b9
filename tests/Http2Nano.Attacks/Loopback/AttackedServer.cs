using System;
using System.Net;
using Http2Nano.Development.Budget;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Attacks.Loopback;

/// <summary>The server on a port of the loopback interface, in this process, so that its memory can be looked at.</summary>
internal sealed class AttackedServer : IDisposable
{
    private readonly HttpServer _server;

    public AttackedServer(HttpLimits? limits = null, Action<HttpServerOptions>? more = null)
    {
        var options = new HttpServerOptions { Address = IPAddress.Loopback, Port = 0, Limits = limits ?? HttpProfiles.Default() };
        more?.Invoke(options);
        _server = new HttpServer(options, new AttackedApplication());
        _server.Start();
        Held = Measure();
    }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, _server.Port);

    public IPEndPoint TlsEndPoint => new(IPAddress.Loopback, _server.TlsPort);

    public ServerCounters Counters => _server.Counters;

    /// <summary>Bytes that the server held when it had just started, by the device's rules.</summary>
    public int Held { get; }

    /// <summary>Bytes that it holds now.</summary>
    public int Measure() => new HeapWalk().Add(_server).Bytes;

    public void Dispose() => _server.Stop();
}
