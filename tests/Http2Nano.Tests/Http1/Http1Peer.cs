using System.Text;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>A client of HTTP/1.1 that sends what it is told and takes the responses one by one.</summary>
    public class Http1Peer : MemoryPeer
    {
        private int _taken;

        /// <summary>Connects to a session with limits that are small, as on a device.</summary>
        public Http1Peer(TestApplication application)
            : this(application, SmallLimits.Make())
        {
        }

        /// <summary>Connects to a session.</summary>
        public Http1Peer(TestApplication application, HttpLimits limits)
            : base(limits, application)
        {
            Application = application;
            Strict = true;
        }

        /// <summary>What answers the requests.</summary>
        public TestApplication Application { get; private set; }

        /// <summary>Opens a new connection to the same session.</summary>
        public void Reconnect(bool secure)
        {
            _taken = 0;
            Connect(secure);
        }

        /// <summary>The next response, which must be complete.</summary>
        public Http1Reply Next()
        {
            return Next(false);
        }

        /// <summary>The next response, which must be complete.</summary>
        /// <param name="toHead">It answers HEAD.</param>
        public Http1Reply Next(bool toHead)
        {
            Http1Reply reply = Http1Reply.Parse(Received, _taken, ReceivedCount, toHead, Closed);
            Assert.IsNotNull(reply, "A response is missing.");
            Assert.IsTrue(reply.End >= 0, "A response is not complete: " + reply.Head);
            _taken = reply.End;
            if (_taken == ReceivedCount)
            {
                _taken = 0;
                Forget();
            }

            return reply;
        }

        /// <summary>The next response, which must not be complete; null when nothing of it has come.</summary>
        public Http1Reply NextIncomplete()
        {
            Http1Reply reply = Http1Reply.Parse(Received, _taken, ReceivedCount, false, false);
            Assert.IsTrue(reply == null || reply.End < 0, "The response is complete.");
            return reply;
        }

        /// <summary>Nothing more was received.</summary>
        public void NothingMore()
        {
            Assert.AreEqual(string.Empty, Encoding.UTF8.GetString(Received, _taken, ReceivedCount - _taken), "octets behind the last response");
        }

        /// <summary>The next response has a status, and nothing else about it matters.</summary>
        public void NextIs(int status)
        {
            Assert.AreEqual(status, Next().Status, "status");
        }

        /// <summary>The request so far is refused with a status and the connection closed, and nothing is held.</summary>
        public void Refused(int status)
        {
            Http1Reply reply = Next();
            Assert.AreEqual(status, reply.Status, "status");
            Assert.AreEqual("close", reply.Field("connection"), "connection");
            NothingMore();
            Elapse(300);
            Assert.IsTrue(Closed, "closed");
            Assert.AreEqual(0, Session.Exchanges.InUse, "exchanges in use");
        }
    }
}
