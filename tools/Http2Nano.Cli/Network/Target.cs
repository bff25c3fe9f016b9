using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Http2Nano.Development;

namespace Http2Nano.Cli.Network;

/// <summary>A server's address, taken from a URL.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Addresses">The addresses of its host name.</param>
internal sealed record Target(Uri Url, IPAddress[] Addresses)
{
    public bool IsSecure => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>The authority for requests.</summary>
    public string Authority => Url.IsDefaultPort ? Url.IdnHost : $"{(Url.HostNameType == UriHostNameType.IPv6 ? $"[{Url.IdnHost}]" : Url.IdnHost)}:{Url.Port}";

    /// <summary>Path and query.</summary>
    public string Path => Url.PathAndQuery;

    /// <summary>Whether all addresses are of this machine or of private networks (RFC 1918, 3927, 4193).</summary>
    public bool IsPrivate => Addresses.All(IsPrivateAddress);

    /// <summary>Parses a URL and resolves its host name.</summary>
    /// <exception cref="UserException">The text is not a URL of a web server, or its host name cannot be resolved.</exception>
    public static Target Resolve(string text)
    {
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out Uri? url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.Host.Length == 0)
        {
            throw new UserException($"'{text}' is no address of a web server: write for instance http://192.168.1.7/ or https://localhost:8443/.");
        }

        try
        {
            IPAddress[] addresses = IPAddress.TryParse(url.IdnHost, out IPAddress? address) ? [address] : Dns.GetHostAddresses(url.IdnHost);
            return addresses.Length != 0 ? new Target(url, addresses) : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException exception)
        {
            throw new UserException($"The name {url.Host} stands for no address ({exception.Message}): is it spelt right, and is there a network?");
        }
    }

    /// <summary>Connects.</summary>
    /// <exception cref="UserException">The server does not answer.</exception>
    public Socket Connect(int milliseconds)
    {
        SocketException? last = null;
        foreach (IPAddress address in Addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                if (!socket.ConnectAsync(address, Url.Port).Wait(milliseconds))
                {
                    throw new SocketException((int)SocketError.TimedOut);
                }

                socket.SendTimeout = milliseconds;
                socket.ReceiveTimeout = milliseconds;
                return socket;
            }
            catch (Exception exception) when (exception is SocketException or AggregateException { InnerException: SocketException })
            {
                socket.Dispose();
                last = exception as SocketException ?? (SocketException)exception.InnerException!;
            }
        }

        throw new UserException($"Nobody answers at {Authority}: {Reason(last!)}");
    }

    /// <summary>Connects, with TLS if the URL's scheme is https.</summary>
    /// <param name="milliseconds">The most that each step may take.</param>
    /// <param name="protocols">The protocols to offer by ALPN; none if empty.</param>
    /// <param name="versions">The versions of TLS to offer.</param>
    /// <param name="seen">Called with the certificate and its errors.</param>
    public Stream Open(int milliseconds, SslApplicationProtocol[] protocols, SslProtocols versions = SslProtocols.None, Action<X509Certificate2, SslPolicyErrors>? seen = null)
    {
        var network = new NetworkStream(Connect(milliseconds), true);
        if (!IsSecure)
        {
            return network;
        }

        var secure = new SslStream(network, false);
        try
        {
            using var deadline = new System.Threading.CancellationTokenSource(milliseconds);
            secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = Url.IdnHost,
                    ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols],
                    EnabledSslProtocols = versions,
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                    {
                        if (certificate != null)
                        {
                            seen?.Invoke(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()), errors);
                        }

                        return true;
                    },
                },
                deadline.Token).GetAwaiter().GetResult();
            return secure;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException or SocketException)
        {
            secure.Dispose();
            throw new TlsException(exception is OperationCanceledException ? "the handshake did not end in time" : (exception.InnerException ?? exception).Message, exception);
        }
    }

    private static string Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "the port is closed. Is the server running, and is the port right?",
        SocketError.TimedOut => "no answer in time. Is the device on, and in this network?",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to it. Is this machine in the same network?",
        _ => exception.Message,
    };

    private static bool IsPrivateAddress(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal)
        {
            return true;
        }

        byte[] octets = address.GetAddressBytes();
        return octets.Length == 4 && (octets[0] == 10 || (octets[0] == 172 && (octets[1] & 0xF0) == 16) || (octets[0] == 192 && octets[1] == 168) || (octets[0] == 169 && octets[1] == 254));
    }
}

/// <summary>A TLS handshake that failed.</summary>
internal sealed class TlsException(string message, Exception inner) : Exception(message, inner);
