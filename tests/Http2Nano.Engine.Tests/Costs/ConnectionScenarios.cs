using System;
using System.Text;
using Http2Nano.CostCounter;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>A connection over HTTP/1.1 with one request, from its beginning to its end, without the loop and the sockets.</summary>
/// <param name="known">Whether the connection before it had the same request; otherwise it had another host.</param>
public abstract class OwnConnection(bool known) : ICostScenario
{
    private const int WarmUp = 4;
    private readonly byte[][] _heads = [Head("device.local"), Head("192.168.1.7")];
    private readonly byte[] _text = "21.5"u8.ToArray();
    private HttpSession _session = null!;
    private int _next;

    /// <inheritdoc/>
    public string Name => $"a connection for one GET, {(known ? "the same as before" : "another one than before")}";

    /// <inheritdoc/>
    public string Unit => "request";

    /// <inheritdoc/>
    public void Prepare()
    {
        Router router = new();
        router.MapGet("/api/garage", (_, response) => response.Write(_text));
        _session = new HttpSession(new HttpLimits(), router, new ServerCounters());
        for (int i = 0; i < WarmUp; i++)
        {
            Run();
        }
    }

    /// <inheritdoc/>
    public void Run()
    {
        byte[] head = _heads[_next];
        _next = known ? 0 : 1 - _next;
        _session.Begin(0, false);
        Array.Copy(head, 0, _session.Receive.Bytes, 0, head.Length);
        _session.Receive.End += head.Length;
        _session.Advance(1);
        ReadOnlySpan<byte> sent = _session.Transmit.Bytes.AsSpan(_session.Transmit.Start, _session.Transmit.Length);
        if (!sent.StartsWith("HTTP/1.1 200 "u8) || !sent.EndsWith(_text) || !_session.Finished)
        {
            throw new InvalidOperationException($"{Name}: {Encoding.ASCII.GetString(sent)}");
        }
    }

    private static byte[] Head(string host) =>
        Encoding.ASCII.GetBytes($"GET /api/garage HTTP/1.1\r\nHost: {host}\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\nConnection: close\r\n\r\n");
}

/// <summary>The same request on each connection.</summary>
public sealed class KnownOwnConnection() : OwnConnection(true);

/// <summary>Another request on each connection.</summary>
public sealed class UnknownOwnConnection() : OwnConnection(false);
