using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Table size updates (RFC 7541 4.2, 6.3) that the encoder sends.</summary>
    [TestClass]
    public class EncoderTableSizeTests
    {
        [TestMethod]
        [DataRow(4096, "82")]
        [DataRow(1024, "3fe10782")]
        [DataRow(0, "2082")]
        public void The_first_block_says_what_differs_from_4096(int size, string expected)
        {
            HpackEncoder encoder = new HpackEncoder(size);
            Assert.AreEqual(expected, FieldText.Encode(encoder, Get()));
            Assert.AreEqual("82", FieldText.Encode(encoder, Get()));
            encoder.Reset();
            Assert.AreEqual(expected, FieldText.Encode(encoder, Get()));
        }

        [TestMethod]
        public void A_smaller_limit_of_the_peer_is_taken_up()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            encoder.SetLimit(100);
            Assert.AreEqual("3f4582", FieldText.Encode(encoder, Get()));
            Assert.AreEqual("82", FieldText.Encode(encoder, Get()));
        }

        [TestMethod]
        public void A_limit_above_the_encoders_own_changes_nothing()
        {
            HpackEncoder encoder = new HpackEncoder(1024);
            FieldText.Encode(encoder, Get());
            encoder.SetLimit(4096);
            encoder.SetLimit(65536);
            encoder.SetLimit(1024);
            Assert.AreEqual("82", FieldText.Encode(encoder, Get()));
        }

        [TestMethod]
        public void Lower_and_then_higher_sends_both_sizes()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            encoder.SetLimit(50);
            encoder.SetLimit(20);
            encoder.SetLimit(100);
            Assert.AreEqual("343f4582", FieldText.Encode(encoder, Get()));
            encoder.SetLimit(0);
            encoder.SetLimit(4096);
            Assert.AreEqual("203fe11f82", FieldText.Encode(encoder, Get()));
            encoder.SetLimit(30);
            Assert.AreEqual("3e82", FieldText.Encode(encoder, Get()));
            encoder.SetLimit(31);
            Assert.AreEqual("3f0082", FieldText.Encode(encoder, Get()));
        }

        [TestMethod]
        public void Lower_and_then_higher_evicts_fields_on_both_sides()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "a", "1");
            FieldText.Add(list, "b", "2");
            FieldText.Decode(decoder, FieldText.Encode(encoder, list));
            encoder.SetLimit(40);
            encoder.SetLimit(4096);
            Assert.AreEqual(1, encoder.TableCount);
            string block = FieldText.Encode(encoder, list);
            Assert.AreEqual("3f093fe11f" + "4001610131" + "bf", block);
            Assert.AreEqual("a: 1\nb: 2\n", FieldText.Decode(decoder, block));
            Assert.AreEqual(2, decoder.TableCount);
        }

        private static HeaderList Get()
        {
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, ":method", "GET");
            return list;
        }
    }
}
