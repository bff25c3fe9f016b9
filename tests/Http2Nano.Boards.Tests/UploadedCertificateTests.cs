using System;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A certificate that somebody uploads to a board: whole or not at all, and served with from then on.</summary>
    [TestClass]
    public class UploadedCertificateTests
    {
        private const string Kept = "server.pem";
        private const string BeginsAnew = "https begins anew, with another certificate.";

        [TestMethod]
        public void The_first_one_turns_https_on()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual("{\"origin\":\"none\",\"longest\":8192}", run.Get("/api/certificate"));
            StringAssert.Contains(run.Get("/api/status"), "\"certificate\"");
            Assert.IsFalse(run.Get("/api/status").Contains("newcertificate"));
            StringAssert.StartsWith(run.Notice(), "https is off");
            (string certificate, string key) = Made();
            Assert.AreEqual("202 ", Upload(run, certificate, key));
            run.Hear(BeginsAnew);
            run.Hear("Open http://", 2);
            Assert.IsTrue(run.Shakes());
            Assert.IsNull(run.Notice());
            StringAssert.Contains(run.Get("/api/certificate"), "{\"origin\":\"uploaded\",\"longest\":8192,\"subject\":\"CN=device.example\"");
            Assert.AreEqual(certificate + key, File.ReadAllText(run.Drive + Kept));
        }

        [TestMethod]
        public void It_takes_the_place_of_the_one_before_and_is_there_after_a_restart()
        {
            using BoardRun run = Provisioned();
            StringAssert.Contains(run.Get("/api/certificate"), "{\"origin\":\"provisioned\"");
            (string certificate, string key) = Made();
            Assert.AreEqual("202 ", Upload(run, key + certificate, null));
            run.Hear("Open http://", 2);
            StringAssert.Contains(run.Get("/api/certificate"), "{\"origin\":\"uploaded\"");
            run.Lose();
            run.Board.SwitchOff();
            run.Board.Refusal = null;
            run.Start();
            run.Serve();
            StringAssert.Contains(run.Get("/api/certificate"), "{\"origin\":\"uploaded\"");
            Assert.IsTrue(run.Shakes());
        }

        [TestMethod]
        public void What_is_wrong_is_said_and_the_one_before_stays()
        {
            using BoardRun run = Provisioned();
            string before = run.Get("/api/certificate");
            (string certificate, string key) = Made();
            Assert.AreEqual("422 The key belongs to none of the certificates in it.", Upload(run, certificate, Made().Key));
            Assert.AreEqual("422 It is cut off: a part of it has a beginning and no end.", Upload(run, certificate.Substring(0, 300), key));
            Assert.AreEqual("422 There is no key in it: choose the file with -----BEGIN PRIVATE KEY----- too.", Upload(run, certificate, null));
            Assert.AreEqual("413 Certificates and key may have 8192 bytes together.", Upload(run, certificate + new string('x', 9000), key));
            run.Board.RefusesCertificates = true;
            Assert.AreEqual("422 The firmware does not take it, or has no memory for it.", Upload(run, certificate, key));
            Assert.AreEqual(before, run.Get("/api/certificate"));
            Assert.IsFalse(File.Exists(run.Drive + Kept) || File.Exists(run.Drive + Kept + ".part"));
            run.Pass(60000);
            Assert.IsFalse(run.Said.Contains(BeginsAnew), run.Said);
        }

        [TestMethod]
        public void One_that_has_ended_is_refused_once_the_clock_is_set()
        {
            using BoardRun run = BoardRun.Managed();
            (string certificate, string key) = Made(DateTimeOffset.UtcNow.AddDays(-1));
            StringAssert.StartsWith(Upload(run, certificate, key), "422 The certificate has ended, on ");
            run.Lose();
            run.Board.SwitchOff();
            run.Board.Refusal = null;
            run.Board.TimeServerAnswers = false;
            run.Start();
            run.Serve();
            Assert.AreEqual("202 ", Upload(run, certificate, key));
        }

        [TestMethod]
        public void Only_who_knows_the_password_may()
        {
            using BoardRun run = BoardRun.Managed();
            (string certificate, string key) = Made();
            Assert.AreEqual("401 ", Upload(run, certificate, key, "guessed"));
            Assert.IsFalse(File.Exists(run.Drive + Kept));
        }

        [TestMethod]
        public void A_drive_that_does_not_keep_it_leaves_the_one_before()
        {
            using BoardRun run = BoardRun.Prepared();
            run.Profile.Drive = run.Drive + "none/";
            run.Start();
            run.Serve();
            (string certificate, string key) = Made();
            Assert.AreEqual("507 ", Upload(run, certificate, key));
            run.Pass(60000);
            Assert.IsFalse(run.Said.Contains(BeginsAnew), run.Said);
        }

        [TestMethod]
        public void What_a_power_loss_has_left_is_finished_at_start()
        {
            using BoardRun run = Provisioned(start: false);
            (string certificate, string key) = Made();
            run.Put(Kept + ".whole", Encoding.UTF8.GetBytes(certificate + key));
            run.Put(Kept + ".part", Encoding.UTF8.GetBytes("half"));
            run.Start();
            run.Serve();
            StringAssert.Contains(run.Get("/api/certificate"), "{\"origin\":\"uploaded\"");
            Assert.IsFalse(File.Exists(run.Drive + Kept + ".whole") || File.Exists(run.Drive + Kept + ".part"));
        }

        [TestMethod]
        public void A_file_that_is_damaged_is_told_of_and_the_one_before_is_served_with()
        {
            using BoardRun run = Provisioned(start: false);
            (string certificate, string key) = Made();
            run.Put(Kept, Encoding.UTF8.GetBytes((certificate + key).Substring(0, 400)));
            run.Start();
            run.Serve();
            run.AssertOnce(run.Drive + Kept + " is damaged: https goes without the certificate that was uploaded.");
            StringAssert.Contains(run.Get("/api/certificate"), "{\"origin\":\"provisioned\"");
            Assert.IsTrue(run.Shakes());
        }

        [TestMethod]
        public void It_is_forgotten_with_the_settings()
        {
            using BoardRun run = BoardRun.Managed();
            (string certificate, string key) = Made();
            Assert.AreEqual("202 ", Upload(run, certificate, key));
            run.Hear("Open http://", 2);
            Assert.AreEqual("202 ", Ask(run, new HttpRequestMessage(HttpMethod.Post, Address(run, "/api/device/reset")), null));
            run.Until(() => run.Board.Restarts == 1, "to restart");
            Assert.IsFalse(File.Exists(run.Drive + Kept));
        }

        [TestMethod]
        public void The_key_is_told_to_nobody()
        {
            using BoardRun run = BoardRun.Managed();
            (string certificate, string key) = Made();
            Assert.AreEqual("202 ", Upload(run, certificate, key));
            run.Hear("Open http://", 2);
            string secret = key.Split('\n')[1].Substring(0, 32);
            foreach (string path in new[] { "/api/certificate", "/api/status", "/api/log", "/api/device", "/api/settings" })
            {
                Assert.IsFalse(run.Get(path).Contains(secret), path);
            }

            foreach (string path in new[] { "/server.pem", "/api/certificate/server.pem", "/api/certificate/new", "/files/server.pem" })
            {
                StringAssert.StartsWith(run.Send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), "HTTP/1.1 404", path);
            }

            Assert.IsFalse(run.Said.Contains(secret), run.Said);
        }

        [TestMethod]
        public void A_certificate_that_the_firmware_keeps_to_itself_is_not_shown()
        {
            using BoardRun run = BoardRun.Prepared();
            run.Certificate.UsesStored = true;
            run.Start();
            run.Serve();
            Assert.AreEqual("{\"origin\":\"provisioned\",\"longest\":8192}", run.Get("/api/certificate"));
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void A_board_without_https_does_not_offer_it(bool byPort)
        {
            using BoardRun run = new BoardRun();
            run.Profile.TlsPort = byPort ? Http2Nano.Hosting.HttpServerOptions.Off : 0;
            run.Profile.Tls = byPort ? run.Certificate : null;
            DeviceManager.AddTo(run.Profile);
            run.Start();
            run.Serve();
            Assert.IsFalse(run.Get("/api/status").Contains("certificate"));
            StringAssert.StartsWith(run.Send("GET /api/certificate HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), "HTTP/1.1 404");
        }

        // With the two files of boards/README.md.
        private static BoardRun Provisioned(bool start = true)
        {
            BoardRun run = BoardRun.Prepared();
            (string certificate, string key) = Made();
            run.Put("server.crt", Encoding.UTF8.GetBytes(certificate));
            run.Put("server.key", Encoding.UTF8.GetBytes(key));
            if (start)
            {
                run.Start();
                run.Serve();
            }

            return run;
        }

        private static (string Certificate, string Key) Made(DateTimeOffset? end = null)
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest request = new CertificateRequest("CN=device.example", key, HashAlgorithmName.SHA256);
            DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-30);
            using var certificate = request.CreateSelfSigned(from, end ?? from.AddDays(60));
            return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        private static string Upload(BoardRun run, string certificate, string key, string password = null)
        {
            MultipartFormDataContent form = new MultipartFormDataContent();
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(certificate)), "certificate", "server.crt");
            if (key != null)
            {
                form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(key)), "key", "server.key");
            }

            return Ask(run, new HttpRequestMessage(HttpMethod.Post, Address(run, "/api/certificate")) { Content = form }, password);
        }

        private static string Address(BoardRun run, string path)
        {
            return "http://127.0.0.1:" + run.Port + path;
        }

        // The status, a blank, and the detail.
        private static string Ask(BoardRun run, HttpRequestMessage request, string password)
        {
            using HttpClient client = run.Administrator(password);
            using HttpResponseMessage response = client.SendAsync(request).GetAwaiter().GetResult();
            Match detail = Regex.Match(response.Content.ReadAsStringAsync().GetAwaiter().GetResult(), "\"detail\":\"([^\"]*)\"");
            return (int)response.StatusCode + " " + detail.Groups[1].Value;
        }
    }
}
