using Http2Nano.Certificates;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Certificates
{
    /// <summary>What a certificate says (RFC 5280).</summary>
    [TestClass]
    public class CertificateFactsTests
    {
        [TestMethod]
        public void Names_times_and_the_signer_are_read()
        {
            CertificateFacts facts = Read(MadeUp.Certificate(MadeUp.CurveKey(MadeUp.P256, 1), Of("Example Authority"), Of("device.example"), MadeUp.Begin, MadeUp.End,
                MadeUp.Names(MadeUp.Text(0x82, "device.example"), MadeUp.Text(0x81, "mail@example.org"), MadeUp.Element(0x87, MadeUp.Hex("C0A80107")), MadeUp.Element(0x87, MadeUp.Hex("FE800000000000000000000000000A01")))));
            Assert.AreEqual("CN=device.example, O=Example, C=DE", facts.Subject);
            Assert.AreEqual("CN=Example Authority, O=Example, C=DE", facts.Issuer);
            Assert.IsFalse(facts.IsSelfSigned);
            Assert.AreEqual(1793491200L, facts.NotBefore);
            Assert.AreEqual(1825027200L, facts.NotAfter);
            Names(facts, "device.example", "192.168.1.7", "fe80:0:0:0:0:0:0:a01");
        }

        [TestMethod]
        public void The_fingerprint_is_the_hash_of_all_of_it()
        {
            Assert.AreEqual("A7:C3:82:27:99:EE:E1:B7:34:DF:67:67:F4:09:46:BF:64:28:49:8C:5A:A4:BB:5B:1F:8D:9C:21:D0:5B:4D:CE", Read(MadeUp.Certificate(1)).Fingerprint);
        }

        [TestMethod]
        [DataRow("491231235959Z", 2524607999L)]
        [DataRow("500101000000Z", -631152000L)]
        [DataRow("20500101000000Z", 2524608000L)]
        [DataRow("99991231235959Z", 253402300799L)]
        [DataRow("20280229120000Z", 1835438400L)]
        public void A_time_has_a_year_of_two_digits_or_of_four(string time, long seconds)
        {
            Assert.AreEqual(seconds, Read(MadeUp.Certificate(MadeUp.CurveKey(MadeUp.P256, 1), MadeUp.Name("a"), MadeUp.Name("a"), MadeUp.Begin, time, new byte[0])).NotAfter);
        }

        [TestMethod]
        [DataRow("261301000000Z")]
        [DataRow("2611010000Z")]
        [DataRow("261101000000+0100")]
        [DataRow("26110100000xZ")]
        [DataRow("260001000000Z")]
        public void A_time_that_is_none_makes_no_certificate(string time)
        {
            byte[] bytes = MadeUp.Certificate(MadeUp.CurveKey(MadeUp.P256, 1), MadeUp.Name("a"), MadeUp.Name("a"), MadeUp.Begin, time, new byte[0]);
            Assert.IsNull(CertificateFacts.Read(bytes, 0, bytes.Length));
        }

        [TestMethod]
        public void A_certificate_without_a_subject_has_its_names()
        {
            CertificateFacts facts = Read(MadeUp.Certificate(MadeUp.CurveKey(MadeUp.P256, 1), Of("Example Authority"), MadeUp.Element(0x30), MadeUp.Begin, MadeUp.End, MadeUp.Names(MadeUp.Text(0x82, "a.example"))));
            Assert.AreEqual(string.Empty, facts.Subject);
            Names(facts, "a.example");
        }

        [TestMethod]
        public void More_names_than_are_wanted_are_left_out()
        {
            CertificateFacts facts = Read(MadeUp.Certificate(1));
            Assert.AreEqual(1, facts.Names(1).Length);
            Assert.AreEqual(0, facts.Names(0).Length);
        }

        [TestMethod]
        public void Control_characters_are_not_shown_and_long_texts_end_with_dots()
        {
            string longest = string.Empty;
            for (int i = 0; i < 50; i++)
            {
                longest += "\u00E4";
            }

            CertificateFacts facts = Read(MadeUp.Certificate(MadeUp.CurveKey(MadeUp.P256, 1), MadeUp.Name("a\nb\u007Fc<i>"), MadeUp.Name("x" + longest), MadeUp.Begin, MadeUp.End, new byte[0]));
            Assert.AreEqual("CN=a?b?c<i>", facts.Issuer);
            Assert.AreEqual("CN=x" + longest.Substring(0, 47) + "...", facts.Subject);
        }

        [TestMethod]
        public void Whatever_octet_is_lost_or_wrong_nothing_is_thrown()
        {
            byte[] whole = MadeUp.Certificate(1);
            for (int count = 0; count < whole.Length; count++)
            {
                Assert.IsNull(CertificateFacts.Read(whole, 0, count));
            }

            byte[] bytes = new byte[whole.Length];
            for (int at = 0; at < whole.Length; at++)
            {
                System.Array.Copy(whole, bytes, whole.Length);
                bytes[at] ^= 0x7F;
                Touch(CertificateFacts.Read(bytes, 0, bytes.Length));
                bytes[at] = 0xFF;
                Touch(CertificateFacts.Read(bytes, 0, bytes.Length));
            }
        }

        private static void Touch(CertificateFacts facts)
        {
            if (facts != null)
            {
                Assert.IsTrue(facts.Subject != null && facts.Issuer != null && facts.Names(10) != null);
            }
        }

        private static CertificateFacts Read(byte[] bytes)
        {
            CertificateFacts facts = CertificateFacts.Read(bytes, 0, bytes.Length);
            Assert.IsNotNull(facts);
            return facts;
        }

        private static void Names(CertificateFacts facts, params string[] expected)
        {
            string[] names = facts.Names(10);
            Assert.AreEqual(expected.Length, names.Length);
            for (int i = 0; i < names.Length; i++)
            {
                Assert.AreEqual(expected[i], names[i]);
            }
        }

        // Country, organization, name; and an attribute that nobody knows.
        private static byte[] Of(string common)
        {
            return MadeUp.Element(0x30, Part("0603550406", "DE"), Part("060A0992268993F22C640119", "example"), Part("060355040A", "Example"), Part("0603550403", common));
        }

        private static byte[] Part(string identifier, string value)
        {
            return MadeUp.Element(0x31, MadeUp.Element(0x30, MadeUp.Hex(identifier), MadeUp.Text(0x13, value)));
        }
    }
}
