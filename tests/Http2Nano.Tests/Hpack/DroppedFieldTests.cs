using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>What does not fit is dropped: the request is answered with 431, connection and table live on.</summary>
    [TestClass]
    public class DroppedFieldTests
    {
        // a: 1, then custom-key: custom-value (coded) and x: 30 octets.
        private const string Block =
            "400161 0131 408825a849e95ba97d7f8925a849e95bb8e8b4bf 400178 1e787878787878787878787878787878787878787878787878787878787878";

        private const string Fields = "a: 1\ncustom-key: custom-value\nx: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n";

        // Each evicts the one whose name it repeats. The sums of their sizes must not outgrow their places.
        [TestMethod]
        public void A_long_name_may_be_repeated_any_number_of_times()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            byte[] name = FieldText.Ascii(FieldText.Repeat('n', 3000));
            Assert.IsTrue(FieldText.Decode(decoder, null, "40 7fb916" + FieldText.Hex(name, 0, name.Length) + "00"));
            for (int i = 0; i < 100; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, null, "7e00"));
                Assert.AreEqual(1, decoder.TableCount);
                Assert.AreEqual(3032, decoder.TableSize);
            }
        }

        [TestMethod]
        public void The_table_is_the_same_whatever_the_room()
        {
            for (int room = 0; room < 200; room++)
            {
                HpackDecoder decoder = new HpackDecoder(4096);
                HeaderList list = new HeaderList(new byte[room]);
                Assert.IsTrue(FieldText.Decode(decoder, list, Block));
                Assert.AreEqual(151, decoder.TableSize);
                Assert.AreEqual(Fields, FieldText.Decode(decoder, "c0bfbe"));
                Assert.IsFalse(list.Malformed);
                if (list.Count < 3)
                {
                    Assert.IsTrue(list.TooLarge);
                }
                else
                {
                    Assert.AreEqual(Fields, FieldText.Lines(list));
                    Assert.IsFalse(list.TooLarge);
                }
            }
        }

        [TestMethod]
        public void The_table_is_the_same_whatever_the_split()
        {
            byte[] block = FieldText.Octets(Block);
            for (int room = 0; room < 110; room += 5)
            {
                for (int split = 0; split <= block.Length; split++)
                {
                    HpackDecoder decoder = new HpackDecoder(4096);
                    HeaderList list = new HeaderList(new byte[room]);
                    decoder.Begin(list);
                    Assert.IsTrue(decoder.Decode(block, 0, split));
                    Assert.IsTrue(decoder.Decode(block, split, block.Length - split));
                    Assert.IsTrue(decoder.End());
                    Assert.AreEqual(Fields, FieldText.Decode(decoder, "c0bfbe"));
                }
            }
        }

        [TestMethod]
        public void Well_known_names_need_room_as_well()
        {
            // Raw and coded, decoded at once and not, with a name by index and by text.
            string block = "410f7777772e6578616d706c652e636f6d 048c60d5485f2bce9a68b1cfaf9f7f 7a8cf1e3c2e5f23a6ba0ab90f4ff"
                + "508d9bd9abfa5242cb40d25fa523b3 408b4148b1275ad1ffa2fe749d83aebb47";
            HpackDecoder whole = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            bool good = FieldText.Decode(whole, list, block);
            string fields = FieldText.Lines(list);
            int size = whole.TableSize;
            for (int room = 0; room < 700; room++)
            {
                byte[] storage = new byte[710];
                for (int i = room; i < storage.Length; i++)
                {
                    storage[i] = 0x77;
                }

                HpackDecoder decoder = new HpackDecoder(4096);
                list = new HeaderList(storage);
                list.Reset(0, room);
                byte[] octets = FieldText.Octets(block);
                decoder.Begin(list);
                Assert.AreEqual(good, decoder.Decode(octets, 0, octets.Length) & decoder.End());
                Assert.AreEqual(size, decoder.TableSize);
                Assert.IsTrue(list.TooLarge || FieldText.Lines(list) == fields);
                for (int i = room; i < storage.Length; i++)
                {
                    Assert.AreEqual(0x77, (int)storage[i], "written beyond the limit");
                }
            }
        }

        [TestMethod]
        public void A_well_known_name_as_text_has_its_number_in_the_table()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, null, "4006736572766572 0178"));
            Assert.AreEqual(39, decoder.TableSize);
            Assert.IsTrue(FieldText.Decode(decoder, list, "be"));
            Assert.AreEqual("server: x\n", FieldText.Lines(list));
            Assert.AreEqual(FieldName.Server, list.NameIndex(list.First()));
        }

        [TestMethod]
        public void Without_a_list_all_is_dropped()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.IsTrue(FieldText.Decode(decoder, null, "82" + Block + "be"));
            Assert.AreEqual(Fields, FieldText.Decode(decoder, "c0bfbe"));
            Assert.IsTrue(FieldText.Decode(decoder, null, "be 0f1f 0161 1f1f 0161 7e 0162"));
            Assert.AreEqual("x: b\n", FieldText.Decode(decoder, "be"));
        }

        [TestMethod]
        public void A_string_larger_than_anything_is_skipped()
        {
            // 20,000 octets as a name, then as a value, with and without indexing; and coded.
            byte[] zeros = new byte[1000];
            string[] begins = { "007fa19b01", "0001617fa19b01", "4001617fa19b01", "000161ffa19b01", "400161ffa19b01", "40ffa19b01" };
            string[] ends = { "00", "", "", "", "", "00" };
            for (int i = 0; i < begins.Length; i++)
            {
                HpackDecoder decoder = new HpackDecoder(4096);
                HeaderList list = FieldText.NewList();
                FieldText.Decode(decoder, list, "400161 0131");
                byte[] begin = FieldText.Octets(begins[i]);
                byte[] end = FieldText.Octets(ends[i] + "82");
                list.Reset(0, list.Limit);
                decoder.Begin(list);
                Assert.IsTrue(decoder.Decode(begin, 0, begin.Length));
                for (int sent = 0; sent < 20000; sent += zeros.Length)
                {
                    Assert.IsTrue(decoder.Decode(zeros, 0, zeros.Length));
                }

                Assert.IsTrue(decoder.Decode(end, 0, end.Length));
                Assert.IsTrue(decoder.End());
                Assert.IsTrue(list.TooLarge);
                Assert.AreEqual(":method: GET\n", FieldText.Lines(list));
                Assert.AreEqual(begins[i].StartsWith("40") ? 0 : 1, decoder.TableCount);
                Assert.AreEqual("a: 2\n", FieldText.Decode(decoder, "400161 0132"));
            }
        }

        [TestMethod]
        public void Fields_are_counted()
        {
            // One octet each: CVE-2016-6581, CVE-2026-49975.
            HeaderList list = FieldText.NewList();
            list.MaximumCount = 3;
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "828684"));
            Assert.IsFalse(list.TooLarge);
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "82868487"));
            Assert.IsTrue(list.TooLarge);
        }

        [TestMethod]
        public void Their_decoded_size_is_counted()
        {
            // RFC 9113 6.5.2: 42 and 43 for :method: GET and :scheme: http; 34 for a: 1.
            HeaderList list = FieldText.NewList();
            list.MaximumSize = 42 + 43 + 34;
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "8286 400161 0131"));
            Assert.AreEqual(119, list.Size);
            Assert.IsFalse(list.TooLarge);
            list.MaximumSize = 118;
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "8286 400161 0131"));
            Assert.IsTrue(list.TooLarge);
        }

        [TestMethod]
        public void References_to_a_large_field_are_not_followed_without_end()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "400161 64" + Hundred());
            HeaderList list = FieldText.NewList();
            byte[] bomb = new byte[16000];
            for (int i = 0; i < bomb.Length; i++)
            {
                bomb[i] = 0xBE;
            }

            decoder.Begin(list);
            Assert.IsTrue(decoder.Decode(bomb, 0, bomb.Length));
            Assert.IsTrue(decoder.End());
            Assert.IsTrue(list.TooLarge);
            Assert.IsTrue(list.End <= list.Limit);
            Assert.AreEqual(1, decoder.TableCount);
        }

        private static string Hundred()
        {
            byte[] octets = FieldText.Ascii(FieldText.Repeat('~', 100));
            return FieldText.Hex(octets, 0, 100);
        }
    }
}
