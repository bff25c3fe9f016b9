using System.Text;
using System.Text.RegularExpressions;
using Http2Nano.Hosting;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A board without a certificate that loads serves http, and says why on its console and its page.</summary>
    [TestClass]
    public class CertificateTests
    {
        private const string Off = "https is off: there is no certificate, or it does not load.";

        [TestMethod]
        public void Without_a_certificate_https_is_off_and_said_to_be_so()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.AssertOnce("https is off: there is no certificate in " + run.Drive + "server.crt and " + run.Drive + "server.key.");
            StringAssert.Contains(run.Said, "Open http://127.0.0.1:" + run.Port + System.Environment.NewLine);
            Assert.AreEqual(Off, run.Notice());
            StringAssert.Contains(run.Get("/api/log"), "https is off: there is no certificate in ");
        }

        [TestMethod]
        public void A_certificate_that_does_not_load_is_named()
        {
            using BoardRun run = new BoardRun();
            run.Put("server.crt", new byte[] { 0x30, 0x82, 0x01, 0x0A });
            run.Put("server.key", Encoding.UTF8.GetBytes("-----BEGIN PRIVATE KEY-----\n"));
            run.Start();
            run.Serve();
            run.AssertOnce("https is off: " + run.Drive + "server.crt or " + run.Drive + "server.key is no certificate or no key in PEM form");
            Assert.AreEqual(Off, run.Notice());
            StringAssert.Contains(run.Get("/api/log"), "is no certificate or no key in PEM form");
        }

        [TestMethod]
        public void A_certificate_without_a_key_is_none()
        {
            using BoardRun run = new BoardRun();
            run.Put("server.crt", Encoding.UTF8.GetBytes("-----BEGIN CERTIFICATE-----\n"));
            run.Start();
            run.Serve();
            run.AssertOnce("https is off: there is no certificate in ");
        }

        [TestMethod]
        public void With_a_certificate_https_is_on_and_nothing_is_complained_of()
        {
            using BoardRun run = new BoardRun();
            run.Put("server.crt", Encoding.UTF8.GetBytes("-----BEGIN CERTIFICATE-----\n"));
            run.Put("server.key", Encoding.UTF8.GetBytes("-----BEGIN PRIVATE KEY-----\n"));
            run.Start();
            run.Serve();
            StringAssert.Matches(run.Said, new Regex("Open http://127.0.0.1:[0-9]+ or https://127.0.0.1:[0-9]+"));
            Assert.IsTrue(run.Shakes());
            Assert.IsFalse(run.Said.Contains("https is off"), run.Said);
            Assert.IsNull(run.Notice());
        }

        [TestMethod]
        public void The_certificate_that_the_board_was_provisioned_with_is_used_when_the_profile_says_so()
        {
            using BoardRun run = new BoardRun();
            run.Certificate.UsesStored = true;
            run.Start();
            run.Serve();
            Assert.IsTrue(run.Shakes());
            Assert.IsNull(run.Notice());
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void Who_does_without_https_is_not_told_that_it_is_off(bool byPort)
        {
            using BoardRun run = new BoardRun();
            if (byPort)
            {
                run.Profile.TlsPort = HttpServerOptions.Off;
            }
            else
            {
                run.Profile.Tls = null;
            }

            run.Start();
            run.Serve();
            Assert.IsFalse(run.Said.Contains("https"), run.Said);
            Assert.IsNull(run.Notice());
        }

        [TestMethod]
        public void Without_http_the_console_names_https_alone()
        {
            using BoardRun run = new BoardRun();
            run.Profile.Port = HttpServerOptions.Off;
            run.Certificate.UsesStored = true;
            run.Start();
            run.Hear("Open https://127.0.0.1:");
            Assert.IsTrue(run.Shakes());
        }

        [TestMethod]
        public void A_board_left_without_any_port_says_so()
        {
            using BoardRun run = new BoardRun();
            run.Profile.Port = HttpServerOptions.Off;
            run.Start();
            run.Pass(600000);
            run.AssertOnce("https is off: there is no certificate in ");
            run.AssertOnce("Port and TlsPort are both off: set one of them.");
        }
    }
}
