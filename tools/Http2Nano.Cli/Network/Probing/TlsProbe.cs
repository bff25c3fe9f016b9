using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Cli.Network.Probing;

/// <summary>Probes a server's TLS.</summary>
internal static class TlsProbe
{
    private static readonly (SslProtocols Version, string Name)[] s_versions = [(SslProtocols.Tls12, "TLS 1.2"), (SslProtocols.Tls13, "TLS 1.3")];

    /// <summary>Makes a handshake with each version, and one like a browser's.</summary>
    /// <exception cref="TlsException">No handshake succeeds.</exception>
    public static ProbeTls Ask(Target target, int milliseconds)
    {
        X509Certificate2? certificate = null;
        SslPolicyErrors errors = SslPolicyErrors.None;
        long started = Stopwatch.GetTimestamp();
        string cipher;
        string? alpn;
        using (var stream = (SslStream)target.Open(milliseconds, [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11], seen: (seen, wrong) =>
        {
            certificate = seen;
            errors = wrong;
        }))
        {
            cipher = stream.NegotiatedCipherSuite.ToString();
            alpn = stream.NegotiatedApplicationProtocol.Protocol.IsEmpty ? null : stream.NegotiatedApplicationProtocol.ToString();
        }

        // The first handshake includes the time in which this program is compiled.
        double handshake = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        List<string> versions = [];
        foreach ((SslProtocols version, string name) in s_versions)
        {
            try
            {
                started = Stopwatch.GetTimestamp();
                using Stream stream = target.Open(milliseconds, [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11], version);
                handshake = Math.Min(handshake, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                versions.Add(name);
            }
            catch (TlsException)
            {
                // The version is not supported.
            }
        }

        using (certificate)
        {
            return new ProbeTls(
                versions, cipher, alpn, handshake, certificate!.Subject, certificate.Issuer, certificate.NotAfter.ToUniversalTime(), Trouble(certificate, errors));
        }
    }

    private static string? Trouble(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        List<string> troubles = [];
        if (certificate.NotAfter < DateTime.Now)
        {
            troubles.Add("it has ended");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            troubles.Add("it is for another name");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && troubles.Count == 0)
        {
            troubles.Add(certificate.Subject == certificate.Issuer ? "it is signed by itself" : "this machine does not trust who signed it");
        }

        return string.Join(", and ", troubles.Count == 0 ? ["the server shows none"] : troubles);
    }
}
