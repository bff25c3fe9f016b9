using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Hosting.Device
{
    /// <summary>
    /// TLS as the board's firmware offers it: TLS 1.2 and 1.3, without ALPN, so that browsers speak HTTP/1.1 through it and
    /// clients with prior knowledge HTTP/2.
    /// </summary>
    /// <remarks>
    /// The handshake is one call that nothing can interrupt. The server has seen the first octets of it before, which keeps
    /// silent clients away from it. A session takes 17 to 50 KB of native memory besides the managed heap.
    /// </remarks>
    public sealed class DeviceTlsAcceptor : TlsAcceptor
    {
        private readonly X509Certificate _certificate;

        /// <summary>Makes an acceptor.</summary>
        /// <param name="certificate">
        /// The server's certificate with its key, or null for the certificate that the board was provisioned with.
        /// </param>
        public DeviceTlsAcceptor(X509Certificate2 certificate)
        {
            _certificate = certificate;
        }

        /// <summary>Makes an acceptor with a certificate from text.</summary>
        /// <param name="certificate">The certificate, PEM.</param>
        /// <param name="key">Its private key, PEM.</param>
        /// <param name="password">The password of the key; empty for none.</param>
        /// <exception cref="ArgumentException">The board cannot load them; the message says what helps.</exception>
        public DeviceTlsAcceptor(string certificate, string key, string password)
        {
            try
            {
                _certificate = new X509Certificate2(certificate, key, password);
            }
            catch (Exception)
            {
                throw new ArgumentException("The TLS certificate does not load: give certificate and key as PEM that belong together, and the key's password.");
            }
        }

        /// <inheritdoc/>
        public override Transport Accept(Socket socket, IHandshakeLimit limit, int writeTimeout)
        {
            SslStream stream = null;
            try
            {
                SocketOptions.Apply(socket, writeTimeout);
                stream = new SslStream(socket);
                stream.UseStoredDeviceCertificate = _certificate == null;
                stream.AuthenticateAsServer(_certificate, SslProtocols.Tls12 | SslProtocols.Tls13);
                return new DeviceTlsTransport(socket, stream);
            }
            catch (Exception)
            {
                // The client did not like the certificate, or memory for a session was short: the next one may do better.
                Close(stream);
                SocketOptions.Close(socket);
                return null;
            }
        }

        // The stream of a handshake that failed may fail again when it is closed, and the socket is to be closed all the same.
        private static void Close(SslStream stream)
        {
            try
            {
                if (stream != null)
                {
                    stream.Close();
                }
            }
            catch (Exception)
            {
                // Lost already.
            }
        }
    }
}
