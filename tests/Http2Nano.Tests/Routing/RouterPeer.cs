using System.Text;
using Http2Nano.Messages;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    /// <summary>An HTTP/1.1 client of a router, for tests of what the router does.</summary>
    public class RouterPeer : MemoryPeer
    {
        private int _taken;

        /// <summary>Connects to a session that the router answers.</summary>
        public RouterPeer(RequestDispatcher router)
            : this(router, 2048)
        {
        }

        /// <summary>Connects to a session that the router answers.</summary>
        public RouterPeer(RequestDispatcher router, int exchangeSize)
            : base(Limits(exchangeSize), router)
        {
        }

        /// <summary>How much of an endless body a test has looked at.</summary>
        public int Seen { get; set; }

        /// <summary>Sends a GET and takes the response.</summary>
        public Http1Reply Get(string target)
        {
            return Ask("GET", target, string.Empty, string.Empty);
        }

        /// <summary>Sends a GET with fields, each with CR LF behind it, and takes the response.</summary>
        public Http1Reply Get(string target, string fields)
        {
            return Ask("GET", target, fields, string.Empty);
        }

        /// <summary>Sends a request and takes the response.</summary>
        public Http1Reply Ask(string method, string target, string fields, string body)
        {
            if (Closed)
            {
                _taken = 0;
                Connect(false);
            }

            if (_taken == ReceivedCount)
            {
                // What was looked at is in the way of what comes.
                _taken = 0;
                Forget();
            }

            string length = body.Length == 0 ? string.Empty : "Content-Length: " + Octets(body).Length + "\r\n";
            Send(method + " " + target + " HTTP/1.1\r\nHost: device\r\n" + fields + length + "\r\n" + body);
            return Next(method == "HEAD");
        }

        /// <summary>Takes the next response, which must be complete.</summary>
        public Http1Reply Next(bool toHead)
        {
            Http1Reply reply = Http1Reply.Parse(Received, _taken, ReceivedCount, toHead, Closed);
            Assert.IsNotNull(reply, "A response is missing.");
            Assert.IsTrue(reply.End >= 0, "A response is not complete: " + reply.Head);
            _taken = reply.End;
            return reply;
        }

        /// <summary>The octets of a text.</summary>
        public static byte[] Octets(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        private static HttpLimits Limits(int exchangeSize)
        {
            HttpLimits limits = SmallLimits.Make();
            limits.ExchangeSize = exchangeSize;
            return limits;
        }
    }
}
