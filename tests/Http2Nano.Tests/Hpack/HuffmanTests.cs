using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Huffman-coded strings (RFC 7541 5.2).</summary>
    [TestClass]
    public class HuffmanTests
    {
        // The octets 0 to 255 in their order, by the table of appendix B: 583 octets.
        private const string AllOctets =
            "ffc7fffd8fffffe2fffffe3fffffe4fffffe5fffffe6fffffe7fffffe8ffffeafffffff3fffffa7fffffabffffffdfff"
            + "ffebfffffecfffffedfffffeefffffefffffff0ffffff1ffffff2fffffffbfffffcffffffd3fffffd7fffffdbfffffdf"
            + "fffffe3fffffe7fffffebfffffed4fe3f9ffaffcabf1febfafefe7fdfd2cbb00089969b71d79fb9f7fff20ffbff3ff50"
            + "ddbd7f061c58f265cd9f469d5af66dddbf871e5f9cff7ff7fffc3ff9ffe45fff4719242cb34e6e9d68a6a3d7dac426de"
            + "fe3cfaf7fffbfe7ffbffdffffffcfffe6ffff4bfff9ffffa3fffd3ffff53fffd5ffffb3fffeb7fffdaffffb7ffff73ff"
            + "feeffffdeffffebffffbfffffd9ffffdbfffebffffe0ffffeeffffc3ffff8bffff1ffffe4fffee7fffb1ffff97fffd9f"
            + "fffcdffff9fffffbffffdafffeeffff4ffffb7fffee7fffe8ffffd3fffdeffffd5fffeeffffbdffffe1fffdfffff7fff"
            + "ff5ffffecffff07fff87fffe0ffff17fffedffff87ffff77fffeffffeaffff8bfffe3ffff93ffff87fffcbffff37ffff"
            + "1fffff83ffffe1fffebfffe3ffff3fffff2ffffa3ffffd9fffff17ffffc7fffff27ffffdefffffbffffff2fffff8ffff"
            + "fb7fff97fff8fffffe6fffffc1fffff87ffffe7fffffc5ffffe5fffe4ffff2fffffd1fffff4ffffffefffffe3fffffc9"
            + "fffff97fffb3ffffcffffb7fffcdffff4ffff9ffffd1ffffcffffeaffffafffffddffffeffffff4fffff5fffffabffff"
            + "a7ffffd7fffff9bffffecfffffb7fffff3fffffe8fffffd3fffffabfffff5fffffff7ffffecfffffdbfffffbbfffff7f"
            + "fffff0fffffbbf";

        [TestMethod]
        public void Every_octet_has_its_code()
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "000161 ffc803" + AllOctets));
            AssertAllOctets(list);
        }

        [TestMethod]
        public void Every_octet_has_its_code_where_the_value_is_decoded_at_once()
        {
            // :path, which is never kept coded.
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "04 ffc803" + AllOctets));
            AssertAllOctets(list);
        }

        [TestMethod]
        public void Every_octet_has_its_code_in_the_table()
        {
            // Longer coded than decoded, so it is decoded for the table; the second time through a list that is too small.
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, list, "400161 ffc803" + AllOctets));
            Assert.AreEqual(32 + 1 + 256, decoder.TableSize);
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            AssertAllOctets(list);
            Assert.IsTrue(FieldText.Decode(decoder, new HeaderList(new byte[20]), "400161 ffc803" + AllOctets));
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            AssertAllOctets(list);
        }

        [TestMethod]
        [DataRow("00")]
        [DataRow("1c")]
        [DataRow("1e")]
        [DataRow("1ff8")]
        public void Padding_must_be_ones(string coded)
        {
            AssertRefused(coded);
        }

        [TestMethod]
        [DataRow("1fff")]
        [DataRow("ff")]
        [DataRow("ffff")]
        [DataRow("53f8ff")]
        public void Padding_must_be_shorter_than_an_octet(string coded)
        {
            AssertRefused(coded);
        }

        [TestMethod]
        [DataRow("ffffffff")]
        [DataRow("fffffffc")]
        [DataRow("1fffffffff")]
        [DataRow("ffffffffffffffff")]
        public void EOS_must_not_be_part_of_a_string(string coded)
        {
            AssertRefused(coded);
        }

        [TestMethod]
        [DataRow("fe")]
        [DataRow("fffe")]
        [DataRow("fffff6")]
        [DataRow("18ee")]
        public void A_code_must_be_complete(string coded)
        {
            AssertRefused(coded);
        }

        [TestMethod]
        [DataRow("1f", "a")]
        [DataRow("07", "0")]
        [DataRow("f8", "&")]
        [DataRow("", "")]
        [DataRow("ff3f", "?")]
        [DataRow("f3febf", "x'")]
        [DataRow("fffe1f", "\\")]
        public void Short_strings_are_read(string coded, string expected)
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "000161" + Literal(coded)));
            Assert.AreEqual("a: " + expected + "\n", FieldText.Lines(list));
            Assert.IsTrue(list.ValueEquals(list.First(), FieldText.Ascii(expected)));
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "00" + Literal(coded) + "00"));
            Assert.AreEqual(expected + ": \n", FieldText.Lines(list));
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "04" + Literal(coded)));
            Assert.AreEqual(":path: " + expected + "\n", FieldText.Lines(list));
        }

        [TestMethod]
        public void Strings_are_coded_where_that_is_shorter()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "x", "aaaaaaaa");
            FieldText.Add(list, "y", "~~~~~~~~");
            FieldText.Add(list, "z", "&&&&");
            Assert.AreEqual(
                "4001788518c6318c63" + "400179087e7e7e7e7e7e7e7e" + "40017a0426262626",
                FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void Strings_of_any_length_are_read_back()
        {
            // Their coded lengths pass all that changes the length's own length.
            HpackEncoder encoder = new HpackEncoder(0);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            for (int length = 0; length < 450; length++)
            {
                list.Reset(0, list.Limit);
                FieldText.Add(list, "x", FieldText.Repeat('a', length));
                FieldText.Add(list, "y", FieldText.Repeat('~', length));
                Assert.AreEqual(FieldText.Lines(list), FieldText.Decode(decoder, FieldText.Encode(encoder, list)));
            }
        }

        [TestMethod]
        public void Strings_with_octets_beyond_ASCII_are_sent_as_they_are()
        {
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "x", "aaaaaaaa\u00e9");
            Assert.AreEqual("4001780a6161616161616161c3a9", FieldText.Encode(new HpackEncoder(4096), list));
        }

        // A string literal with some coded octets.
        private static string Literal(string coded)
        {
            int length = coded.Length / 2;
            byte[] prefix = { (byte)(0x80 | length) };
            return FieldText.Hex(prefix, 0, 1) + coded;
        }

        private static void AssertRefused(string coded)
        {
            string literal = Literal(coded);
            HeaderList list = FieldText.NewList();
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "000161" + literal), "as a value");
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "04" + literal), "as a value that is decoded");
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "00" + literal + "0161"), "as a name");
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "40" + literal + "0161"), "as a name for the table");
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), null, "000161" + literal), "where it is dropped");
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), null, "400161" + literal), "where it goes to the table only");
        }

        private static void AssertAllOctets(HeaderList list)
        {
            byte[] value = new byte[256];
            byte[] expected = new byte[256];
            for (int i = 0; i < 256; i++)
            {
                expected[i] = (byte)i;
            }

            Assert.AreEqual(256, list.ValueLength(list.First()));
            Assert.AreEqual(256, list.CopyValue(list.First(), value, 0));
            for (int i = 0; i < 256; i++)
            {
                Assert.AreEqual(i, (int)value[i]);
            }

            Assert.IsTrue(list.ValueEquals(list.First(), expected));
            expected[200] ^= 1;
            Assert.IsFalse(list.ValueEquals(list.First(), expected));
        }
    }
}
