using System.Text;
using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Decoders and encoders that live long, against the plainest table: blocks of all that RFC 7541 6 knows, in any order.</summary>
    [TestClass]
    public class RandomBlockTests
    {
        private const int StaticEntries = 61;
        private const int LeastMemory = 1024;

        private static readonly string[] s_names = { "a", "bb", "custom-name", "x-some-name-that-is-longer-than-most-of-them-are", "zz-9" };
        private static readonly string[] s_values =
        {
            "", "1", "abcde", "text/html; charset=utf-8", "~~~~", "a value of some forty octets, more or less",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
        };

        private static readonly int[] s_limits = { 0, 33, 150, 1000, 2048, 4096, 4096 };
        private static int s_seed;

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void Decoders_have_the_table_that_the_RFC_describes(int seed)
        {
            s_seed = seed;
            PlainTable plain = new PlainTable();
            BlockWriter block = new BlockWriter();
            StringBuilder expected = new StringBuilder();
            HeaderList list = new HeaderList(new byte[2048]);
            HpackDecoder reading = new HpackDecoder(4096);
            HpackDecoder dropping = new HpackDecoder(4096);
            HpackDecoder forgetful = new HpackDecoder(LeastMemory);
            for (int i = 0; i < 300; i++)
            {
                if (plain.Count == 0)
                {
                    forgetful.Reset();
                    forgetful.Begin(null);
                    block.Length = 0;
                    block.Integer(BlockWriter.SizeUpdate, plain.Limit);
                    Assert.IsTrue(forgetful.Decode(block.Octets, 0, block.Length) && forgetful.End());
                }

                WriteBlock(plain, block, expected);
                Assert.IsTrue(Decode(reading, list, block, block.Length));
                Assert.AreEqual(expected.ToString(), FieldText.Lines(list));
                Assert.IsFalse(list.TooLarge);
                Agree(plain, reading);
                Assert.IsTrue(Decode(dropping, null, block, Random(block.Length + 1)));
                Agree(plain, dropping);
                if (!Decode(forgetful, list, block, Random(block.Length + 1)))
                {
                    // A name that is lost cannot be repeated.
                    Assert.IsTrue(plain.Size > LeastMemory || plain.Limit < 4096, "nothing was to be lost");
                    plain.SetLimit(0);
                    plain.Limit = 4096;
                    reading.Reset();
                    dropping.Reset();
                    continue;
                }

                Agree(plain, forgetful);
                if (!forgetful.ReferenceLost)
                {
                    Assert.AreEqual(expected.ToString(), FieldText.Lines(list));
                }
            }
        }

        [TestMethod]
        [DataRow(1, 4096)]
        [DataRow(2, 512)]
        [DataRow(3, 100)]
        public void What_is_encoded_is_what_is_decoded(int seed, int size)
        {
            s_seed = seed;
            HpackEncoder encoder = new HpackEncoder(size);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = new HeaderList(new byte[2048]);
            for (int i = 0; i < 300; i++)
            {
                // Now and then only the end differs, or the beginning.
                int fields = Random(7);
                for (int j = 0; j < fields; j++)
                {
                    FieldText.Add(list, s_names[Random(s_names.Length)], s_values[Random(s_values.Length)]);
                }

                if (Random(12) == 0)
                {
                    encoder.SetLimit(s_limits[Random(s_limits.Length)]);
                }

                string block = FieldText.Encode(encoder, list);
                Assert.AreEqual(FieldText.Lines(list), FieldText.Decode(decoder, block));
                Assert.AreEqual(encoder.TableCount, decoder.TableCount);
                Assert.AreEqual(encoder.TableSize, decoder.TableSize);
                list.Reset(0, list.Limit);
            }
        }

        [TestMethod]
        public void Each_field_of_a_full_table_is_found_alone_and_with_those_behind_it()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = new HeaderList(new byte[2048]);
            int all = 4096 / 34;
            Fill(list, 0, all);
            Assert.AreEqual(FieldText.Lines(list), FieldText.Decode(decoder, FieldText.Encode(encoder, list)));
            Assert.AreEqual(all, encoder.TableCount);
            for (int first = 0; first < all; first++)
            {
                int index = StaticEntries + all - first;
                list.Reset(0, list.Limit);
                Fill(list, first, first + 1);
                string block = FieldText.Encode(encoder, list);
                Assert.AreEqual(index < 127 ? 2 : 4, block.Length);
                Assert.AreEqual(FieldText.Lines(list), FieldText.Decode(decoder, block));
                list.Reset(0, list.Limit);
                Fill(list, first, first + 7 < all ? first + 7 : all);
                Assert.AreEqual(FieldText.Lines(list), FieldText.Decode(decoder, FieldText.Encode(encoder, list)));
            }

            Assert.AreEqual(all, encoder.TableCount);
        }

        [TestMethod]
        public void A_field_fits_when_its_last_octet_does()
        {
            // Known; with a name of the static table, of the dynamic table, with a new one; Huffman-coded.
            string[] blocks = { "90", "5f0461626364", "7e0461626364", "400178 0461626364", "5f83 1c6493", "000178 831c6493" };
            for (int i = 0; i < blocks.Length; i++)
            {
                int used = Used(blocks[i], 256);
                int least = 0;
                while (Used(blocks[i], least) < 0)
                {
                    least++;
                }

                // What is coded needs more while it is looked at.
                Assert.AreEqual(i < 4 ? used : used + (i == 4 ? 13 : 12), least, blocks[i]);
                for (int room = least; room < 64; room++)
                {
                    Assert.AreEqual(used, Used(blocks[i], room));
                }
            }
        }

        [TestMethod]
        public void A_table_of_a_size_that_cannot_be_is_refused()
        {
            Assert.IsTrue(IsRefused(-1) && IsRefused(HpackDecoder.MaximumTableSize + 1));
            Assert.IsFalse(IsRefused(0) || IsRefused(HpackDecoder.MaximumTableSize));
        }

        private static bool IsRefused(int size)
        {
            try
            {
                return new HpackDecoder(size) == null;
            }
            catch (System.ArgumentOutOfRangeException)
            {
                try
                {
                    return new HpackEncoder(size) == null;
                }
                catch (System.ArgumentOutOfRangeException)
                {
                    return true;
                }
            }
        }

        // Octets of a list that a field takes, or -1 when there is not as much room.
        private static int Used(string hex, int room)
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.IsTrue(FieldText.Decode(decoder, null, "400179 00"));
            HeaderList list = new HeaderList(new byte[room]);
            Assert.IsTrue(FieldText.Decode(decoder, list, hex));
            Assert.AreEqual(list.TooLarge ? 0 : 1, list.Count);
            return list.TooLarge ? -1 : list.Used;
        }

        private static void Fill(HeaderList list, int first, int end)
        {
            for (int i = first; i < end; i++)
            {
                FieldText.Add(list, FieldText.Repeat((char)('a' + i % 25), 1), FieldText.Repeat((char)('a' + i / 25), 1));
            }
        }

        private static bool Decode(HpackDecoder decoder, HeaderList list, BlockWriter block, int split)
        {
            if (list != null)
            {
                list.Reset(0, list.Limit);
            }

            decoder.Begin(list);
            bool good = decoder.Decode(block.Octets, 0, split) && decoder.Decode(block.Octets, split, block.Length - split);
            return decoder.End() && good;
        }

        private static void Agree(PlainTable plain, HpackDecoder decoder)
        {
            Assert.AreEqual(plain.Count, decoder.TableCount);
            Assert.AreEqual(plain.Size, decoder.TableSize);
        }

        private static void WriteBlock(PlainTable plain, BlockWriter block, StringBuilder expected)
        {
            block.Length = 0;
            expected.Clear();
            if (Random(9) == 0)
            {
                int limit = s_limits[Random(s_limits.Length)];
                block.Integer(BlockWriter.SizeUpdate, limit);
                plain.SetLimit(limit);
            }

            for (int fields = 1 + Random(5); fields > 0; fields--)
            {
                int age = plain.Count == 0 ? -1 : Random(plain.Count);
                int kind = Random(4);
                string name;
                string value;
                if (kind == 0 && age >= 0)
                {
                    block.Integer(BlockWriter.Indexed, StaticEntries + 1 + age);
                    name = plain.Name(age);
                    value = plain.Value(age);
                }
                else
                {
                    int representation = kind == 1 ? BlockWriter.NeverIndexed : kind == 2 ? BlockWriter.WithoutIndexing : BlockWriter.WithIndexing;
                    int source = Random(3);
                    if (source == 0 && age >= 0)
                    {
                        name = plain.Name(age);
                        block.Integer(representation, StaticEntries + 1 + age);
                    }
                    else if (source == 1)
                    {
                        name = "server";
                        block.Integer(representation, 54);
                    }
                    else
                    {
                        name = s_names[Random(s_names.Length)];
                        block.Integer(representation, 0);
                        block.Text(name, Random(2) == 0);
                    }

                    value = s_values[Random(s_values.Length)];
                    block.Text(value, Random(2) == 0);
                    if (representation == BlockWriter.WithIndexing)
                    {
                        plain.Insert(name, value);
                    }
                }

                expected.Append(name);
                expected.Append(": ");
                expected.Append(value);
                expected.Append("\n");
            }
        }

        private static int Random(int below)
        {
            s_seed = s_seed * 1103515245 + 12345;
            return ((s_seed >> 16) & 0x7FFF) % below;
        }
    }
}
