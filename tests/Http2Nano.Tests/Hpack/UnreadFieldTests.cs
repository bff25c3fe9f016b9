using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>A dynamic table of 4,096 octets in less memory: values that nobody reads are counted and not kept.</summary>
    [TestClass]
    public class UnreadFieldTests
    {
        // user-agent: curl/8.5.0 and x-mine: 1, both into the table.
        private const string Block = "7a 0a6375726c2f382e352e30 40 06782d6d696e65 0131";

        [TestMethod]
        public void A_field_that_nobody_reads_has_no_value_the_first_time_and_every_time()
        {
            HpackDecoder decoder = new HpackDecoder(4096, 512, new UnreadFields());
            Assert.AreEqual("user-agent: \nx-mine: 1\n", FieldText.Decode(decoder, Block));
            Assert.AreEqual("user-agent: \nx-mine: 1\n", FieldText.Decode(decoder, "bfbe"));
        }

        [TestMethod]
        public void Its_size_counts_in_the_table_and_in_the_list()
        {
            HpackDecoder decoder = new HpackDecoder(4096, 512, new UnreadFields());
            HeaderList list = new HeaderList(new byte[512]);
            Assert.IsTrue(FieldText.Decode(decoder, list, Block));
            Assert.AreEqual(52 + 39, decoder.TableSize);
            Assert.AreEqual(52 + 39, list.Size);
            Assert.IsTrue(FieldText.Decode(decoder, list, "bf"));
            Assert.AreEqual(52, list.Size);
        }

        [TestMethod]
        public void With_memory_for_the_whole_table_all_values_are_kept()
        {
            HpackDecoder decoder = new HpackDecoder(4096, 4096, new UnreadFields());
            Assert.AreEqual("user-agent: curl/8.5.0\nx-mine: 1\n", FieldText.Decode(decoder, Block));
        }

        [TestMethod]
        public void An_application_reads_more_or_less_than_is_taken_for_granted()
        {
            UnreadFields unread = new UnreadFields();
            unread.Remove("User-Agent");
            unread.Add("X-Mine");
            HpackDecoder decoder = new HpackDecoder(4096, 512, unread);
            Assert.AreEqual("user-agent: curl/8.5.0\nx-mine: \n", FieldText.Decode(decoder, Block));
            unread.Remove("x-mine");
            Assert.AreEqual("user-agent: curl/8.5.0\nx-mine: 1\n", FieldText.Decode(decoder, Block));
        }

        [TestMethod]
        public void What_the_server_reads_cannot_be_unread()
        {
            UnreadFields unread = new UnreadFields();
            string[] names = new string[] { ":path", "content-length", "host", "no token" };
            for (int i = 0; i < names.Length; i++)
            {
                string name = names[i];
                Assert.ThrowsException(typeof(System.ArgumentException), () => unread.Add(name));
            }
        }

        // NUL, a line feed, a space at either end: in the list, dropped, and referred to later.
        [TestMethod]
        public void A_value_that_is_not_kept_is_checked()
        {
            string[] values = new string[] { "03610062", "0361620a", "022061", "026120" };
            for (int i = 0; i < values.Length; i++)
            {
                HpackDecoder decoder = new HpackDecoder(4096, 512, new UnreadFields());
                HeaderList list = new HeaderList(new byte[512]);
                FieldText.Decode(decoder, list, "7a" + values[i]);
                Assert.IsTrue(list.Malformed, values[i]);
                list.Reset(0, 512);
                Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
                Assert.IsTrue(list.Malformed, values[i]);

                decoder.Reset();
                Assert.IsTrue(FieldText.Decode(decoder, null, "7a" + values[i]));
                list.Reset(0, 512);
                Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
                Assert.IsTrue(list.Malformed, values[i] + " dropped");
            }
        }

        [TestMethod]
        public void A_value_of_any_length_that_nobody_reads_leaves_the_others_where_they_are()
        {
            byte[] agent = FieldText.Ascii(FieldText.Repeat('a', 2000));
            string block = "7a 7fd10e" + FieldText.Hex(agent, 0, agent.Length);
            for (int with = 0; with < 2; with++)
            {
                HpackDecoder decoder = new HpackDecoder(4096, 512, new UnreadFields());
                Assert.IsTrue(FieldText.Decode(decoder, null, Block));
                Assert.IsTrue(FieldText.Decode(decoder, with == 0 ? null : new HeaderList(new byte[4096]), block));
                Assert.AreEqual(52 + 39 + 2042, decoder.TableSize);
                Assert.AreEqual("user-agent: \nx-mine: 1\nuser-agent: \n", FieldText.Decode(decoder, "c0bfbe"));
            }
        }

        // Two cookies that do not both fit: a reference to the first says that its value is lost, and its name can be used.
        [TestMethod]
        public void Where_memory_is_short_the_oldest_values_are_lost_and_names_stay()
        {
            byte[] value = FieldText.Ascii(FieldText.Repeat('v', 100));
            string field = "40 06782d6d696e65 64" + FieldText.Hex(value, 0, value.Length);
            HpackDecoder decoder = new HpackDecoder(4096, 256, new UnreadFields());
            HeaderList list = new HeaderList(new byte[1024]);
            Assert.IsTrue(FieldText.Decode(decoder, list, field + field + field));
            list.Reset(0, 1024);
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            Assert.IsFalse(decoder.ReferenceLost);
            list.Reset(0, 1024);
            Assert.IsTrue(FieldText.Decode(decoder, list, "c0"));
            Assert.IsTrue(decoder.ReferenceLost);
            Assert.AreEqual("x-mine: 2\n", FieldText.Decode(decoder, "7f01 0132"));
        }

        [TestMethod]
        public void A_value_that_would_take_half_of_the_memory_is_lost_and_no_other()
        {
            byte[] value = FieldText.Ascii(FieldText.Repeat('v', 600));
            for (int with = 0; with < 2; with++)
            {
                HpackDecoder decoder = new HpackDecoder(4096, 512, new UnreadFields());
                HeaderList list = new HeaderList(new byte[1024]);
                Assert.IsTrue(FieldText.Decode(decoder, list, Block));
                list.Reset(0, 1024);
                Assert.IsTrue(FieldText.Decode(decoder, with == 0 ? null : list, "60 7fd903" + FieldText.Hex(value, 0, value.Length)));
                Assert.AreEqual("user-agent: \nx-mine: 1\n", FieldText.Decode(decoder, "c0bf"));
                Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
                Assert.IsTrue(decoder.ReferenceLost);
            }
        }
    }
}
