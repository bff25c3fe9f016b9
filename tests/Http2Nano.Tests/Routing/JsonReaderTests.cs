using System.Text;
using Http2Nano.Json;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class JsonReaderTests
    {
        [TestMethod]
        [DataRow("{}", "{}")]
        [DataRow(" [ ] ", "[]")]
        [DataRow("1", "1")]
        [DataRow("\"a\"", "'a'")]
        [DataRow("true", "t")]
        [DataRow("\t{\"a\" :\r\n1 , \"b\":[ true,false , null ],\"c\":{\"d\":\"e\"}}", "{a:1b:[tfn]c:{d:'e'}}")]
        [DataRow("[[[]],{},[{}]]", "[[[]]{}[{}]]")]
        [DataRow("[-0,0,-1.5,1e5,1E+5,0.1e-2,-12]", "[-00-1.51e51E+50.1e-2-12]")]
        [DataRow("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "'\"\\/\b\f\n\r\t'")]
        [DataRow("\"\\u0041\\u00e4\\u20AC\\uD83D\\uDE00\"", "'Aä€\U0001F600'")]
        [DataRow("\"ä€\U0001F600\"", "'ä€\U0001F600'")]
        public void Good_texts(string json, string expected)
        {
            Assert.AreEqual(expected, Tokens(RouterPeer.Octets(json)));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow(" ")]
        [DataRow("{")]
        [DataRow("[")]
        [DataRow("}")]
        [DataRow("]")]
        [DataRow("{]")]
        [DataRow("[}")]
        [DataRow("[1,]")]
        [DataRow("[,1]")]
        [DataRow("[1 2]")]
        [DataRow("[1")]
        [DataRow("{\"a\":1,}")]
        [DataRow("{,}")]
        [DataRow("{\"a\"}")]
        [DataRow("{\"a\":}")]
        [DataRow("{\"a\":1 \"b\":2}")]
        [DataRow("{a:1}")]
        [DataRow("{1:1}")]
        [DataRow("{'a':1}")]
        [DataRow("1 2")]
        [DataRow("{}{}")]
        [DataRow("[]]")]
        [DataRow("tru")]
        [DataRow("True")]
        [DataRow("nul")]
        [DataRow("truefalse")]
        [DataRow("01")]
        [DataRow("-")]
        [DataRow("+1")]
        [DataRow("1.")]
        [DataRow(".1")]
        [DataRow("1e")]
        [DataRow("1e+")]
        [DataRow("0x1")]
        [DataRow("NaN")]
        [DataRow("\"a")]
        [DataRow("\"a\nb\"")]
        [DataRow("\"\\x\"")]
        [DataRow("\"\\u12\"")]
        [DataRow("\"\\u12g4\"")]
        [DataRow("\"\\u0000\"")]
        [DataRow("\"\\uD800\"")]
        [DataRow("\"\\uD800a\"")]
        [DataRow("\"\\uD800\\u0041\"")]
        [DataRow("\"\\uDC00\"")]
        [DataRow("\"\\")]
        [DataRow("// a\n1")]
        [DataRow("{\"a\":1}x")]
        public void Bad_texts(string json)
        {
            byte[] bytes = RouterPeer.Octets(json);
            Assert.IsTrue(Tokens(bytes).EndsWith("!"), json);
        }

        [TestMethod]
        public void Octets_that_are_no_UTF_8()
        {
            Assert.AreEqual("!", Tokens(new byte[] { 0x22, 0xC0, 0xAF, 0x22 }));
            Assert.AreEqual("!", Tokens(new byte[] { 0x22, 0xC3, 0x22 }));
            Assert.AreEqual("!", Tokens(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 }));
            Assert.AreEqual("!", Tokens(new byte[] { 0xEF, 0xBB, 0xBF, 0x31 }));
        }

        [TestMethod]
        public void Depth_is_bounded()
        {
            Assert.IsFalse(Tokens(RouterPeer.Octets(new string('[', 30) + new string(']', 30))).EndsWith("!"));
            Assert.IsTrue(Tokens(RouterPeer.Octets(new string('[', 31) + new string(']', 31))).EndsWith("!"));
        }

        [TestMethod]
        [DataRow("0", true, 0)]
        [DataRow("-0", true, 0)]
        [DataRow("2147483647", true, 2147483647)]
        [DataRow("-2147483648", true, -2147483648)]
        [DataRow("2147483648", false, 0)]
        [DataRow("-2147483649", false, 0)]
        [DataRow("99999999999", false, 0)]
        [DataRow("1.0", false, 0)]
        [DataRow("1e2", false, 0)]
        public void Whole_numbers(string json, bool whole, int expected)
        {
            byte[] bytes = RouterPeer.Octets(json);
            JsonReader reader = new JsonReader();
            reader.Begin(bytes, 0, bytes.Length);
            Assert.IsTrue(reader.Read() == JsonToken.Number);
            int value;
            Assert.AreEqual(whole, reader.TryGetInt(out value));
            if (whole)
            {
                Assert.AreEqual(expected, value);
            }
        }

        [TestMethod]
        public void Values_can_be_skipped()
        {
            byte[] bytes = RouterPeer.Octets("{\"a\":[1,{\"b\":[]},\"x\"],\"c\":2,\"d\":{}}");
            JsonReader reader = new JsonReader();
            reader.Begin(bytes, 0, bytes.Length);
            string seen = string.Empty;
            reader.Read();
            while (reader.Read() == JsonToken.Name)
            {
                seen += reader.GetText();
                Assert.IsTrue(reader.Skip());
            }

            Assert.AreEqual("acd", seen);
            Assert.IsTrue(reader.Token == JsonToken.EndObject);
            Assert.IsTrue(reader.Read() == JsonToken.End);
        }

        [TestMethod]
        public void Texts_are_compared_with_escapes_resolved()
        {
            byte[] bytes = RouterPeer.Octets("\"a\\u00e4\\n\"");
            JsonReader reader = new JsonReader();
            reader.Begin(bytes, 0, bytes.Length);
            reader.Read();
            Assert.IsTrue(reader.TextEquals(RouterPeer.Octets("aä\n")));
            Assert.IsFalse(reader.TextEquals(RouterPeer.Octets("aä")));
            Assert.IsFalse(reader.TextEquals(RouterPeer.Octets("aä\nx")));
            Assert.IsFalse(reader.TextEquals(RouterPeer.Octets("aö\n")));
        }

        private static string Tokens(byte[] bytes)
        {
            JsonReader reader = new JsonReader();
            reader.Begin(bytes, 0, bytes.Length);
            string text = string.Empty;
            for (; ; )
            {
                switch (reader.Read())
                {
                    case JsonToken.End:
                        return text;
                    case JsonToken.Error:
                        Assert.IsTrue(reader.Read() == JsonToken.Error, "An error stays.");
                        return text + "!";
                    case JsonToken.BeginObject:
                        text += "{";
                        break;
                    case JsonToken.EndObject:
                        text += "}";
                        break;
                    case JsonToken.BeginArray:
                        text += "[";
                        break;
                    case JsonToken.EndArray:
                        text += "]";
                        break;
                    case JsonToken.Name:
                        text += reader.GetText() + ":";
                        break;
                    case JsonToken.Text:
                        text += "'" + reader.GetText() + "'";
                        break;
                    case JsonToken.Number:
                        text += reader.GetText();
                        break;
                    case JsonToken.True:
                        text += "t";
                        break;
                    case JsonToken.False:
                        text += "f";
                        break;
                    default:
                        text += "n";
                        break;
                }
            }
        }
    }
}
