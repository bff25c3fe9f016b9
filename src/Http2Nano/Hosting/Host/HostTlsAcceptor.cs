using System;
using System.Collections.Generic;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace Http2Nano.Hosting.Host
{
    /// <summary>TLS on the host, with ALPN: <c>h2</c> before <c>http/1.1</c> (RFC 7301, RFC 9113 3.2).</summary>
    public sealed class HostTlsAcceptor : TlsAcceptor
    {
        private readonly SslServerAuthenticationOptions _options;

        /// <summary>Makes an acceptor.</summary>
        /// <param name="certificate">The server's certificate with its private key.</param>
        public HostTlsAcceptor(X509Certificate2 certificate)
        {
            _options = new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = new List<SslApplicationProtocol> { SslApplicationProtocol.Http2, SslApplicationProtocol.Http11 },
            };
        }

        /// <inheritdoc/>
        public override bool CanKeepTwo
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override Transport Accept(Socket socket, int limitMilliseconds, int writeTimeout)
        {
            SocketOptions.Apply(socket, writeTimeout);
            SslStream stream = new SslStream(new NetworkStream(socket, true), false);
            try
            {
                using (CancellationTokenSource limit = new CancellationTokenSource(limitMilliseconds))
                {
                    stream.AuthenticateAsServerAsync(_options, limit.Token).GetAwaiter().GetResult();
                }

                return new HostTlsTransport(socket, stream);
            }
            catch (Exception)
            {
                // The client did not like the certificate, or talked nonsense, or took too long: nothing to tell it.
                stream.Dispose();
                return null;
            }
        }
    }
}
