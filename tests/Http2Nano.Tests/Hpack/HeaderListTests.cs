using System;
using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Lists of fields, built and read.</summary>
    [TestClass]
    public class HeaderListTests
    {
        [TestMethod]
        public void Fields_keep_their_order()
        {
            HeaderList list = FieldText.NewList();
            Assert.AreEqual(-1, list.First());
            FieldText.Add(list, "x", "1");
            FieldText.Add(list, "server", "s");
            FieldText.Add(list, "x", string.Empty);
            Assert.AreEqual("x: 1\nserver: s\nx: \n", FieldText.Lines(list));
            Assert.AreEqual(3, list.Count);
            Assert.AreEqual(32 * 3 + 2 + 7 + 1, list.Size);
        }

        [TestMethod]
        public void Fields_are_found_by_name()
        {
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "x-one", "1");
            FieldText.Add(list, "vary", "a");
            FieldText.Add(list, "x-two", "2");
            FieldText.Add(list, "vary", "b");
            FieldText.Add(list, "x-one", "3");
            int one = list.Find(FieldText.Ascii("x-one"));
            Assert.AreEqual("1", list.GetValue(one));
            one = list.FindNext(one, FieldText.Ascii("x-one"));
            Assert.AreEqual("3", list.GetValue(one));
            Assert.AreEqual(-1, list.FindNext(one, FieldText.Ascii("x-one")));
            int vary = list.Find(FieldName.Vary);
            Assert.AreEqual(vary, list.Find(FieldText.Ascii("vary")));
            Assert.AreEqual("a", list.GetValue(vary));
            vary = list.FindNext(vary, FieldName.Vary);
            Assert.AreEqual("b", list.GetValue(vary));
            Assert.AreEqual(-1, list.FindNext(vary, FieldName.Vary));
            Assert.AreEqual(-1, list.Find(FieldName.Server));
            Assert.AreEqual(-1, list.Find(FieldText.Ascii("x-three")));
        }

        [TestMethod]
        public void Every_well_known_name_has_its_number()
        {
            HeaderList list = FieldText.NewList();
            for (int name = 1; name <= FieldName.XFrameOptions; name++)
            {
                list.Reset(0, list.Limit);
                list.Add(name, FieldText.Ascii("v"));
                string text = list.GetName(list.First());
                if (text.Length == 0)
                {
                    // A further place of a name of the static table.
                    Assert.IsTrue(name < 15);
                    continue;
                }

                byte[] octets = FieldText.Ascii(text);
                Assert.AreEqual(name, FieldName.IndexOf(octets), text);
                Assert.AreEqual(octets.Length, list.NameLength(list.First()));
                Assert.IsTrue(list.NameEquals(list.First(), octets));
                octets[octets.Length - 1] ^= 1;
                Assert.AreEqual(FieldName.None, FieldName.IndexOf(octets), text);
                Assert.IsFalse(list.NameEquals(list.First(), octets));
            }

            Assert.AreEqual(FieldName.None, FieldName.IndexOf(new byte[0]));
            Assert.AreEqual(FieldName.Path, FieldName.IndexOf(FieldText.Ascii(":path")));
            Assert.AreEqual(FieldName.WwwAuthenticate, FieldName.IndexOf(FieldText.Ascii("www-authenticate")));
            Assert.AreEqual(FieldName.SecFetchUser, FieldName.IndexOf(FieldText.Ascii("sec-fetch-user")));
            Assert.AreEqual(FieldName.XFrameOptions, FieldName.IndexOf(FieldText.Ascii("x-frame-options")));
        }

        [TestMethod]
        public void Every_entry_of_the_static_table_is_read()
        {
            // The 14 with a value, and a few without.
            string[] expected =
            {
                ":authority: \n", ":method: GET\n", ":method: POST\n", ":path: /\n", ":path: /index.html\n", ":scheme: http\n",
                ":scheme: https\n", ":status: 200\n", ":status: 204\n", ":status: 206\n", ":status: 304\n", ":status: 400\n",
                ":status: 404\n", ":status: 500\n", "accept-charset: \n", "accept-encoding: gzip, deflate\n", "accept-language: \n",
            };
            HeaderList list = FieldText.NewList();
            byte[] block = new byte[1];
            for (int i = 0; i < 61; i++)
            {
                list.Reset(0, list.Limit);
                HpackDecoder decoder = new HpackDecoder(4096);
                decoder.Begin(list);
                block[0] = (byte)(0x81 + i);
                Assert.IsTrue(decoder.Decode(block, 0, 1) && decoder.End());
                string field = FieldText.Lines(list);
                if (i < expected.Length)
                {
                    Assert.AreEqual(expected[i], field);
                }

                // Line feed, colon and space do not count.
                Assert.AreEqual(32 + field.Length - 3, list.Size);
                int position = list.First();
                byte[] value = FieldText.Ascii(list.GetValue(position));
                Assert.AreEqual(value.Length, list.ValueLength(position));
                Assert.IsTrue(list.ValueEquals(position, value));
                Assert.IsFalse(list.ValueEquals(position, FieldText.Ascii("something else")));
                Assert.AreEqual(value.Length, list.CopyValue(position, new byte[20], 3));
                Assert.IsTrue(list.NameEquals(position, FieldText.Ascii(list.GetName(position))));
                Assert.AreEqual(list.NameIndex(position), FieldName.IndexOf(FieldText.Ascii(list.GetName(position))));
                Assert.AreEqual(position, list.Find(list.NameIndex(position)));
                Assert.AreEqual(i < 14, list.IsPseudo(position));
            }

            Assert.AreEqual("www-authenticate: \n", FieldText.Lines(list));
        }

        [TestMethod]
        public void Fields_come_in_pieces()
        {
            HeaderList list = FieldText.NewList();
            byte[] text = FieldText.Ascii("HoSt: eXample X-Own: a");
            list.BeginField();
            list.AppendName(text, 0, 1);
            list.AppendName(text, 1, 3);
            list.AppendValue(text, 6, 3);
            list.AppendValue(text, 9, 0);
            list.AppendValue(text, 9, 4);
            list.EndField();
            list.BeginField();
            list.AppendName(text, 14, 2);
            list.AppendName(text, 16, 3);
            list.AppendValue(text, 21, 1);
            list.EndField();
            list.BeginField();
            list.AppendName(text, 14, 1);
            list.EndField();
            list.BeginField(FieldName.Path);
            list.AppendValue(FieldText.Ascii("/"), 0, 1);
            list.EndField();
            Assert.AreEqual("host: eXample\nx-own: a\nx: \n:path: /\n", FieldText.Lines(list));
            Assert.AreEqual(FieldName.Host, list.NameIndex(list.First()));
            Assert.AreEqual(4 * 32 + 11 + 6 + 1 + 6, list.Size);
        }

        [TestMethod]
        public void What_does_not_fit_is_dropped()
        {
            for (int room = 0; room < 80; room++)
            {
                HeaderList list = new HeaderList(new byte[100]);
                list.Reset(10, 10 + room);
                FieldText.Add(list, "x-name", "value");
                list.Add(FieldName.Host, FieldText.Ascii("value"));
                list.BeginField();
                list.AppendName(FieldText.Ascii("x-other"), 0, 7);
                list.AppendValue(FieldText.Ascii("value"), 0, 5);
                list.EndField();
                list.AddNumber(FieldText.Ascii("n"), 1000);
                list.AddNumber(FieldName.Age, 1000);
                Assert.AreEqual(list.Count < 5, list.TooLarge);
                Assert.IsTrue(list.End <= list.Limit);
                Assert.AreEqual(10, list.Start);
                int fields = 0;
                for (int position = list.First(); position >= 0; position = list.Next(position))
                {
                    fields++;
                }

                Assert.AreEqual(fields, list.Count);
                Assert.AreEqual(room >= 66 ? 5 : list.Count, fields);
            }
        }

        [TestMethod]
        public void Limits_hold_when_fields_are_added()
        {
            HeaderList list = FieldText.NewList();
            list.MaximumCount = 2;
            FieldText.Add(list, "a", "1");
            FieldText.Add(list, "b", "2");
            Assert.IsFalse(list.TooLarge);
            FieldText.Add(list, "c", "3");
            Assert.IsTrue(list.TooLarge);
            Assert.AreEqual(2, list.Count);
            list = FieldText.NewList();
            list.MaximumSize = 68;
            FieldText.Add(list, "a", "1");
            FieldText.Add(list, "b", "2");
            Assert.IsFalse(list.TooLarge);
            FieldText.Add(list, "c", "3");
            Assert.IsTrue(list.TooLarge);
            Assert.AreEqual(68, list.Size);
        }

        [TestMethod]
        [DataRow("0", 0)]
        [DataRow("007", 7)]
        [DataRow("2147483647", 2147483647)]
        [DataRow("2147483648", -1)]
        [DataRow("99999999999999999999", -1)]
        [DataRow("", -1)]
        [DataRow("-1", -1)]
        [DataRow("+1", -1)]
        [DataRow("1 ", -1)]
        [DataRow("1a", -1)]
        public void Numbers_are_read(string text, int expected)
        {
            HeaderList list = FieldText.NewList();
            FieldText.Add(list, "x", text);
            Assert.AreEqual(expected, list.ParseNumber(list.First()));

            // The same Huffman-coded, as another name's value and as one that is decoded at once.
            HpackEncoder encoder = new HpackEncoder(0);
            list.Reset(0, list.Limit);
            FieldText.Add(list, "x", text);
            FieldText.Add(list, "content-length", text);
            string block = FieldText.Encode(encoder, list);
            HpackDecoder decoder = new HpackDecoder(4096);
            Assert.IsTrue(FieldText.Decode(decoder, list, block));
            Assert.AreEqual(expected, list.ParseNumber(list.First()));
            Assert.AreEqual(expected, list.ParseNumber(list.Find(FieldName.ContentLength)));
        }

        [TestMethod]
        [DataRow(0, "0")]
        [DataRow(9, "9")]
        [DataRow(10, "10")]
        [DataRow(2147483647, "2147483647")]
        public void Numbers_are_written(int number, string expected)
        {
            HeaderList list = FieldText.NewList();
            list.AddNumber(FieldText.Ascii("x"), number);
            list.AddNumber(FieldName.Age, number);
            Assert.AreEqual("x: " + expected + "\nage: " + expected + "\n", FieldText.Lines(list));
            Assert.AreEqual(number, list.ParseNumber(list.First()));
        }

        [TestMethod]
        public void The_number_of_a_status_is_read_from_the_static_table()
        {
            HeaderList list = FieldText.NewList();
            Assert.IsTrue(FieldText.Decode(new HpackDecoder(4096), list, "8d8482"));
            Assert.AreEqual(404, list.ParseNumber(list.First()));
            Assert.AreEqual(-1, list.ParseNumber(list.Find(FieldName.Path)));
            Assert.AreEqual(-1, list.ParseNumber(list.Find(FieldName.Method)));
        }

        [TestMethod]
        public void Names_and_values_of_text_are_checked()
        {
            HeaderList list = FieldText.NewList();
            list.Add("X-Name", "a value");
            Assert.AreEqual("x-name: a value\n", FieldText.Lines(list));
            string[] names = { "", "a b", "a:", ":path", "a\n", "\u00e9" };
            for (int i = 0; i < names.Length; i++)
            {
                AssertThrows(list, names[i], "a");
            }

            string[] values = { " a", "a ", "a\nb", "a\rb", "\u0001", "\u007f" };
            for (int i = 0; i < values.Length; i++)
            {
                AssertThrows(list, "a", values[i]);
            }

            Assert.AreEqual(1, list.Count);
        }

        private static void AssertThrows(HeaderList list, string name, string value)
        {
            bool thrown = false;
            try
            {
                list.Add(name, value);
            }
            catch (ArgumentException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown, name + ": " + value);
        }
    }
}
