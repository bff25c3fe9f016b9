#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>Certificates that do not load get one clear sentence at start.</summary>
    [TestClass]
    public class CertificateTests
    {
        private static string s_folder;

        [Setup]
        public static void MakeFolder()
        {
            s_folder = Directory.CreateTempSubdirectory("http2nano").FullName;
        }

        [Cleanup]
        public static void RemoveFolder()
        {
            Directory.Delete(s_folder, true);
        }

        [TestMethod]
        public void A_certificate_with_its_key_loads()
        {
            (string certificate, string key) = Make("good");
            Assert.IsNotNull(HostTlsAcceptor.FromFiles(certificate, key));
        }

        [TestMethod]
        public void What_does_not_load_is_named_in_one_sentence()
        {
            (string certificate, string key) = Make("one");
            (_, string other) = Make("two");
            string nonsense = Path.Combine(s_folder, "nonsense.pem");
            File.WriteAllText(nonsense, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            foreach ((string first, string second) in new[] { (certificate, other), (nonsense, key), (certificate, nonsense), (key, certificate), (Path.Combine(s_folder, "missing.pem"), key) })
            {
                string said = Said(() => HostTlsAcceptor.FromFiles(first, second));
                Assert.IsTrue(said.StartsWith("The TLS certificate " + first + " with the key " + second + " does not load"), said);
                Assert.IsTrue(said.EndsWith(".") && !said.Contains("\n"), said);
            }
        }

        [TestMethod]
        public void A_certificate_without_a_key_is_refused()
        {
            (string certificate, _) = Make("alone");
            using X509Certificate2 alone = X509CertificateLoader.LoadCertificateFromFile(certificate);
            string said = Said(() => new HostTlsAcceptor(alone));
            Assert.IsTrue(said.Contains("private key"), said);
            Assert.AreEqual(said, Said(() => new HostTlsAcceptor(null)));
        }

        [TestMethod]
        public void A_TLS_port_without_a_certificate_is_refused()
        {
            string said = Said(() => new HttpServerOptions { TlsPort = 0 }.Validate());
            Assert.IsTrue(said.Contains("TlsPort") && said.Contains("certificate"), said);
        }

        private static (string Certificate, string Key) Make(string name)
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 certificate = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            string certificatePath = Path.Combine(s_folder, name + ".crt");
            string keyPath = Path.Combine(s_folder, name + ".key");
            File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
            File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
            return (certificatePath, keyPath);
        }

        private static string Said(Action action)
        {
            try
            {
                action();
            }
            catch (ArgumentException exception)
            {
                return exception.Message;
            }

            return "nothing was refused";
        }
    }
}
#endif
