using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Http2Nano.Development;

namespace Http2Nano.Cli.Network.Probing;

/// <summary>Sends a request with each protocol, one connection after the other.</summary>
internal sealed class Prober(Target target, int milliseconds)
{
    // ENABLE_PUSH 1 and INITIAL_WINDOW_SIZE 2^31-1, as base64url (RFC 7540 3.2.1).
    private const string SettingsField = "AAIAAAABAAR_____";
    private const string OverTls = "HTTP/2 over TLS by ALPN";
    private const string Prior = "HTTP/2 with prior knowledge";
    private const string Upgrade = "HTTP/2 by upgrade";
    private const string Http1 = "HTTP/1.1";

    private readonly List<ProbeProtocol> _protocols = [];
    private Http2Probe? _http2;
    private Http1Response? _http1;
    private string _priorities = "unknown";

    /// <summary>Probes the server.</summary>
    /// <exception cref="UserException">The server does not answer, or not with HTTP.</exception>
    public ProbeReport Probe()
    {
        ProbeTls? tls = null;
        target.Connect(milliseconds).Dispose();
        if (target.IsSecure)
        {
            try
            {
                tls = TlsProbe.Ask(target, milliseconds);
            }
            catch (TlsException exception)
            {
                throw new UserException($"{target.Authority} does not speak TLS as this machine does: {exception.Message.TrimEnd('.')}. Is it a port for http://?");
            }

            AskByAlpn(tls);
        }

        AskWithPriorKnowledge();
        if (!target.IsSecure)
        {
            AskForUpgrade();
        }

        AskHttp1();
        if (_protocols.TrueForAll(protocol => !protocol.Speaks))
        {
            throw new UserException($"What answers at {target.Authority} speaks no HTTP: is the port right{(target.IsSecure ? "" : ", or is it one for https://")}?");
        }

        List<(string Name, string Value)> fields = _http2 is { Status: not 0 } ? _http2.Fields : _http1?.Fields ?? [];
        ProbeHttp2? http2 = _http2?.Report(_priorities);
        return new ProbeReport(
            target.Url.ToString(),
            string.Join(", ", target.Addresses.Select(address => address.ToString())),
            tls,
            _protocols,
            http2,
            [.. fields.Where(field => !field.Name.StartsWith(':')).Select(field => $"{field.Name}: {field.Value}")],
            Findings.Of(tls, _protocols, http2, fields, _http1));
    }

    private void AskByAlpn(ProbeTls tls)
    {
        if (tls.Alpn != "h2")
        {
            _protocols.Add(new ProbeProtocol(OverTls, false, 0, null, tls.Alpn == null ? "the server does no ALPN" : $"the server chose {tls.Alpn}"));
            return;
        }

        Try(OverTls, () =>
        {
            using Stream stream = target.Open(milliseconds, [SslApplicationProtocol.Http2]);
            return Http2(stream);
        });
        AskForPriorities([SslApplicationProtocol.Http2]);
    }

    private void AskWithPriorKnowledge()
    {
        bool alreadyKnown = _http2 is { Status: not 0 };
        Try(Prior, () =>
        {
            using Stream stream = target.Open(milliseconds, []);
            return Http2(stream);
        });
        if (!alreadyKnown && _http2 is { Status: not 0 })
        {
            AskForPriorities([]);
        }
    }

    private void AskForPriorities(SslApplicationProtocol[] protocols)
    {
        if (_http2 is not { Status: not 0 } http2)
        {
            return;
        }

        try
        {
            using Stream stream = target.Open(milliseconds, protocols);
            _priorities = http2.AskForPriorities(stream);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            _priorities = "unknown: " + Reason(exception);
        }
    }

    private (int Status, double? FirstByte, string Remark) Http2(Stream stream)
    {
        var probe = new Http2Probe(target);
        probe.Ask(stream);
        _http2 ??= probe;
        return (probe.Status, probe.FirstByte, "");
    }

    private void AskForUpgrade() => Try(Upgrade, () =>
    {
        using Stream stream = target.Open(milliseconds, []);
        var peer = new Http1Peer(stream);
        long asked = Stopwatch.GetTimestamp();
        peer.Send(Request("connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: " + SettingsField + "\r\n"));
        Http1Response response = peer.Read();
        if (response.Status != 101)
        {
            throw new InvalidDataException($"the server answers {response.Status} over {response.Version}");
        }

        var probe = new Http2Probe(target);
        probe.GoOn(stream, peer.Rest, asked);
        return (probe.Status, probe.FirstByte, "");
    });

    private void AskHttp1() => Try(Http1, () =>
    {
        using Stream stream = target.Open(milliseconds, target.IsSecure ? [SslApplicationProtocol.Http11] : []);
        var peer = new Http1Peer(stream);
        long asked = Stopwatch.GetTimestamp();
        double? first = null;
        peer.FirstByte = () => first = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        peer.Send(Request(""));
        Http1Response response = peer.Read();
        _http1 = response;
        string remark = response.KeepsAlive ? "keeps the connection" : "closes the connection";
        if (response.KeepsAlive)
        {
            peer.Send(Request(""));
            peer.Read();
        }

        return (response.Status, first, remark + (response.IsChunked ? ", in chunks" : ""));
    });

    private byte[] Request(string more) => Encoding.UTF8.GetBytes(
        $"GET {target.Path} HTTP/1.1\r\nhost: {target.Authority}\r\nuser-agent: http2nano\r\naccept: */*\r\naccept-encoding: gzip\r\n{more}\r\n");

    private void Try(string name, Func<(int Status, double? FirstByte, string Remark)> ask)
    {
        try
        {
            // The first call includes the time in which this program is compiled.
            ask();
            (int status, double? firstByte, string remark) = ask();
            _protocols.Add(new ProbeProtocol(name, true, status, firstByte, remark));
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            _protocols.Add(new ProbeProtocol(name, false, 0, null, Reason(exception)));
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is IOException or SocketException or InvalidDataException or TlsException or UserException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException;

    private static string Reason(Exception exception)
    {
        string reason = exception is IOException { InnerException: SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock } }
            ? "no answer in time"
            : exception is IOException { InnerException: SocketException } ? "the server ends the connection" : exception.Message.TrimEnd('.');
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(reason[0])}{reason[1..]}");
    }
}
