using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace System.Net.Security;

public class SslStream : NetworkStream
{
    public extern SslStream(Socket socket);

    public extern SslVerification SslVerification { get; set; }
    public extern bool UseStoredDeviceCertificate { get; set; }
    public extern bool IsServer { get; }
    public override extern long Length { get; }
    public override extern bool DataAvailable { get; }

    public extern void AuthenticateAsClient(string targetHost, SslProtocols enabledSslProtocols);
    public extern void AuthenticateAsClient(string targetHost, X509Certificate clientCertificate, SslProtocols enabledSslProtocols);
    public extern void AuthenticateAsClient(string targetHost, X509Certificate clientCertificate, X509Certificate ca, SslProtocols enabledSslProtocols);
    public extern void AuthenticateAsServer(X509Certificate serverCertificate, SslProtocols enabledSslProtocols);
    public extern void AuthenticateAsServer(X509Certificate serverCertificate, bool clientCertificateRequired, SslProtocols enabledSslProtocols);
    protected override extern void Dispose(bool disposing);
    public override extern int Read(byte[] buffer, int offset, int size);
    public override extern void Write(byte[] buffer, int offset, int size);
}
