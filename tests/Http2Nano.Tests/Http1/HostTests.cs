using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 3.2, RFC 9110 7.2: Host.</summary>
    [TestClass]
    public class HostTests
    {
        [TestMethod]
        public void A_request_of_1_1_without_host_is_refused()
        {
            Cuts.Refused("GET / HTTP/1.1\r\n\r\n", 400);
            Cuts.Refused("GET http://device/ HTTP/1.1\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_request_of_1_0_needs_no_host()
        {
            Cuts.Accepted("GET /gtarget HTTP/1.0\r\n\r\n", "GET /gtarget  none 0 1(closed)");
            Cuts.Accepted("GET /gtarget HTTP/1.0\r\nHost: device\r\n\r\n", "GET /gtarget  device 0 1(closed)");
        }

        [TestMethod]
        public void More_than_one_host_is_refused()
        {
            Cuts.Refused("GET / HTTP/1.1\r\nHost: d\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1.1\r\nHost: d\r\nA: b\r\nhOST: e\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1.0\r\nHost: d\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET http://device/ HTTP/1.1\r\nHost: d\r\nHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        public void Host_is_listed_as_authority_alone()
        {
            Cuts.Accepted("GET /gfields HTTP/1.1\r\nHost: device\r\n\r\n", ":method=GET\n:scheme=http\n:path=/gfields\n:authority=device\n");
        }

        [TestMethod]
        public void An_empty_host_is_refused_where_the_target_has_no_authority()
        {
            Cuts.Refused("GET /gtarget HTTP/1.1\r\nHost:\r\n\r\n", 400);
            Cuts.Refused("GET /gtarget HTTP/1.1\r\nHost:  \t \r\n\r\n", 400);
            Cuts.Refused("OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n", 400);
            Cuts.Refused("GET /gtarget HTTP/1.0\r\nHost:\r\n\r\n", 400);
            Cuts.Accepted("GET http://device/gtarget HTTP/1.1\r\nHost:\r\n\r\n", "GET /gtarget  device 1 1");
        }

        [TestMethod]
        [DataRow("device.local:8080")]
        [DataRow("192.168.4.1")]
        [DataRow("[fe80::1]:80")]
        [DataRow("[v1.a:b]")]
        [DataRow("device:")]
        [DataRow("a%20b!$&'()*+,;=~_-")]
        [DataRow("DEVICE")]
        public void A_valid_host_is_accepted(string host)
        {
            Cuts.Accepted("GET /gtarget HTTP/1.1\r\nHost: " + host + "\r\n\r\n", "GET /gtarget  " + host + " 1 1");
        }

        [TestMethod]
        [DataRow("user@device")]
        [DataRow("device/path")]
        [DataRow("http://device")]
        [DataRow("device:80a")]
        [DataRow("device:80:80")]
        [DataRow(":80")]
        [DataRow("a b")]
        [DataRow("a,b c")]
        [DataRow("[::1")]
        [DataRow("[]")]
        [DataRow("[::1]x")]
        [DataRow("[fe80::1%eth0]")]
        [DataRow("a]")]
        [DataRow("dev\"ice")]
        [DataRow("d#")]
        [DataRow("d^")]
        [DataRow("d`")]
        [DataRow("d|")]
        [DataRow("d?")]
        [DataRow("d\\")]
        [DataRow("d\u00e9")]
        [DataRow("d\u007f")]
        public void An_invalid_host_is_refused(string host)
        {
            Cuts.Refused("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 400);
            Cuts.Refused("GET http://device/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_host_that_was_valid_before_is_valid_again_and_no_other()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            for (int i = 0; i < 3; i++)
            {
                peer.Send("GET / HTTP/1.1\r\nHost: device:80\r\n\r\n");
                peer.NextIs(200);
            }

            string[] others = { "device:8x", "device:8 ", "devic:80/", "device 80", ":80", "device:80:" };
            for (int i = 0; i < others.Length; i++)
            {
                peer.Send("GET / HTTP/1.1\r\nHost: device:80\r\n\r\nGET / HTTP/1.1\r\nHost: " + others[i] + "\r\n\r\n");
                peer.NextIs(200);
                peer.NextIs(others[i] == "device:8 " ? 200 : 400);
                peer.Disconnect();
                peer.Reconnect(false);
            }
        }

        [TestMethod]
        public void A_host_in_pieces_is_judged_as_a_whole()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            peer.NextIs(200);
            peer.Send("GET / HTTP/1.1\r\nHost: [");
            peer.Send("a\r\n\r\n");
            peer.NextIs(400);
            peer.Disconnect();
            peer.Reconnect(false);
            peer.Send("GET http://b/ HTTP/1.1\r\nHost: [");
            peer.Send("a\r\n\r\n");
            peer.NextIs(400);
        }
    }
}
