using System;
using System.Text;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class JsonWriterTests
    {
        [TestMethod]
        public void Objects_and_arrays()
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[256];
            json.Begin(buffer, 3, buffer.Length);
            json.BeginObject();
            json.Member(RouterPeer.Octets("n"), -12);
            json.Member(RouterPeer.Octets("s"), RouterPeer.Octets("text"));
            json.Name(RouterPeer.Octets("a"));
            json.BeginArray();
            json.Value(true);
            json.Value(false);
            json.Null();
            json.Value((byte[])null);
            json.Value((string)null);
            json.BeginObject();
            json.EndObject();
            json.BeginArray();
            json.EndArray();
            json.Value(1);
            json.EndArray();
            json.Name(RouterPeer.Octets("z"));
            json.BeginObject();
            json.EndObject();
            json.EndObject();
            int end = json.End();
            Assert.AreEqual(
                "{\"n\":-12,\"s\":\"text\",\"a\":[true,false,null,null,null,{},[],1],\"z\":{}}",
                Encoding.UTF8.GetString(buffer, 3, end - 3));
            Assert.IsFalse(json.Overflowed);
        }

        [TestMethod]
        [DataRow("", "\"\"")]
        [DataRow("a", "\"a\"")]
        [DataRow("\"", "\"\\\"\"")]
        [DataRow("a\\b", "\"a\\\\b\"")]
        [DataRow("\n", "\"\\u000a\"")]
        [DataRow("\u001f\u0001x\r\"\\", "\"\\u001f\\u0001x\\u000d\\\"\\\\\"")]
        [DataRow("ä€\U0001F600/", "\"ä€\U0001F600/\"")]
        public void Texts_are_escaped(string text, string expected)
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[128];
            json.Begin(buffer, 0, buffer.Length);
            json.Value(text);
            Assert.AreEqual(expected, Encoding.UTF8.GetString(buffer, 0, json.End()));

            json.Begin(buffer, 0, buffer.Length);
            json.Value(RouterPeer.Octets(text));
            Assert.AreEqual(expected, Encoding.UTF8.GetString(buffer, 0, json.End()));
        }

        [TestMethod]
        public void Each_octet_at_each_place()
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[128];
            for (int octet = 1; octet < 256; octet++)
            {
                // Sixteen octets are looked at in one go, then eight, then each.
                int length = octet % 3 == 0 ? 7 : octet % 3 == 1 ? 19 : 41;
                for (int place = 0; place < length; place++)
                {
                    byte[] text = new byte[length];
                    for (int i = 0; i < length; i++)
                    {
                        text[i] = (byte)('a' + (i % 26));
                    }

                    text[place] = (byte)octet;
                    json.Begin(buffer, 0, buffer.Length);
                    json.Value(text);
                    int more = octet < ' ' ? 5 : octet == '"' || octet == '\\' ? 1 : 0;
                    Assert.AreEqual(length + 2 + more, json.End());
                    Assert.AreEqual(more == 0 ? octet : '\\', (int)buffer[1 + place]);
                }
            }
        }

        [TestMethod]
        [DataRow(0, 2, "0.00")]
        [DataRow(5, 2, "0.05")]
        [DataRow(-5, 2, "-0.05")]
        [DataRow(2345, 2, "23.45")]
        [DataRow(-2345, 1, "-234.5")]
        [DataRow(2147483647, 9, "2.147483647")]
        public void Decimal_fractions(int value, int decimals, string expected)
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[64];
            json.Begin(buffer, 0, buffer.Length);
            json.Value(value, decimals);
            Assert.AreEqual(expected, Encoding.UTF8.GetString(buffer, 0, json.End()));
        }

        [TestMethod]
        public void Numbers_of_every_length()
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[64];
            long power = 1;
            for (int digits = 1; digits <= 19; digits++)
            {
                Expect(json, buffer, power - 1);
                Expect(json, buffer, power);
                Expect(json, buffer, power + (power / 7));
                Expect(json, buffer, -power);
                Expect(json, buffer, 1 - power);
                power = digits == 18 ? long.MaxValue : power * 10;
            }

            Expect(json, buffer, long.MinValue);
        }

        [TestMethod]
        [DataRow("uptime")]
        [DataRow("")]
        [DataRow("ä€")]
        public void Packed_names_are_written_like_others(string name)
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[256];
            byte[] packed = JsonWriter.PackName(name);
            json.Begin(buffer, 0, buffer.Length);
            WriteMembers(json, packed);
            string text = Encoding.UTF8.GetString(buffer, 0, json.End());
            json.Begin(buffer, 0, buffer.Length);
            WriteMembers(json, RouterPeer.Octets(name));
            Assert.AreEqual(text, Encoding.UTF8.GetString(buffer, 0, json.End()));
            string start = "\"" + name + "\":";
            Assert.AreEqual(
                "{" + start + "-1," + start + "\"t\"," + start + "null," + start + "true," + start + "false," + start + "[]}", text);
        }

        [TestMethod]
        public void Packed_names_are_escaped()
        {
            JsonWriter json = new JsonWriter();
            byte[] buffer = new byte[64];
            json.Begin(buffer, 0, buffer.Length);
            json.BeginObject();
            json.Member(JsonWriter.PackName("a\"\\\n"), true);
            json.EndObject();
            Assert.AreEqual("{\"a\\\"\\\\\\u000a\":true}", Encoding.UTF8.GetString(buffer, 0, json.End()));
        }

        [TestMethod]
        public void A_text_needs_one_byte_more_than_it_has()
        {
            JsonWriter json = new JsonWriter();
            byte[] packed = JsonWriter.PackName("n");
            byte[] plain = RouterPeer.Octets("n");
            byte[] value = RouterPeer.Octets("text");
            for (int room = 0; room < 32; room++)
            {
                // {"n":"text"}, {"n":true}, {"n":false}
                Assert.AreEqual(room <= 12, Overflows(json, room, packed, value, true), "packed " + room.ToString());
                Assert.AreEqual(room <= 12, Overflows(json, room, plain, value, true), "plain " + room.ToString());
                Assert.AreEqual(room <= 10, Overflows(json, room, packed, null, true), "packed true " + room.ToString());
                Assert.AreEqual(room <= 10, Overflows(json, room, plain, null, true), "plain true " + room.ToString());
                Assert.AreEqual(room <= 11, Overflows(json, room, packed, null, false), "packed false " + room.ToString());
                Assert.AreEqual(room <= 11, Overflows(json, room, plain, null, false), "plain false " + room.ToString());
            }

            json.Begin(new byte[8], 0, 5);
            json.Value(true);
            Assert.AreEqual(4, json.End());
            Assert.IsFalse(json.Overflowed);
        }

        private static bool Overflows(JsonWriter json, int room, byte[] name, byte[] text, bool value)
        {
            byte[] buffer = new byte[40];
            buffer[room + 2] = 0xEE;
            json.Begin(buffer, 2, room + 2);
            json.BeginObject();
            if (text != null)
            {
                json.Member(name, text);
            }
            else
            {
                json.Member(name, value);
            }

            json.EndObject();
            json.End();
            Assert.AreEqual(0xEE, (int)buffer[room + 2], "behind the limit");
            return json.Overflowed;
        }

        private static void Expect(JsonWriter json, byte[] buffer, long value)
        {
            json.Begin(buffer, 0, buffer.Length);
            json.Value(value);
            Assert.AreEqual(value.ToString(), Encoding.UTF8.GetString(buffer, 0, json.End()));
        }

        private static void WriteMembers(JsonWriter json, byte[] name)
        {
            json.BeginObject();
            json.Member(name, -1);
            json.Member(name, RouterPeer.Octets("t"));
            json.Member(name, (byte[])null);
            json.Member(name, true);
            json.Member(name, false);
            json.Name(name);
            json.BeginArray();
            json.EndArray();
            json.EndObject();
        }

        [TestMethod]
        public void Nothing_is_written_behind_the_limit()
        {
            JsonWriter json = new JsonWriter();
            for (int limit = 0; limit < 80; limit++)
            {
                byte[] buffer = new byte[128];
                for (int i = 0; i < buffer.Length; i++)
                {
                    buffer[i] = 0xEE;
                }

                json.Begin(buffer, 0, limit);
                json.BeginObject();
                json.Member(RouterPeer.Octets("first"), RouterPeer.Octets("a\"b"));
                json.Name(RouterPeer.Octets("second"));
                json.Value("c\nd");
                json.Member(RouterPeer.Octets("third"), 1234567);
                json.EndObject();
                int end = json.End();
                Assert.IsTrue(end <= limit, "end");
                for (int i = limit; i < buffer.Length; i++)
                {
                    Assert.AreEqual(0xEE, (int)buffer[i], "behind the limit");
                }

                if (!json.Overflowed)
                {
                    Assert.AreEqual("{\"first\":\"a\\\"b\",\"second\":\"c\\u000ad\",\"third\":1234567}", Encoding.UTF8.GetString(buffer, 0, end));
                }
            }

            Assert.IsFalse(json.Overflowed, "80 bytes are enough.");
        }

        [TestMethod]
        public void Into_a_response()
        {
            Router router = new Router();
            router.MapGet("/", SayObject);
            router.MapGet("/much", SayTooMuch);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Get("/");
            Assert.AreEqual("{\"a\":1}", reply.BodyText);
            Assert.AreEqual("application/json", reply.Field("content-type"));
            Assert.AreEqual(500, peer.Get("/much").Status);
        }

        private static void SayObject(HttpRequest request, HttpResponse response)
        {
            JsonWriter json = new JsonWriter();
            json.Begin(response);
            json.BeginObject();
            json.Member(RouterPeer.Octets("a"), 1);
            json.EndObject();
            json.End();
        }

        private static void SayTooMuch(HttpRequest request, HttpResponse response)
        {
            JsonWriter json = new JsonWriter();
            json.Begin(response);
            json.BeginArray();
            for (int i = 0; i < 1000; i++)
            {
                json.Value("text");
            }

            json.EndArray();
            json.End();
        }
    }
}
