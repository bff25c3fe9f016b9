using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Hosting.Device
{
    /// <summary>
    /// The TLS of the board's firmware: TLS 1.2 and 1.3, without ALPN. Over it browsers use HTTP/1.1, and clients with
    /// prior knowledge HTTP/2.
    /// </summary>
    /// <remarks>
    /// The handshake is one native call that cannot be interrupted. The server calls it only after the first record has
    /// arrived, so that silent clients cannot block it. A session takes 17 to 50 KB of native memory beside the managed
    /// heap.
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
        /// <exception cref="ArgumentException">The board cannot load them; the message gives the remedy.</exception>
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
                // The client may have refused the certificate, or memory for a session was short: the next handshake may
                // succeed.
                Close(stream);
                SocketOptions.Close(socket);
                return null;
            }
        }

        // Closing the stream after a failed handshake may fail too, and the socket must be closed in any case.
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
                // The connection is already lost.
            }
        }
    }
}
