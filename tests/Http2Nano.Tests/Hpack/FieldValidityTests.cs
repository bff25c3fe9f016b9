using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Names and values that make a request malformed (RFC 9113 8.2.1). Compression is not at fault then.</summary>
    [TestClass]
    public class FieldValidityTests
    {
        // RFC 9110 5.5: each octet is judged wherever it stands, and whatever is around it.
        [TestMethod]
        public void Control_octets_are_found_in_values_of_any_length()
        {
            byte[] special = { 0, 1, 8, 9, 10, 13, 31, 32, 33, 126, 127, 128, 160, 255 };
            byte[] around = { (byte)'a', 255, (byte)'\t' };
            byte[] bytes = new byte[24];
            for (int length = 1; length <= 20; length += length < 10 ? 1 : 5)
            {
                for (int fill = 0; fill < around.Length; fill++)
                {
                    for (int at = 0; at < length; at++)
                    {
                        for (int i = 0; i < special.Length; i++)
                        {
                            for (int j = 0; j < bytes.Length; j++)
                            {
                                // Nothing in front or behind counts.
                                bytes[j] = j < 2 || j >= 2 + length ? (byte)0 : around[fill];
                            }

                            bytes[2 + at] = special[i];
                            Judge(bytes, 2, 2 + length, length + " octets, " + special[i] + " at " + at);
                        }
                    }
                }
            }
        }

        private static void Judge(byte[] bytes, int start, int end, string what)
        {
            int text = start;
            while (text < end && bytes[text] != 127 && (bytes[text] >= 32 || bytes[text] == 9))
            {
                text++;
            }

            Assert.AreEqual(text, FieldSyntax.EndOfText(bytes, start, end), what);
            bool blank = bytes[start] == 32 || bytes[start] == 9 || bytes[end - 1] == 32 || bytes[end - 1] == 9;
            Assert.AreEqual(text == end && !blank, FieldSyntax.IsSafeValue(bytes, start, end), what);
        }

        [TestMethod]
        [DataRow("00 03416263 00", "capitals")]
        [DataRow("00 86fc5b857596cf 00", "capitals, coded")]
        [DataRow("00 00 00", "nothing at all")]
        [DataRow("00 03612062 00", "a space")]
        [DataRow("00 03610062 00", "a NUL")]
        [DataRow("00 03617f62 00", "a delete")]
        [DataRow("00 0361c3a9 00", "beyond ASCII")]
        [DataRow("00 03613a62 00", "a colon within")]
        [DataRow("00 013a 00", "a colon only")]
        [DataRow("00 033a4162 00", "capitals in a pseudo-header field")]
        public void Names_are_checked(string block, string what)
        {
            AssertMalformed(block, what);
        }

        [TestMethod]
        [DataRow("000161 03610062", "NUL")]
        [DataRow("000161 03610a62", "LF")]
        [DataRow("000161 03610d62", "CR")]
        [DataRow("000161 03610162", "another control octet")]
        [DataRow("000161 851ffffd88ff", "another control octet, coded")]
        [DataRow("000161 03617f62", "DEL")]
        [DataRow("000161 851ffffffe7f", "DEL, coded")]
        [DataRow("000161 022061", "a space before")]
        [DataRow("000161 026120", "a space behind")]
        [DataRow("000161 020961", "a tab before")]
        [DataRow("000161 026109", "a tab behind")]
        [DataRow("000161 0120", "a space only")]
        [DataRow("000161 831ffe23", "NUL, coded")]
        [DataRow("000161 861fffffffb1ff", "CR, coded")]
        [DataRow("000161 861fffffff91ff", "LF, coded")]
        [DataRow("000161 82507f", "a space before, coded")]
        [DataRow("000161 821a9f", "a space behind, coded")]
        [DataRow("000161 84ffffea1f", "a tab before, coded")]
        [DataRow("000161 841fffff57", "a tab behind, coded")]
        [DataRow("000161 8153", "a space only, coded")]
        [DataRow("000161 83ffffea", "a tab only, coded")]
        [DataRow("04 831ffe23", "NUL in :path")]
        [DataRow("04 82507f", "a space before :path")]
        [DataRow("04 821a9f", "a space behind :path")]
        [DataRow("04 841fffff57", "a tab behind :path")]
        public void Values_are_checked(string block, string what)
        {
            AssertMalformed(block, what);
        }

        [TestMethod]
        [DataRow("000161 00", "empty")]
        [DataRow("000161 03612062", "a space within")]
        [DataRow("000161 03610962", "a tab within")]
        [DataRow("000161 851fffff547f", "a tab within, coded")]
        [DataRow("000161 02c3a9", "beyond ASCII")]
        [DataRow("00033a6162 00", "an unknown pseudo-header field")]
        [DataRow("0006785f79217e39 00", "all kinds of token characters")]
        public void What_is_allowed_passes(string block, string what)
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, block), what);
            Assert.IsFalse(list.Malformed, what);
        }

        [TestMethod]
        public void An_octet_whose_code_ends_like_that_of_a_space_is_none()
        {
            // 0x85 has the code 3fffd4, of 22 bits.
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "000161 841ffffa9f"));
            Assert.IsFalse(list.Malformed);
            Assert.AreEqual(2, list.ValueLength(list.First()));
        }

        [TestMethod]
        public void An_invalid_field_of_the_table_is_remembered()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, list, "400141 0131 400161 0131"));
            Assert.IsTrue(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            Assert.IsFalse(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, list, "bebf"));
            Assert.IsTrue(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, list, "0f30 0131"), "its name");
            Assert.IsTrue(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, null, "7f00 0132"), "its name, dropped");
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            Assert.IsTrue(list.Malformed);
        }

        [TestMethod]
        [DataRow("41 026120")]
        [DataRow("41 821a9f")]
        [DataRow("50 821a9f")]
        [DataRow("400161 026120")]
        public void Any_invalid_field_of_the_table_is_remembered(string block)
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, list, "400162 0131" + block + "400163 0131"));
            Assert.IsTrue(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, list, "c0be"));
            Assert.IsFalse(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, list, "c0bfbe"));
            Assert.IsTrue(list.Malformed);
        }

        [TestMethod]
        public void A_field_that_is_dropped_is_checked_for_later()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, null, "400161 026120 400161 0131"));
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            Assert.IsFalse(list.Malformed);
            Assert.IsTrue(FieldText.Decode(decoder, list, "bf"));
            Assert.IsTrue(list.Malformed);
        }

        // In one piece and in pieces, in the list and from the table.
        private static void AssertMalformed(string block, string what)
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, block), what);
            Assert.IsTrue(list.Malformed, what);
            byte[] octets = FieldText.Octets(block);
            HpackDecoder decoder = new HpackDecoder(4096);
            list.Reset(0, list.Limit);
            Assert.IsFalse(list.Malformed);
            decoder.Begin(list);
            for (int i = 0; i < octets.Length; i++)
            {
                Assert.IsTrue(decoder.Decode(octets, i, 1), what);
            }

            Assert.IsTrue(decoder.End(), what);
            Assert.IsTrue(list.Malformed, what + ", in pieces");
        }
    }
}
