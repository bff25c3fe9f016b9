using System.Text;
using Http2Nano.Certificates;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Certificates
{
    /// <summary>Certificates and keys as people bring them, and what is wrong with them, in a sentence.</summary>
    [TestClass]
    public class CertificatePairTests
    {
        [TestMethod]
        public void Certificate_and_key_are_taken_in_any_order()
        {
            string certificate = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7));
            string key = MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, 7));
            AssertText(certificate + key, certificate + key, certificate);
            AssertText("Bag Attributes: none\r\n" + key + "\n\n" + certificate, certificate + key, certificate);
        }

        [TestMethod]
        public void The_certificate_of_the_key_comes_first()
        {
            string own = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7));
            string other = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(8));
            string last = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(9));
            string key = MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, 7));
            AssertText(other + own + last + key, own + other + last + key, own + other + last);
        }

        [TestMethod]
        public void Line_ends_of_Windows_are_no_matter()
        {
            string text = Lines(MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7)) + MadeUp.Pem("EC PARAMETERS", MadeUp.Hex(MadeUp.P256)) + MadeUp.Pem("EC PRIVATE KEY", MadeUp.PrivateCurve(MadeUp.P256, 7, true)));
            Assert.IsNull(Read(text).Fault);
        }

        [TestMethod]
        public void A_key_of_RSA_is_taken_from_2048_bits_on()
        {
            string key = MadeUp.Pem("RSA PRIVATE KEY", MadeUp.PrivateRsa(2048, 3));
            Assert.IsNull(Read(Rsa(2048) + key).Fault);
            AssertFault("The key is too short: browsers take RSA from 2,048 bits on.", Rsa(1024) + MadeUp.Pem("RSA PRIVATE KEY", MadeUp.PrivateRsa(1024, 3)));
            AssertFault("The key belongs to none of the certificates in it.", Rsa(2048) + MadeUp.Pem("RSA PRIVATE KEY", MadeUp.PrivateRsa(2048, 4)));
        }

        [TestMethod]
        public void The_key_of_another_certificate_is_refused()
        {
            AssertFault("The key belongs to none of the certificates in it.", Good(7, 8));
        }

        [TestMethod]
        public void One_of_both_alone_is_refused()
        {
            AssertFault("There is no key in it: choose the file with -----BEGIN PRIVATE KEY----- too.", MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7)));
            AssertFault("There is no certificate in it: one in PEM form begins with -----BEGIN CERTIFICATE-----.", MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, 7)));
            AssertFault("There is no certificate in it: one in PEM form begins with -----BEGIN CERTIFICATE-----.", string.Empty);
            AssertFault("There is no certificate in it: one in PEM form begins with -----BEGIN CERTIFICATE-----.", "0\u0001\n-----BEGIN");
            AssertFault("There is more than one key in it.", Good(7, 7) + MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, 7)));
        }

        [TestMethod]
        public void A_key_with_a_password_is_refused()
        {
            string certificate = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7));
            string sentence = "The key has a password: take it off first, with openssl pkey -in key.pem -out plain.pem.";
            AssertFault(sentence, certificate + MadeUp.Pem("ENCRYPTED PRIVATE KEY", MadeUp.Hex("3000")));
            AssertFault(sentence, certificate + "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n");
        }

        [TestMethod]
        public void A_key_that_does_not_tell_its_public_part_is_refused()
        {
            AssertFault("The key does not hold its public part: add it first, with openssl ec -in key.pem -out whole.pem.",
                MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7)) + MadeUp.Pem("EC PRIVATE KEY", MadeUp.PrivateCurve(MadeUp.P256, 7, false)));
        }

        [TestMethod]
        public void A_key_that_browsers_do_not_take_is_refused()
        {
            string sentence = "The key is of a kind that browsers do not take: one on the curve P-256, P-384 or P-521 is, and RSA.";
            string certificate = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(MadeUp.CurveKey(MadeUp.Brainpool, 7), MadeUp.Name("a"), MadeUp.Name("a"), MadeUp.Begin, MadeUp.End, new byte[0]));
            AssertFault(sentence, certificate + MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.Brainpool, 7)));

            // Ed25519 (RFC 8410).
            AssertFault(sentence, certificate + MadeUp.Pem("PRIVATE KEY", MadeUp.Element(0x30, MadeUp.Hex("020100"), MadeUp.Hex("300506032B6570"), MadeUp.Element(0x04, MadeUp.Element(0x04, new byte[32])))));
        }

        [TestMethod]
        public void The_time_is_looked_at_where_it_is_known()
        {
            Assert.IsNull(Read(At("261130000000Z", "261202000000Z")).Fault);
            AssertFault("The certificate has ended, on 2026-11-30.", At("250101000000Z", "261130235959Z"));
            AssertFault("The certificate has ended, on 2024-02-29.", At("230101000000Z", "240229000000Z"));
            AssertFault("The certificate does not begin before 2027-01-01.", At("270101000000Z", "280101000000Z"));
            AssertFault("The certificate does not begin before 9998-03-01.", At("99980301000000Z", "99991231235959Z"));
            Assert.IsNull(CertificatePair.Read(Octets(At("250101000000Z", "261130235959Z")), At("250101000000Z", "261130235959Z").Length, 0).Fault);
        }

        [TestMethod]
        public void A_text_cut_anywhere_is_refused_in_a_sentence()
        {
            byte[] whole = Octets(Good(7, 7));
            for (int count = 0; count < whole.Length - 1; count++)
            {
                CertificatePair pair = CertificatePair.Read(whole, count, MadeUp.Now);
                Assert.IsNotNull(pair.Fault);
                Assert.IsTrue(pair.Text == null && pair.Certificate == null);
            }

            AssertFault("It is cut off: a part of it has a beginning and no end.", Good(7, 7).Substring(0, Good(7, 7).Length / 2));
        }

        [TestMethod]
        public void What_is_damaged_is_refused_in_a_sentence()
        {
            string key = MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, 7));
            AssertFault("A certificate in it is damaged.", "-----BEGIN CERTIFICATE-----\nMII*\n-----END CERTIFICATE-----\n" + key);
            AssertFault("A certificate in it is damaged.", MadeUp.Pem("CERTIFICATE", MadeUp.Hex("3003020101")) + key);
            AssertFault("The key in it is damaged.", MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7)) + MadeUp.Pem("PRIVATE KEY", MadeUp.Hex("3003020101")));
            AssertFault("The key in it is damaged.", MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7)) + MadeUp.Pem("RSA PRIVATE KEY", MadeUp.Hex("0400")));
            string many = string.Empty;
            for (int i = 0; i < 9; i++)
            {
                many += MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(i));
            }

            AssertFault("There are more than 8 certificates in it.", many + key);
        }

        [TestMethod]
        public void Whatever_octet_of_a_key_is_wrong_nothing_is_thrown()
        {
            byte[] whole = MadeUp.PrivateKey(MadeUp.P256, 7);
            string certificate = MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(7));
            for (int at = 0; at < whole.Length; at++)
            {
                byte octet = whole[at];
                whole[at] = 0xFF;
                Read(certificate + MadeUp.Pem("PRIVATE KEY", whole));
                whole[at] = octet;
            }
        }

        private static string Good(int certificate, int key)
        {
            return MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(certificate)) + MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, key));
        }

        private static string Rsa(int bits)
        {
            return MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(MadeUp.RsaKey(bits, 3), MadeUp.Name("a"), MadeUp.Name("a"), MadeUp.Begin, MadeUp.End, new byte[0]));
        }

        private static string At(string begin, string end)
        {
            return MadeUp.Pem("CERTIFICATE", MadeUp.Certificate(MadeUp.CurveKey(MadeUp.P256, 7), MadeUp.Name("a"), MadeUp.Name("a"), begin, end, new byte[0])) + MadeUp.Pem("PRIVATE KEY", MadeUp.PrivateKey(MadeUp.P256, 7));
        }

        private static string Lines(string text)
        {
            string[] lines = text.Split('\n');
            string joined = string.Empty;
            for (int i = 0; i < lines.Length; i++)
            {
                joined += lines[i] + "\r\n";
            }

            return joined;
        }

        private static byte[] Octets(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        private static CertificatePair Read(string text)
        {
            byte[] octets = Octets(text);
            return CertificatePair.Read(octets, octets.Length, MadeUp.Now);
        }

        private static void AssertFault(string sentence, string text)
        {
            Assert.AreEqual(sentence, Read(text).Fault);
        }

        private static void AssertText(string given, string text, string open)
        {
            CertificatePair pair = Read(given);
            Assert.IsNull(pair.Fault);
            Assert.AreEqual(text, Encoding.UTF8.GetString(pair.Text, 0, pair.Text.Length));
            Assert.AreEqual(open, Encoding.UTF8.GetString(pair.Text, 0, pair.KeyStart));
            Assert.AreEqual("CN=device.example", pair.Certificate.Subject);
        }
    }
}
