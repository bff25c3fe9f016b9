using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>The decoder's dynamic table and its size (RFC 7541 4, 6.3).</summary>
    [TestClass]
    public class TableSizeTests
    {
        // The octet 22, whose code has 30 bits, 28 times.
        private const string Coded =
            "fffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffff"
            + "bffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffefffffffbffffffe";

        [TestMethod]
        public void An_update_must_come_before_the_first_field()
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "2082"));
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "203fe11f82"));
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "8220"));
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "040161203fe11f"));
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), null, "8220"));
        }

        [TestMethod]
        public void Updates_without_end_are_refused()
        {
            // RFC 7541 4.2 knows of two in a block.
            HeaderList list = FieldText.NewList();
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.IsTrue(FieldText.Decode(decoder, list, "20203fe11f82"), "three");
            Assert.IsTrue(FieldText.Decode(decoder, list, "2020202020202020202020202020202082"), "sixteen");
            Assert.IsFalse(FieldText.Decode(decoder, list, "202020202020202020202020202020202082"), "seventeen");
        }

        [TestMethod]
        public void An_update_must_not_exceed_what_was_announced()
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "3fe11f82"), "4096");
            Assert.IsFalse(FieldText.Decode(new HpackDecoder(4096), list, "3fe21f82"), "4097");
            HpackDecoder larger = new HpackDecoder(8192);
            Assert.IsFalse(FieldText.Decode(larger, list, "3fe21f82"), "not acknowledged yet");
            larger = new HpackDecoder(8192);
            larger.SetLimit(8192);
            Assert.IsTrue(FieldText.Decode(larger, list, "3fe13f82"), "8192");
        }

        [TestMethod]
        public void A_smaller_limit_must_be_taken_up_by_the_next_block()
        {
            HeaderList list = FieldText.NewList();
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "400161 0131");
            decoder.SetLimit(100);
            Assert.IsFalse(FieldText.Decode(decoder, list, "82"));
            decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "400161 0131");
            decoder.SetLimit(100);
            Assert.IsFalse(FieldText.Decode(decoder, list, "040161"));
            decoder = new HpackDecoder(4096);
            decoder.SetLimit(100);
            Assert.IsFalse(FieldText.Decode(decoder, list, "3f4682"), "101");
            decoder = new HpackDecoder(4096);
            decoder.SetLimit(100);
            Assert.IsTrue(FieldText.Decode(decoder, list, "3f4582"), "100");
            Assert.IsTrue(FieldText.Decode(decoder, list, "82"));
        }

        // There are clients that use no table and signal nothing.
        [TestMethod]
        public void A_smaller_limit_need_not_be_taken_up_while_nothing_is_in_the_table()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            decoder.SetLimit(100);
            Assert.AreEqual(":method: GET\n:path: a\n", FieldText.Decode(decoder, "82 040161"));
            Assert.IsFalse(FieldText.Decode(decoder, FieldText.NewList(), "440161"), "a field for the table");
        }

        // RFC 9113 6.5.2: 4,096 octets until the peer knows better, and the memory is for 1,024.
        [TestMethod]
        public void What_memory_does_not_suffice_for_is_lost_and_its_size_counts()
        {
            HpackDecoder decoder = new HpackDecoder(1024);
            HpackDecoder other = new HpackDecoder(4096);
            string large = FieldText.Repeat('v', 400);
            string value = "7f9102" + FieldText.Hex(FieldText.Ascii(large), 0, 400);
            string three = "400161" + value + "400162" + value + "400163" + value;
            Assert.AreEqual(FieldText.Decode(other, three), FieldText.Decode(decoder, three));
            Assert.AreEqual(3, decoder.TableCount);
            Assert.AreEqual(other.TableSize, decoder.TableSize);
            Assert.IsFalse(decoder.ReferenceLost);

            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(decoder, list, "bebf"));
            Assert.IsFalse(list.TooLarge || decoder.ReferenceLost, "the newer two");
            Assert.IsTrue(FieldText.Decode(decoder, list, "82c0"));
            Assert.IsTrue(list.TooLarge && decoder.ReferenceLost, "the oldest");
            Assert.IsTrue(FieldText.Decode(decoder, list, "82 0f310131"), "its name, for a field that is dropped");
            Assert.IsTrue(list.TooLarge && decoder.ReferenceLost);
            Assert.IsFalse(FieldText.Decode(decoder, list, "c1"), "beyond the table");
        }

        [TestMethod]
        public void A_lost_name_cannot_be_inserted_again()
        {
            HpackDecoder decoder = new HpackDecoder(1024);
            string large = FieldText.Repeat('v', 1100);
            FieldText.Decode(decoder, "400161" + "7fcd07" + FieldText.Hex(FieldText.Ascii(large), 0, 1100));
            Assert.AreEqual(1, decoder.TableCount);
            Assert.AreEqual(1133, decoder.TableSize);
            Assert.IsFalse(FieldText.Decode(decoder, FieldText.NewList(), "7e0131"));
        }

        // Of fields that are next to empty, 4,096 octets hold many more than the memory has places for.
        [TestMethod]
        public void The_oldest_of_very_many_fields_are_forgotten()
        {
            HpackDecoder decoder = new HpackDecoder(1024);
            HeaderList list = FieldText.NewList();
            for (int i = 0; i < 116; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, "400161 023" + (i / 10 % 10).ToString() + "3" + (i % 10).ToString()));
            }

            // 35 octets each: 117 fit, of which the newest 32 and up to 16 more are there.
            Assert.AreEqual("a: 15\na: 80\n", FieldText.Decode(decoder, "be e1"));
            Assert.IsFalse(decoder.ReferenceLost);
            Assert.IsTrue(FieldText.Decode(decoder, list, "e2"));
            Assert.IsTrue(list.TooLarge && decoder.ReferenceLost, "the 37th");
            Assert.IsTrue(FieldText.Decode(decoder, list, "ff32 0fa2010131"), "the 116th, and its name for a field that is dropped");
            Assert.IsTrue(list.TooLarge && decoder.ReferenceLost);

            // What is agreed is there, and nothing else.
            decoder.SetLimit(1024);
            Assert.AreEqual("a: 15\na: 87\n", FieldText.Decode(decoder, "3fe107 be da"));
            Assert.AreEqual(29, decoder.TableCount);
            Assert.IsFalse(FieldText.Decode(decoder, list, "db"), "evicted");
        }

        [TestMethod]
        public void Of_a_table_that_was_emptied_nothing_is_forgotten()
        {
            HpackDecoder decoder = new HpackDecoder(1024);
            HeaderList list = FieldText.NewList();
            for (int i = 0; i < 100; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, "400161 0131"));
            }

            Assert.IsTrue(FieldText.Decode(decoder, list, "20"));
            Assert.IsFalse(FieldText.Decode(decoder, list, "be"));
        }

        [TestMethod]
        public void No_field_is_beyond_what_the_table_can_hold()
        {
            HpackDecoder decoder = new HpackDecoder(1024);
            HeaderList list = FieldText.NewList();
            for (int i = 0; i < 140; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, "400000"));
            }

            Assert.IsTrue(FieldText.Decode(decoder, list, "ff3e"), "the 128th");
            Assert.IsFalse(FieldText.Decode(decoder, list, "ff3f"), "the 129th");
        }

        // As many fields as there are places: the name is that of one which is forgotten meanwhile.
        [TestMethod]
        public void A_dropped_field_may_take_its_name_from_one_that_is_forgotten()
        {
            for (int others = 31; others < 48; others++)
            {
                HpackDecoder decoder = new HpackDecoder(1024);
                Assert.IsTrue(FieldText.Decode(decoder, null, "40046e616d65 0130"));
                for (int i = 0; i < others; i++)
                {
                    Assert.IsTrue(FieldText.Decode(decoder, null, "400161 0131"));
                }

                // The 62nd index is the first of the table; 63 are in the prefix.
                byte[] block = { 0x7F, (byte)(others - 1), 1, (byte)'2' };
                decoder.Begin(null);
                Assert.IsTrue(decoder.Decode(block, 0, block.Length) && decoder.End());
                Assert.AreEqual("name: 2\na: 1\na: 1\n", FieldText.Decode(decoder, "be bf dd"));
            }
        }

        // Once the announced size is agreed, nothing that counts is lost.
        [TestMethod]
        public void An_agreed_size_is_kept_whole()
        {
            HpackDecoder decoder = new HpackDecoder(1024);
            string large = FieldText.Repeat('v', 400);
            string value = "7f9102" + FieldText.Hex(FieldText.Ascii(large), 0, 400);
            FieldText.Decode(decoder, "400161" + value + "400162" + value + "400163" + value);
            decoder.SetLimit(1024);
            Assert.AreEqual("c: " + large + "\nb: " + large + "\n", FieldText.Decode(decoder, "3fe107 bebf"));
            Assert.AreEqual(2, decoder.TableCount);
            Assert.IsFalse(FieldText.Decode(decoder, FieldText.NewList(), "c0"), "evicted");
        }

        [TestMethod]
        public void A_smaller_size_evicts_the_oldest_fields()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "400161 0131 400162 0132 400163 0133");
            Assert.AreEqual(102, decoder.TableSize);
            Assert.AreEqual("c: 3\nb: 2\n", FieldText.Decode(decoder, "3f26bebf"));
            Assert.AreEqual(2, decoder.TableCount);
            Assert.IsFalse(FieldText.Decode(decoder, FieldText.NewList(), "c0"));
        }

        [TestMethod]
        public void A_field_larger_than_the_table_empties_it()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "3f23 400161 0131");
            Assert.AreEqual(1, decoder.TableCount);
            Assert.AreEqual("a: 12345678\n", FieldText.Decode(decoder, "400161 083132333435363738"));
            Assert.AreEqual(1, decoder.TableCount);
            Assert.AreEqual("a: 12345678901234567890123456789012345\n", FieldText.Decode(
                decoder, "400161 233132333435363738393031323334353637383930313233343536373839303132333435"));
            Assert.AreEqual(0, decoder.TableCount);
            Assert.AreEqual(0, decoder.TableSize);
        }

        [TestMethod]
        public void A_field_may_take_its_name_from_one_that_it_evicts()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "3f09");
            Assert.AreEqual("name: 1\n", FieldText.Decode(decoder, "40046e616d65 0131"));
            Assert.AreEqual("name: 2\n", FieldText.Decode(decoder, "7e 0132"));
            Assert.AreEqual("name: 2\n", FieldText.Decode(decoder, "be"));
            Assert.AreEqual(1, decoder.TableCount);
        }

        [TestMethod]
        public void A_dropped_field_may_take_its_name_from_one_that_it_evicts()
        {
            // Three fields of 40 octets, the oldest with the name; the new one of 120 evicts all.
            HpackDecoder decoder = new HpackDecoder(4096);
            FieldText.Decode(decoder, "3f59");
            FieldText.Decode(decoder, "400461616161 0431313131 400462626262 0432323232 400463636363 0433333333");
            Assert.AreEqual(3, decoder.TableCount);
            Assert.IsTrue(FieldText.Decode(decoder, null, "7f01 053132333435"));
            Assert.AreEqual("aaaa: 12345\ncccc: 3333\n", FieldText.Decode(decoder, "bebf"));
            Assert.IsTrue(FieldText.Decode(decoder, null, "7e" + "54" + Digits(84)));
            Assert.AreEqual(1, decoder.TableCount);
            Assert.AreEqual(120, decoder.TableSize);
        }

        [TestMethod]
        public void A_dropped_field_may_take_its_name_from_one_that_moves()
        {
            // A field of 900 octets, one with a name of 480, which is repeated, and two more: the first has to go, and the
            // others move to its place before there is room behind them.
            HpackDecoder decoder = new HpackDecoder(4096);
            string value = "7f8506" + Digits(900);
            Assert.IsTrue(FieldText.Decode(decoder, null, "400161" + value));
            Assert.IsTrue(FieldText.Decode(decoder, null, "407fe102" + Digits(480) + "7fa502" + Digits(420)));
            Assert.IsTrue(FieldText.Decode(decoder, null, "400162" + value + "400163" + value));
            Assert.AreEqual(4, decoder.TableCount);
            Assert.IsTrue(FieldText.Decode(decoder, null, "7f01 0131"));
            Assert.AreEqual(4, decoder.TableCount);
            Assert.AreEqual(FieldText.Repeat('5', 480) + ": 1\n", FieldText.Decode(decoder, "be"));
        }

        [TestMethod]
        public void A_dropped_field_that_is_not_complete_moves_with_the_others()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            string value = "7f8506" + Digits(900);
            Assert.IsTrue(FieldText.Decode(decoder, null, "400161" + value + "400162" + value + "400163" + value + "400164" + value));
            byte[] first = FieldText.Octets("40046e616d657fd903" + Letters(300));
            byte[] second = FieldText.Octets(Digits(300));
            decoder.Begin(null);
            Assert.IsTrue(decoder.Decode(first, 0, first.Length));
            Assert.IsTrue(decoder.Decode(second, 0, second.Length));
            Assert.IsTrue(decoder.End());
            Assert.AreEqual(4, decoder.TableCount);
            string expected = "name: " + FieldText.Repeat('x', 300) + FieldText.Repeat('5', 300) + "\n";
            Assert.AreEqual(expected, FieldText.Decode(decoder, "be"));
        }

        [TestMethod]
        public void Values_that_are_longer_coded_take_no_more_room()
        {
            // 28 octets of 30 bits each: 105 coded. 66 fields of 62 fit into the table, or 61 of 67; as they came they would
            // not. The names are known, and not; in pieces, and not; with a list, and without.
            for (int way = 0; way < 8; way++)
            {
                HpackDecoder decoder = new HpackDecoder(4096);
                HeaderList list = FieldText.NewList();
                byte[] block = FieldText.Octets(((way & 1) == 0 ? "40027879" : "42") + "e9" + Coded);
                for (int i = 0; i < 70; i++)
                {
                    int split = (way & 2) == 0 ? 0 : 20;
                    list.Reset(0, list.Limit);
                    decoder.Begin((way & 4) == 0 ? list : null);
                    Assert.IsTrue(decoder.Decode(block, 0, split));
                    Assert.IsTrue(decoder.Decode(block, split, block.Length - split));
                    Assert.IsTrue(decoder.End());
                }

                Assert.AreEqual((way & 1) == 0 ? 66 : 61, decoder.TableCount);
                FieldText.Decode(decoder, list, "be");
                Assert.AreEqual(28, list.ValueLength(list.First()));
            }
        }

        [TestMethod]
        public void The_table_turns_over_many_times()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            byte[] block = FieldText.Octets("400461616161 0430303030");
            for (int i = 0; i < 2000; i++)
            {
                block[7] = (byte)('0' + i / 1000 % 10);
                block[8] = (byte)('0' + i / 100 % 10);
                block[9] = (byte)('0' + i / 10 % 10);
                block[10] = (byte)('0' + i % 10);
                list.Reset(0, list.Limit);
                decoder.Begin(list);
                Assert.IsTrue(decoder.Decode(block, 0, block.Length) && decoder.End());
                Assert.AreEqual(i < 102 ? i + 1 : 102, decoder.TableCount);
                if (i > 60)
                {
                    // Two fields: the newest, and 60 before it.
                    Assert.IsTrue(FieldText.Decode(decoder, list, "befa"));
                    Assert.AreEqual(i, list.ParseNumber(list.First()));
                    Assert.AreEqual(i - 60, list.ParseNumber(list.Next(list.First())));
                }
            }
        }

        [TestMethod]
        public void Reset_begins_a_new_connection()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.IsFalse(FieldText.Decode(decoder, FieldText.NewList(), "80"));
            decoder.Reset();
            Assert.AreEqual("a: 1\n", FieldText.Decode(decoder, "400161 0131"));
            decoder.SetLimit(0);
            decoder.Reset();
            Assert.AreEqual(0, decoder.TableCount);
            Assert.AreEqual("a: 1\na: 1\n", FieldText.Decode(decoder, "400161 0131 be"));
        }

        private static string Digits(int count)
        {
            return Hex('5', count);
        }

        private static string Letters(int count)
        {
            return Hex('x', count);
        }

        private static string Hex(char character, int count)
        {
            byte[] octets = FieldText.Ascii(FieldText.Repeat(character, count));
            return FieldText.Hex(octets, 0, count);
        }
    }
}
