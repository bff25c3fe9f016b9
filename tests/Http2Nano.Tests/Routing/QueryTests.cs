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
