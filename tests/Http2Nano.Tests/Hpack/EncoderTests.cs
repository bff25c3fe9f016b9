using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>The encoder's representations, policies and table.</summary>
    [TestClass]
    public class EncoderTests
    {
        [TestMethod]
        [DataRow(200, "88")]
        [DataRow(204, "89")]
        [DataRow(206, "8a")]
        [DataRow(304, "8b")]
        [DataRow(400, "8c")]
        [DataRow(404, "8d")]
        [DataRow(500, "8e")]
        [DataRow(103, "0803313033")]
        [DataRow(431, "0803343331")]
        public void Statuses(int status, string expected)
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            byte[] buffer = new byte[16];
            encoder.Begin(buffer, 1);
            encoder.EncodeStatus(status);
            int length = encoder.End();
            Assert.AreEqual(expected, FieldText.Hex(buffer, 1, length));
        }

        [TestMethod]
        public void A_repeated_response_shrinks_to_an_octet_a_field()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            list.Add(FieldName.ContentType, FieldText.Ascii("text/css"));
            list.Add(FieldName.CacheControl, FieldText.Ascii("no-store"));
            list.Add(FieldName.XFrameOptions, FieldText.Ascii("DENY"));
            Assert.AreEqual(
                "5f86497ca582211f" + "5886a8eb2127b0bf" + "408bf2b4b60e92ac7ad263d48f" + "0444454e59",
                FieldText.Encode(encoder, list));
            Assert.AreEqual("c0bfbe", FieldText.Encode(encoder, list));
            Assert.AreEqual("c0bfbe", FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void A_field_that_changes_leaves_the_others_as_they_are()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            for (int i = 100; i < 120; i++)
            {
                list.Reset(0, list.Limit);
                FieldText.Add(list, "a", "1");
                list.AddNumber(FieldName.ContentLength, i);
                FieldText.Add(list, "b", "2");
                string block = FieldText.Encode(encoder, list);
                string fields = FieldText.Decode(decoder, block);
                Assert.AreEqual(FieldText.Lines(list), fields);
                if (i > 100)
                {
                    Assert.IsTrue(block.StartsWith("bf0f0d") && block.EndsWith("be"), block);
                }
            }

            Assert.AreEqual(2, encoder.TableCount);
        }

        [TestMethod]
        public void Fields_in_another_order_are_found()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "a", "1");
            FieldText.Add(list, "b", "2");
            FieldText.Add(list, "c", "3");
            FieldText.Encode(encoder, list);
            list.Reset(0, list.Limit);
            FieldText.Add(list, "c", "3");
            FieldText.Add(list, "a", "1");
            FieldText.Add(list, "b", "2");
            Assert.AreEqual("bec0bf", FieldText.Encode(encoder, list));
            list.Reset(0, list.Limit);
            FieldText.Add(list, "b", "2");
            Assert.AreEqual("bf", FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void A_name_of_the_table_is_used_with_another_value()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "abc", "1");
            FieldText.Encode(encoder, list);
            list.Reset(0, list.Limit);
            FieldText.Add(list, "abc", "2");
            Assert.AreEqual("7e0132", FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void Secrets_are_never_indexed()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            list.Add(FieldName.SetCookie, FieldText.Ascii("~~"));
            list.Add(FieldName.Authorization, FieldText.Ascii("~~"));
            list.AddNeverIndexed(FieldText.Ascii("x"), FieldText.Ascii("~~"));
            Assert.AreEqual("1f28027e7e" + "1f08027e7e" + "100178027e7e", FieldText.Encode(encoder, list));
            Assert.AreEqual(0, encoder.TableCount);
        }

        [TestMethod]
        public void What_changes_is_not_indexed_unless_asked_for()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            list.Add(FieldName.ETag, FieldText.Ascii("~~"));
            list.Add(FieldName.ETag, FieldText.Ascii("~~"), 0, 2, FieldPolicy.Indexed);
            list.Add(FieldName.Server, FieldText.Ascii("~~"), 0, 2, FieldPolicy.WithoutIndexing);
            Assert.AreEqual("0f13027e7e" + "62027e7e" + "0f27027e7e", FieldText.Encode(encoder, list));
            Assert.AreEqual(1, encoder.TableCount);
        }

        [TestMethod]
        public void A_field_that_was_decoded_can_be_sent_on()
        {
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            string block = "82 41 8cf1e3c2e5f23a6ba0ab90f4ff 1008 70617373776f7264 06736563726574 000161 841ffffa9f";
            Assert.IsTrue(FieldText.Decode(decoder, list, block));
            string fields = FieldText.Lines(list);
            HpackEncoder encoder = new HpackEncoder(4096);
            string sent = FieldText.Encode(encoder, list);
            Assert.AreEqual(fields, FieldText.Decode(new HpackDecoder(4096), sent));
            Assert.IsTrue(sent.StartsWith("82418cf1e3c2e5f23a6ba0ab90f4ff10"), sent);

            // The last one is shorter as it is.
            Assert.IsTrue(sent.EndsWith("016102" + "6185"), sent);
        }

        [TestMethod]
        public void A_coded_value_is_not_taken_for_the_octets_that_it_is_kept_as()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "400178 8218ff"));
            Assert.AreEqual("x: aa~".Substring(0, 5), FieldText.Lines(list).Substring(0, 5));
            FieldText.Encode(encoder, list);
            byte[] stored = { 0, (byte)list.ValueLength(list.First()), 0x18, 0xFF };
            list.Reset(0, list.Limit);
            list.Add(FieldText.Ascii("x"), stored);
            Assert.AreEqual("7e04" + FieldText.Hex(stored, 0, 4), FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void A_table_of_nothing_is_never_used()
        {
            HpackEncoder encoder = new HpackEncoder(0);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "a", "1");
            Assert.AreEqual("20" + "0001610131", FieldText.Encode(encoder, list));
            Assert.AreEqual("0001610131", FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void A_field_larger_than_most_of_the_table_is_not_indexed()
        {
            HpackEncoder encoder = new HpackEncoder(100);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "a", FieldText.Repeat('~', 42));
            FieldText.Encode(encoder, list);
            Assert.AreEqual(1, encoder.TableCount);
            list.Reset(0, list.Limit);
            FieldText.Add(list, "a", FieldText.Repeat('~', 43));
            FieldText.Encode(encoder, list);
            Assert.AreEqual(1, encoder.TableCount);
        }

        [TestMethod]
        public void In_a_small_table_a_block_does_not_evict_what_it_uses()
        {
            // Four fields of 34 where three have room: the fourth would evict the first, and so on at each block.
            HpackEncoder encoder = new HpackEncoder(110);
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "a", "1");
            FieldText.Add(list, "b", "2");
            FieldText.Add(list, "c", "3");
            FieldText.Add(list, "d", "4");
            Assert.AreEqual("3f4f" + "4001610131" + "4001620132" + "4001630133" + "0001640134", FieldText.Encode(encoder, list));
            Assert.AreEqual("c0bfbe0001640134", FieldText.Encode(encoder, list));
            list.Reset(0, list.Limit);
            FieldText.Add(list, "d", "4");
            Assert.AreEqual("4001640134", FieldText.Encode(encoder, list));
        }

        [TestMethod]
        public void Single_fields_are_not_indexed()
        {
            HpackEncoder encoder = new HpackEncoder(4096);
            byte[] buffer = new byte[64];
            byte[] value = FieldText.Ascii("-~~-");
            encoder.Begin(buffer, 0);
            encoder.Encode(FieldText.Ascii("server"), value, 1, 2);
            encoder.Encode(FieldText.Ascii("x"), value, 1, 2);
            encoder.Encode(FieldText.Ascii("priority"), value, 0, 0);
            int length = encoder.End();
            Assert.AreEqual("0f27027e7e" + "000178027e7e" + "0086aec31ec327d700", FieldText.Hex(buffer, 0, length));
        }

        [TestMethod]
        public void The_table_turns_over_many_times()
        {
            HpackEncoder encoder = new HpackEncoder(512);
            HpackDecoder decoder = new HpackDecoder(4096);
            HeaderList list = FieldText.NewList();
            for (int i = 0; i < 600; i++)
            {
                list.Reset(0, list.Limit);
                FieldText.Add(list, "constant", "value");
                list.BeginField();
                list.AppendName(FieldText.Ascii("n"), 0, 1);
                list.AppendValue(FieldText.Ascii((i * 7 % 50).ToString()), 0, i * 7 % 50 < 10 ? 1 : 2);
                list.EndField();
                list.AddNumber(FieldText.Ascii("number"), i);
                Assert.AreEqual(FieldText.Lines(list), FieldText.Decode(decoder, FieldText.Encode(encoder, list)));
                Assert.IsTrue(encoder.TableSize <= 512);
                Assert.AreEqual(encoder.TableCount, decoder.TableCount);
            }
        }
    }
}
