using Http2Nano.Messages;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class QueryTests
    {
        [TestMethod]
        [DataRow("/", "-")]
        [DataRow("/?", "-")]
        [DataRow("/?b=1", "-")]
        [DataRow("/?name", "")]
        [DataRow("/?name=", "")]
        [DataRow("/?name&b", "")]
        [DataRow("/?name=x", "x")]
        [DataRow("/?b=1&name=x&name=y", "x")]
        [DataRow("/?&&name=x&", "x")]
        [DataRow("/?n%61me=x", "x")]
        [DataRow("/?names=x&nam=y", "-")]
        [DataRow("/?name=a+b%2Bc", "a b+c")]
        [DataRow("/?name=a=b", "a=b")]
        [DataRow("/?name=%C3%A4", "ä")]
        [DataRow("/?name=a%26b", "a&b")]
        public void Values(string target, string expected)
        {
            Router router = new Router();
            router.MapGet("/", SayName);
            Assert.AreEqual(expected, new RouterPeer(router).Get(target).BodyText);
        }

        [TestMethod]
        [DataRow("/?n=12", "12")]
        [DataRow("/?n=", "-1")]
        [DataRow("/", "-1")]
        [DataRow("/?n=1x", "-1")]
        [DataRow("/?n=-1", "-1")]
        [DataRow("/?n=4294967296", "-1")]
        public void Numbers(string target, string expected)
        {
            Router router = new Router();
            router.MapGet("/", SayNumber);
            Assert.AreEqual(expected, new RouterPeer(router).Get(target).BodyText);
        }

        // Whatever the query, a reader of any size finds what reading through it finds.
        [TestMethod]
        public void A_reader_finds_the_same()
        {
            string[] pieces = { "a", "b", "ab", "%61", "a+b", "%2B", "=", "=", "&", "&", "=1", "=%32", "ba", string.Empty };
            string[] names = { "a", "b", "ab", "ba", "a b", "+", string.Empty, "aa", "none" };
            uint random = 1;
            for (int i = 0; i < 300; i++)
            {
                string query = "x=1";
                for (random = (random * 1664525) + 1013904223; (random & 15) != 0; random = (random * 1664525) + 1013904223)
                {
                    query += pieces[(int)((random >> 16) % (uint)pieces.Length)];
                }

                _reader = new QueryReader(1 + (i % 12));
                _names = names;
                Router router = new Router();
                router.MapGet("/", Compare);
                Assert.AreEqual("same", new RouterPeer(router).Get("/?" + query).BodyText, query);
            }
        }

        [TestMethod]
        public void A_reader_gives_values()
        {
            _reader = new QueryReader(4);
            Router router = new Router();
            router.MapGet("/", Say);
            router.MapPost("/", Say);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("12 b c -1 True 3", peer.Get("/?n=12&v=b+c&name=x").BodyText);
            Assert.AreEqual("7 - -1 False 1", peer.Get("/?n=7").BodyText);
            Assert.AreEqual("-1 - -1 False 0", peer.Get("/").BodyText);
            Assert.AreEqual("12 b c -1 True 3", peer.Ask("POST", "/?n=7", "Content-Type: application/x-www-form-urlencoded\r\n", "n=12&v=b+c&name=x").BodyText);
        }

        [TestMethod]
        public void A_reader_has_room_for_something()
        {
            Assert.ThrowsException(typeof(System.ArgumentOutOfRangeException), () => new QueryReader(0));
            Assert.ThrowsException(typeof(System.ArgumentOutOfRangeException), () => new QueryReader(101));
        }

        private static QueryReader _reader;
        private static string[] _names;

        private static void Compare(HttpRequest request, HttpResponse response)
        {
            _reader.Begin(request);
            for (int i = 0; i < _names.Length; i++)
            {
                byte[] name = System.Text.Encoding.UTF8.GetBytes(_names[i]);
                int at = request.FindQuery(name);
                if (at != _reader.Find(name) || (at >= 0 && request.QueryValueLength(at) != _reader.ValueLength(at)))
                {
                    response.Write(_names[i] + " is at " + at.ToString() + ", not " + _reader.Find(name).ToString());
                    return;
                }
            }

            response.Write("same");
        }

        private static void Say(HttpRequest request, HttpResponse response)
        {
            byte[] v = { (byte)'v' };
            byte[] name = { (byte)'n', (byte)'a', (byte)'m', (byte)'e' };
            if (request.HasForm)
            {
                _reader.BeginForm(request);
            }
            else
            {
                _reader.Begin(request);
            }

            string value = _reader.GetValue(v);
            response.Write(_reader.GetInt(new byte[] { (byte)'n' }).ToString() + " " + (value == null ? "-" : value) + " " + _reader.GetInt(name).ToString()
                + " " + (_reader.ValueEquals(name, new byte[] { (byte)'x' }) ? "True" : "False") + " " + _reader.Count.ToString());
        }

        [TestMethod]
        public void Many_fields_are_only_slow()
        {
            string query = string.Empty;
            for (int i = 0; i < 400; i++)
            {
                query += "a&";
            }

            Router router = new Router();
            router.MapGet("/", SayName);
            Assert.AreEqual("x", new RouterPeer(router).Get("/?" + query + "name=x").BodyText);
        }

        private static void SayName(HttpRequest request, HttpResponse response)
        {
            byte[] name = RouterPeer.Octets("name");
            string value = request.GetQueryValue("name");
            if (value == null)
            {
                Assert.AreEqual(-1, request.FindQuery(name));
                response.Write("-");
                return;
            }

            Assert.IsTrue(request.QueryEquals(name, RouterPeer.Octets(value)), "QueryEquals");
            Assert.IsFalse(request.QueryEquals(name, RouterPeer.Octets(value + "x")), "QueryEquals, longer");
            byte[] copy = new byte[64];
            int at = request.FindQuery(name);
            int length = request.CopyQueryValue(at, copy, 1);
            Assert.AreEqual(RouterPeer.Octets(value).Length, length);
            response.Write(copy, 1, length);
        }

        private static void SayNumber(HttpRequest request, HttpResponse response)
        {
            response.Write(request.GetQueryInt(RouterPeer.Octets("n")));
        }
    }
}
