using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>
    /// A dynamic table of 4,096 octets in the smallest profile's memory: clients that enter something new with each request (paths,
    /// numbers of requests) can use what they enter once and refer to always.
    /// </summary>
    [TestClass]
    public class ShortMemoryTests
    {
        private const int Memory = 508;

        // :authority: greenhouse, accept: */*, accept-language: en, and their sizes.
        private const string First = "41 0a677265656e686f757365 53 032a2f2a 51 02656e";
        private const int FirstSize = 52 + 41 + 49;
        private const string Expected = ":authority: greenhouse\naccept: */*\naccept-language: \n";

        // x-request-id as text, and by the index of the newest field.
        private const string NewName = "40 0c782d726571756573742d6964";
        private const string NewestName = "7e";

        [TestMethod]
        [DataRow(17)]
        [DataRow(25)]
        [DataRow(60)]
        public void Many_paths_leave_the_fields_that_come_with_each_request(int octets)
        {
            HeaderList list = List();
            HpackDecoder decoder = New(Memory);
            Assert.IsTrue(FieldText.Decode(decoder, list, First));
            int size = 32 + 5 + octets;
            int most = (4096 - FirstSize) / size;
            for (int i = 1; i <= most; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, "44" + Value(i, octets)));
                Assert.AreEqual(i, list.ParseNumber(list.First()));
                Assert.IsTrue(FieldText.Decode(decoder, list, Index(i + 2) + Index(i + 1) + Index(i)), "after paths: " + i.ToString());
                Assert.IsFalse(decoder.ReferenceLost, "after paths: " + i.ToString());
                Assert.AreEqual(Expected, FieldText.Lines(list));
            }
        }

        [TestMethod]
        public void A_path_that_is_lost_is_not_guessed()
        {
            HeaderList list = List();
            HpackDecoder decoder = New(Memory);
            for (int i = 1; i <= 50; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, "44" + Value(i, 20)));
            }

            Assert.IsTrue(FieldText.Decode(decoder, list, Index(0)));
            Assert.IsFalse(decoder.ReferenceLost, "the newest");
            Assert.IsTrue(FieldText.Decode(decoder, list, Index(49)));
            Assert.IsTrue(decoder.ReferenceLost && list.TooLarge, "the oldest");
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Names_that_nobody_reads_are_lost_before_values_that_are_needed(bool again)
        {
            HeaderList list = List();
            HpackDecoder decoder = New(Memory);
            Assert.IsTrue(FieldText.Decode(decoder, list, First + "44 052f706f6c6c"));
            int most = (4096 - FirstSize - 42) / (32 + 12 + 36);
            for (int i = 1; i <= most; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, (again && i > 1 ? NewestName : NewName) + Value(i, 36)));
                Assert.IsTrue(FieldText.Decode(decoder, list, Index(i + 3) + Index(i) + Index(i + 2) + Index(i + 1)), "after numbers: " + i.ToString());
                Assert.IsFalse(decoder.ReferenceLost, "after numbers: " + i.ToString());
                Assert.AreEqual(":authority: greenhouse\n:path: /poll\naccept: */*\naccept-language: \n", FieldText.Lines(list));
            }
        }

        // By the index of the oldest field, whose name is lost: the table has the size that the client counts, and evicts when it does.
        [TestMethod]
        public void A_name_that_is_lost_still_counts()
        {
            HeaderList list = List();
            HpackDecoder decoder = New(Memory);
            HpackDecoder whole = New(4096);
            string[] values = new string[] { Value(7, 30), "9f" + FieldText.Repeat('0', 61) + "7", "00" };
            for (int i = 1; i <= 60; i++)
            {
                string field = NewName + Value(i, 36);
                Assert.IsTrue(FieldText.Decode(decoder, list, field) && FieldText.Decode(whole, null, field));
            }

            int partial = 0;
            for (int i = 0; i < 120; i++)
            {
                string field = Index(decoder.TableCount - 1, 0x3F, 0x40) + values[i % 3];
                Assert.IsTrue(FieldText.Decode(decoder, list, field), "field " + i.ToString());
                Assert.IsTrue(FieldText.Decode(whole, null, field));
                Assert.AreEqual(whole.TableSize, decoder.TableSize, "field " + i.ToString());
                Assert.AreEqual(whole.TableCount, decoder.TableCount, "field " + i.ToString());
                Assert.AreEqual(32 + 12 + (i % 3 == 0 ? 30 : i % 3 == 1 ? 49 : 0), list.Size, "field " + i.ToString());
                Assert.IsFalse(list.TooLarge || list.Malformed, "field " + i.ToString());
                partial += list.IsPartial ? 1 : 0;
            }

            Assert.IsTrue(partial > 60, "read over: " + partial.ToString());
        }

        // Nothing of an unwanted block is kept to read over: what was in the table is lost, and its size still counts.
        [TestMethod]
        public void A_name_that_is_lost_still_counts_in_a_block_that_nobody_wants()
        {
            HeaderList list = List();
            HpackDecoder decoder = New(Memory);
            HpackDecoder whole = New(4096);
            for (int i = 1; i <= 60; i++)
            {
                string field = NewName + Value(i, 36);
                Assert.IsTrue(FieldText.Decode(decoder, list, field) && FieldText.Decode(whole, null, field));
            }

            string last = Index(decoder.TableCount - 1, 0x3F, 0x40) + Value(7, 80);
            Assert.IsTrue(FieldText.Decode(decoder, null, last) && FieldText.Decode(whole, null, last));
            Assert.AreEqual(whole.TableSize, decoder.TableSize);
            Assert.AreEqual(whole.TableCount, decoder.TableCount);
            Assert.IsTrue(FieldText.Decode(decoder, list, Index(1)));
            Assert.IsTrue(decoder.ReferenceLost);
        }

        [TestMethod]
        public void The_value_of_a_name_that_is_lost_is_checked()
        {
            HeaderList list = List();
            HpackDecoder decoder = New(Memory);
            for (int i = 1; i <= 40; i++)
            {
                Assert.IsTrue(FieldText.Decode(decoder, list, NewName + Value(i, 36)));
            }

            Assert.IsTrue(FieldText.Decode(decoder, list, Index(39, 0x0F, 0x00) + "03610a62"));
            Assert.IsTrue(list.Malformed && list.IsPartial);
            Assert.IsFalse(FieldText.Decode(decoder, list, Index(39, 0x0F, 0x00) + "84fffffffc"), "EOS");
        }

        // The decoder needs octets behind the region.
        private static HeaderList List()
        {
            HeaderList list = new HeaderList(new byte[2048 + 256]);
            list.Reset(0, 2048);
            return list;
        }

        private static HpackDecoder New(int memory)
        {
            UnreadFields unread = new UnreadFields();
            HpackDecoder decoder = new HpackDecoder(4096, memory, unread);
            decoder.Keep(new KeptFields(unread));
            return decoder;
        }

        // Digits of a number, plain.
        private static string Value(int number, int octets)
        {
            string digits = number.ToString();
            byte[] text = FieldText.Ascii(FieldText.Repeat('0', octets - digits.Length) + digits);
            return FieldText.Hex(new byte[] { (byte)octets }, 0, 1) + FieldText.Hex(text, 0, octets);
        }

        private static string Index(int place)
        {
            return Index(place, 0x7F, 0x80);
        }

        // RFC 7541 5.1. Place 0 is the newest field of the table.
        private static string Index(int place, int prefix, int bits)
        {
            int index = 62 + place;
            if (index < prefix)
            {
                return FieldText.Hex(new byte[] { (byte)(bits | index) }, 0, 1);
            }

            index -= prefix;
            return index < 128
                ? FieldText.Hex(new byte[] { (byte)(bits | prefix), (byte)index }, 0, 2)
                : FieldText.Hex(new byte[] { (byte)(bits | prefix), (byte)(index | 128), (byte)(index >> 7) }, 0, 3);
        }
    }
}
