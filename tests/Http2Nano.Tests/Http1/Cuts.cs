using System.Text;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>
    /// Sends the same octets whole, byte by byte and cut at every position, through receive buffers of two sizes: the answer
    /// must be the same each time.
    /// </summary>
    public class Cuts
    {
        private readonly byte[] _request;
        private readonly int _readingTime;
        private HttpLimits _limits;
        private string _expected;

        private Cuts(byte[] request, int readingTime)
        {
            _request = request;
            _readingTime = readingTime;
        }

        /// <summary>Tries all cuts.</summary>
        /// <returns>All that the server sent, without Date fields; behind it "(closed)" if it closed the connection.</returns>
        public static string Answer(string request)
        {
            return Answer(Encoding.UTF8.GetBytes(request));
        }

        /// <summary>Tries all cuts.</summary>
        /// <returns>All that the server sent, without Date fields; behind it "(closed)" if it closed the connection.</returns>
        public static string Answer(byte[] request)
        {
            return new Cuts(request, 300).Try();
        }

        /// <summary>Tries all cuts: the server accepts the request and answers it with a body.</summary>
        public static void Accepted(string request, string body)
        {
            string answer = Answer(request);
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
            Assert.AreEqual(body, answer.Substring(answer.IndexOf("\r\n\r\n") + 4), request);
        }

        /// <summary>Tries all cuts: the server refuses the request with a status and closes the connection.</summary>
        public static void Refused(string request, int status)
        {
            RefusedWith(Answer(request), status, request);
        }

        /// <summary>Tries all cuts: the server refuses the request with a status and closes the connection.</summary>
        public static void Refused(byte[] request, int status)
        {
            RefusedWith(Answer(request), status, "octets");
        }

        private static void RefusedWith(string answer, int status, string request)
        {
            Assert.StartsWith("HTTP/1.1 " + status.ToString() + " ", answer, request);
            Assert.EndsWith("\r\ncontent-length: 0\r\nconnection: close\r\n\r\n(closed)", answer, request);
            Assert.AreEqual(-1, answer.IndexOf("HTTP/1.1", 1), "A second response to " + request);
        }

        private string Try()
        {
            _limits = SmallLimits.Make();
            Http1Peer peer = new Http1Peer(new TestApplication(), _limits);
            peer.Send(_request);
            _expected = Finish(peer);

            ByteByByte(peer);
            for (int cut = 1; cut < _request.Length; cut++)
            {
                Split(peer, cut);
            }

            // A device with 64 KB has no room for two.
            peer = null;
            _limits = SmallLimits.Make();
            _limits.ReceiveBufferSize = 256;
            _limits.TransmitBufferSize = 512;
            peer = new Http1Peer(new TestApplication(), _limits);
            peer.Send(_request);
            Same(peer, "a small buffer");
            ByteByByte(peer);
            return _expected;
        }

        private void ByteByByte(Http1Peer peer)
        {
            peer.Reconnect(false);
            peer.Piece = 1;
            peer.Send(_request);
            Same(peer, "byte by byte");
        }

        private void Split(Http1Peer peer, int cut)
        {
            peer.Reconnect(false);
            peer.Send(_request, 0, cut);
            if (!peer.Closed)
            {
                peer.Send(_request, cut, _request.Length - cut);
            }

            Same(peer, "cut at " + cut.ToString());
        }

        private void Same(Http1Peer peer, string how)
        {
            Assert.AreEqual(_expected, Finish(peer), how);
        }

        private string Finish(Http1Peer peer)
        {
            peer.Elapse(_readingTime);
            string answer = WithoutDate(peer.Text) + (peer.Closed ? "(closed)" : string.Empty);
            peer.Disconnect();
            Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            return answer;
        }

        private static string WithoutDate(string answer)
        {
            while (true)
            {
                int at = answer.IndexOf("date: ");
                if (at < 0)
                {
                    return answer;
                }

                answer = answer.Substring(0, at) + answer.Substring(at + 37);
            }
        }
    }
}
