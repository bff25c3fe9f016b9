using Http2Nano.Messages;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class FormTests
    {
        private const string FormType = "Content-Type: application/x-www-form-urlencoded\r\n";

        [TestMethod]
        [DataRow("name=x", "x,-1")]
        [DataRow("n=7&name=a+b%26", "a b&,7")]
        [DataRow("name=%C3%A4&n=2147483647", "ä,2147483647")]
        [DataRow("n=1", "-,1")]
        [DataRow("=&=&&", "-,-1")]
        public void Fields(string body, string expected)
        {
            Assert.AreEqual(expected, Peer().Ask("POST", "/", FormType, body).BodyText);
        }

        [TestMethod]
        [DataRow("name=%")]
        [DataRow("name=%zz")]
        [DataRow("name=%00")]
        [DataRow("name=%C0%AF")]
        [DataRow("%E2%82=1")]
        public void Broken_forms(string body)
        {
            Assert.AreEqual(400, Peer().Ask("POST", "/", FormType, body).Status);
        }

        // RFC 9110 8.3.1
        [TestMethod]
        [DataRow("application/x-www-form-urlencoded;charset=utf-8")]
        [DataRow("application/x-www-form-urlencoded; charset=UTF-8")]
        [DataRow("Application/X-WWW-Form-URLencoded")]
        [DataRow("application/x-www-form-urlencoded \t;\t charset=\"u;t\\\"f,-8\" ; a=b")]
        [DataRow("application/x-www-form-urlencoded;")]
        public void A_type_may_have_capitals_and_parameters(string type)
        {
            Assert.AreEqual("x,-1", Peer().Ask("POST", "/", "Content-Type: " + type + "\r\n", "name=x").BodyText);
        }

        [TestMethod]
        [DataRow("application/x-www-form-urlencoded, text/plain")]
        [DataRow("application/x-www-form-urlencodedx")]
        [DataRow("application/x-www-form-urlencoded x")]
        [DataRow("application/x-www-form-urlencoded; =")]
        [DataRow("application/x-www-form-urlencoded; a")]
        [DataRow("application/x-www-form-urlencoded; a=\"b")]
        [DataRow("application /x-www-form-urlencoded")]
        [DataRow("")]
        public void A_malformed_type_is_none(string type)
        {
            Assert.AreEqual(400, Peer().Ask("POST", "/", "Content-Type: " + type + "\r\n", "name=x").Status);
        }

        [TestMethod]
        public void Other_types()
        {
            Assert.AreEqual(400, Peer().Ask("POST", "/", "Content-Type: text/plain\r\n", "name=x").Status);
            Assert.AreEqual(400, Peer().Ask("POST", "/", string.Empty, "name=x").Status);
        }

        private static RouterPeer Peer()
        {
            Router router = new Router();
            router.MapPost("/", SayForm);
            return new RouterPeer(router);
        }

        private static void SayForm(HttpRequest request, HttpResponse response)
        {
            if (!request.HasForm)
            {
                Problem.Write(response, 400);
                return;
            }

            byte[] name = RouterPeer.Octets("name");
            string value = request.GetFormValue("name");
            Assert.AreEqual(value != null, request.FormEquals(name, RouterPeer.Octets(value ?? string.Empty)));
            if (value != null)
            {
                byte[] copy = new byte[64];
                int at = request.FindForm(name);
                Assert.AreEqual(RouterPeer.Octets(value).Length, request.CopyFormValue(at, copy, 0));
            }

            response.Write((value ?? "-") + "," + request.GetFormInt(RouterPeer.Octets("n")));
        }
    }
}
