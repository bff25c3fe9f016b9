using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Http2Nano.Boards.Tests;

namespace System.Net.Security
{
    /// <summary>A board without memory for a TLS session.</summary>
    public class SslStream : NetworkStream
    {
        public SslStream(Socket socket)
            : base(socket)
        {
        }

        public bool UseStoredDeviceCertificate { get; set; }

        public override bool DataAvailable
        {
            get { return false; }
        }

        public void AuthenticateAsServer(X509Certificate serverCertificate, SslProtocols enabledSslProtocols)
        {
            FakeBoard.Present.Handshakes++;
            throw new SocketException();
        }
    }
}
