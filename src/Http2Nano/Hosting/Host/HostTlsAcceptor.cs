using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Hosting.Host
{
    /// <summary>TLS on the host, with ALPN: <c>h2</c> before <c>http/1.1</c> (RFC 7301, RFC 9113 3.2).</summary>
    public sealed class HostTlsAcceptor : TlsAcceptor
    {
        // RFC 9113 9.2.2, RFC 9325 4.2: only suites with forward secrecy and AEAD.
        private static readonly TlsCipherSuite[] s_suites =
        {
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        };

        private readonly SslServerAuthenticationOptions _options;

        /// <summary>Makes an acceptor.</summary>
        /// <param name="certificate">The server's certificate with its private key.</param>
        /// <exception cref="ArgumentException">The certificate is missing, or has no private key.</exception>
        public HostTlsAcceptor(X509Certificate2 certificate)
            : this(certificate, null)
        {
        }

        /// <summary>Makes an acceptor that sends more than its own certificate.</summary>
        /// <param name="certificate">The server's certificate with its private key.</param>
        /// <param name="others">Those that lead from it to an authority, which clients may not have; null for none.</param>
        /// <exception cref="ArgumentException">The certificate is missing, or has no private key.</exception>
        public HostTlsAcceptor(X509Certificate2 certificate, X509Certificate2Collection others)
        {
            if (certificate == null || !certificate.HasPrivateKey)
            {
                throw new ArgumentException("The TLS certificate has no private key: load it together with its key.");
            }

            _options = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, others, true),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = new List<SslApplicationProtocol> { SslApplicationProtocol.Http2, SslApplicationProtocol.Http11 },
                CipherSuitesPolicy = Suites(),
            };
        }

        /// <summary>Makes an acceptor with a certificate from files.</summary>
        /// <param name="certificate">Path of the certificate, PEM.</param>
        /// <param name="key">Path of its private key, PEM, without a password.</param>
        /// <returns>The acceptor.</returns>
        /// <exception cref="ArgumentException">
        /// They cannot be loaded; the message gives the reason and the remedy.
        /// </exception>
        public static HostTlsAcceptor FromFiles(string certificate, string key)
        {
            try
            {
                using (X509Certificate2 pair = X509Certificate2.CreateFromPemFile(certificate, key))
                {
                    // TLS on Windows takes only keys that have been loaded from a file format.
                    return new HostTlsAcceptor(X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pfx), null));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                throw new ArgumentException(
                    "The TLS certificate " + certificate + " with the key " + key
                    + " does not load: both must be readable PEM files that belong together, the key without a password.");
            }
        }

        /// <inheritdoc/>
        public override bool CanKeepSeveral
        {
            get { return true; }
        }

        // Only with OpenSSL a program can choose the suites; elsewhere the system's administrator does.
        private static CipherSuitesPolicy Suites()
        {
            return OperatingSystem.IsLinux() ? new CipherSuitesPolicy(s_suites) : null;
        }

        /// <inheritdoc/>
        public override Transport Accept(Socket socket, IHandshakeLimit limit, int writeTimeout)
        {
            SocketOptions.Apply(socket, writeTimeout);
            HostTlsTransport transport = new HostTlsTransport(socket, new HostSocket(), writeTimeout);
            bool done = false;
            try
            {
                done = transport.Shake(_options, limit);
            }
            finally
            {
                if (!done)
                {
                    // The client refused the certificate, sent something else, or was too slow: the alert is all that it
                    // is told.
                    transport.Close(0);
                }
            }

            return done ? transport : null;
        }
    }
}
