using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Integers (RFC 7541 5.1) and their bounds.</summary>
    [TestClass]
    public class IntegerTests
    {
        [TestMethod]
        [DataRow("ff8000", "index 127 is out of range")]
        [DataRow("ffffffffff07", "31 bits and more")]
        [DataRow("ffffffffff08", "more than 31 bits")]
        [DataRow("ffffffffffff00", "six octets of continuation")]
        [DataRow("ff808080808000", "six octets of continuation that add nothing")]
        [DataRow("7fffffffff0f", "a name's index")]
        [DataRow("3fffffffff0f", "a table size")]
        [DataRow("007fffffffff0f", "a name's length")]
        [DataRow("0001617fffffffff0f", "a value's length")]
        public void Integers_out_of_bounds_are_refused(string block, string what)
        {
            HeaderList list = FieldText.NewList();
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, block), what);
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), null, block), what);
        }

        [TestMethod]
        public void Continuation_that_adds_nothing_is_read()
        {
            // A table size of 31, and a name's length of 127, both longer than they need be.
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.AreEqual("", FieldText.Decode(decoder, "3f8080808000"));
            string name = FieldText.Repeat('a', 127);
            byte[] octets = FieldText.Ascii(name);
            string fields = FieldText.Decode(decoder, "007f8000" + FieldText.Hex(octets, 0, octets.Length) + "00");
            Assert.AreEqual(name + ": \n", fields);
        }

        [TestMethod]
        [DataRow("7f")]
        [DataRow("ff")]
        [DataRow("40")]
        [DataRow("400a6375")]
        [DataRow("400161")]
        [DataRow("4001610a")]
        [DataRow("4001610a6162")]
        [DataRow("0401")]
        [DataRow("04")]
        [DataRow("3f")]
        [DataRow("3f80")]
        [DataRow("0485")]
        [DataRow("048518c6318c")]
        [DataRow("4086f2b1")]
        public void A_block_must_not_stop_in_the_middle_of_a_field(string block)
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            byte[] octets = FieldText.Octets(block);
            decoder.Begin(FieldText.NewList());
            Assert.IsTrue(decoder.Decode(octets, 0, octets.Length));
            Assert.IsFalse(decoder.End());
            decoder.Begin(null);
            Assert.IsFalse(decoder.Decode(octets, 0, octets.Length), "it works on after an error");
            Assert.IsFalse(decoder.End());
        }

        [TestMethod]
        [DataRow("80", "index 0")]
        [DataRow("80874148b1275ad1ff0131", "index 0 before a name and a value")]
        [DataRow("be", "the dynamic table is empty")]
        [DataRow("fe", "the same")]
        [DataRow("ff00", "the same, with two octets")]
        [DataRow("7e0161", "a name's index")]
        [DataRow("0f2f0161", "a name's index without indexing")]
        public void Indices_beyond_the_tables_are_refused(string block, string what)
        {
            HeaderList list = FieldText.NewList();
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, block), what);
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), null, block), what);
        }

        [TestMethod]
        public void An_index_reaches_the_oldest_field_and_no_further()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();

            // 100 fields with empty names and values: 32 each.
            for (int i = 0; i < 100; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, "400000"));
            }

            Assert.AreEqual(100, decoder.TableCount);
            Assert.IsTrue(FieldText.Decode(decoder, list, "fe"));
            Assert.IsTrue(FieldText.Decode(decoder, list, "ff00"));
            Assert.IsTrue(FieldText.Decode(decoder, list, "ff22"));
            Assert.IsFalse(FieldText.Decode(decoder, list, "ff23"));
        }
    }
}
