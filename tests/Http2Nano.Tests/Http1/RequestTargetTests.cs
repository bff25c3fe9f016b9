using System.Text;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 3.2 and 3.3: the forms of the request-target.</summary>
    [TestClass]
    public class RequestTargetTests
    {
        [TestMethod]
        public void Absolute_form_names_the_authority_instead_of_host()
        {
            Cuts.Accepted("GET http://device:80/gtarget?q HTTP/1.1\r\nHost: other\r\n\r\n", "GET /gtarget ?q device:80 1 1");
            Cuts.Accepted("GET HTTP://[::1]:80/gtarget HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET /gtarget  [::1]:80 1 1");
        }

        [TestMethod]
        public void Absolute_form_lists_the_authority_once()
        {
            Cuts.Accepted(
                "GET http://device/gfields HTTP/1.1\r\nHost: other\r\nA: b\r\n\r\n",
                ":method=GET\n:scheme=http\n:authority=device\n:path=/gfields\na=b\n");
        }

        [TestMethod]
        public void Absolute_form_without_a_path_is_the_root()
        {
            Cuts.Accepted("GET http://device HTTP/1.1\r\nHost: device\r\n\r\n", "hello");
            Cuts.Accepted("GET http://device?q HTTP/1.1\r\nHost: device\r\n\r\n", "hello");
            Cuts.Accepted("GET http://device/ HTTP/1.0\r\n\r\n", "hello(closed)");
        }

        [TestMethod]
        public void Absolute_form_is_refused_when_it_is_malformed()
        {
            Cuts.Refused("GET http:///x HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http://:80/x HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http://user@device/x HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http://device:port/x HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http:/device HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET httpx://device/ HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET ftp://device/ HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http://device#x HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http://dev\r\nice/ HTTP/1.1\r\nHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_target_of_the_other_scheme_is_misdirected()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET https://device/ HTTP/1.1\r\nHost: device\r\n\r\n");
            peer.NextIs(421);
            peer.Reconnect(true);
            peer.Send("GET http://device/ HTTP/1.1\r\nHost: device\r\n\r\n");
            peer.NextIs(421);
            peer.Send("GET https://device/ HTTP/1.1\r\nHost: device\r\n\r\n");
            peer.NextIs(200);
            Assert.AreEqual(1, peer.Application.Routed);
        }

        [TestMethod]
        public void Over_tls_the_scheme_is_https()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Reconnect(true);
            peer.Send("GET /gfields HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.AreEqual(":method=GET\n:scheme=https\n:path=/gfields\n:authority=device\n", peer.Next().BodyText);
        }

        [TestMethod]
        public void Asterisk_form_is_for_options_alone()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("OPTIONS * HTTP/1.1\r\nHost: device\r\n\r\n");
            peer.NextIs(200);
            Cuts.Accepted("OPTIONS * HTTP/1.1\r\nHost: device\r\n\r\n", "hello");
            Cuts.Refused("GET * HTTP/1.1\r\nHost: device\r\n\r\n", 400);
            Cuts.Refused("OPTIONS *x HTTP/1.1\r\nHost: device\r\n\r\n", 400);
            Cuts.Refused("OPTIONS *\r\nHost: device\r\n\r\n", 400);
        }

        [TestMethod]
        public void Options_of_an_absolute_uri_without_a_path_is_of_the_server()
        {
            Cuts.Accepted("OPTIONS http://device HTTP/1.1\r\nHost: device\r\n\r\n", "hello");
            Assert.AreEqual("*", TargetOf("OPTIONS http://device HTTP/1.1\r\nHost: device\r\n\r\n"));
            Assert.AreEqual("/", TargetOf("OPTIONS http://device/ HTTP/1.1\r\nHost: device\r\n\r\n"));
            Assert.AreEqual("/", TargetOf("GET http://device HTTP/1.1\r\nHost: device\r\n\r\n"));
            Assert.AreEqual("*", TargetOf("OPTIONS * HTTP/1.1\r\nHost: device\r\n\r\n"));
        }

        [TestMethod]
        public void Octets_that_a_target_never_has_are_refused()
        {
            Cuts.Refused("GET /a#b HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /\u00e9 HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /\u007f HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /\u0001 HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET device HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET ?q HTTP/1.1\r\nHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        public void Octets_that_browsers_leave_unescaped_are_passed_on()
        {
            Cuts.Accepted("GET /gtarget?[a]|{b}'%zz HTTP/1.1\r\nHost: d\r\n\r\n", "GET /gtarget ?[a]|{b}'%zz d 1 1");
        }

        [TestMethod]
        public void A_target_longer_than_the_receive_buffer_is_accepted()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.ReceiveBufferSize = 256;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            string query = Texts.Repeat('q', 300);
            peer.Send("GET /gtarget?" + query + " HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual("GET /gtarget ?" + query + " d 1 1", peer.Next().BodyText);
        }

        [TestMethod]
        public void A_target_that_does_not_fit_is_too_long()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /" + Texts.Repeat('p', 1400) + " HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Refused(414);

            // It fits, and the authority does just so; or not any more.
            peer.Reconnect(false);
            peer.Send("GET /gnothing?" + Texts.Repeat('q', 990) + " HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(200);
            peer.Reconnect(false);
            peer.Send("GET /" + Texts.Repeat('p', 1000) + " HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Refused(414);

            peer.Reconnect(false);
            peer.Send("GET http://" + Texts.Repeat('p', 1400));
            peer.Refused(414);
        }

        [TestMethod]
        public void A_target_without_end_is_refused_before_it_ends()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /");
            for (int i = 0; i < 20 && peer.ReceivedCount == 0; i++)
            {
                peer.Send(Texts.Repeat('p', 100));
            }

            peer.Refused(414);
        }

        private static string TargetOf(string request)
        {
            Http1Peer peer = new Http1Peer(new PathApplication());
            peer.Send(request);
            return peer.Next().BodyText;
        }

        private class PathApplication : TestApplication
        {
            protected override void Handle(HttpRequest request, HttpResponse response)
            {
                response.Write(request.Path);
            }
        }

        [TestMethod]
        [DataRow(2)]
        [DataRow(8)]
        [DataRow(13)]
        public void Each_octet_is_judged_wherever_it_stands(int position)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            byte[] request = Encoding.UTF8.GetBytes("GET /x0123456789abcdef HTTP/1.1\r\nHost: d\r\n\r\n");
            for (int octet = 0; octet < 256; octet++)
            {
                request[4 + position] = (byte)octet;
                peer.Reconnect(false);
                peer.Send(request);
                bool right = octet > ' ' && octet < 0x7F && octet != '#';
                Assert.AreEqual(right ? 200 : 400, peer.Next().Status, "octet " + octet.ToString());
                peer.Disconnect();
            }
        }
    }
}
