#if !NANOFRAMEWORK_1_0
using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9113 9.2.2, RFC 9325 4.2: which cipher suites the host offers, where the platform lets them be chosen.</summary>
    [TestClass]
    public class CipherSuiteTests
    {
        [TestMethod]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, true)]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true)]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, true)]
        [DataRow((int)TlsCipherSuite.TLS_AES_128_GCM_SHA256, true)]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, false)]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, false)]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, false)]
        [DataRow((int)TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, false)]
        public void Suites_are_authenticated_encryption_alone(int suite, bool offered)
        {
            if (OperatingSystem.IsLinux())
            {
                Assert.AreEqual(offered, Negotiates((TlsCipherSuite)suite), ((TlsCipherSuite)suite).ToString());
            }
            else
            {
                Assert.SkipTest("Cipher suites are the system's here.");
            }
        }

        [SupportedOSPlatform("linux")]
        private static bool Negotiates(TlsCipherSuite suite)
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 certificate = new CertificateRequest("CN=device", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            using Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            Task<Transport> server = Task.Run(() => new HostTlsAcceptor(certificate).Accept(listener.Accept(), new NoLimit(), 1000));
            using TcpClient client = new TcpClient();
            client.Connect((IPEndPoint)listener.LocalEndPoint);
            using SslStream stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
            bool negotiated;
            try
            {
                stream.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = "device", CipherSuitesPolicy = new CipherSuitesPolicy(new[] { suite }) });
                negotiated = stream.NegotiatedCipherSuite == suite;
            }
            catch (AuthenticationException)
            {
                negotiated = false;
            }

            Transport transport = server.Result;
            Assert.AreEqual(negotiated, transport != null, "the server's side");
            transport?.Close();
            return negotiated;
        }

        private sealed class NoLimit : IHandshakeLimit
        {
            public bool HasPassed
            {
                get { return false; }
            }
        }
    }
}
#endif
