using System.Text;
using Http2Nano.Messages;
using Http2Nano.Tests.Routing;
using Http2Nano.WebSockets;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>Sends back what it gets, and notes what happens.</summary>
    public class TestEndpoint : QueuedWebSocketEndpoint
    {
        /// <summary>Makes an endpoint with two sockets and rings of 160 bytes.</summary>
        public TestEndpoint()
            : this(new TestClock())
        {
        }

        private TestEndpoint(TestClock clock)
            : base(2, 160, clock)
        {
            Time = clock;
            Echoes = true;
            Capacity = int.MaxValue;
            Notes = string.Empty;
        }

        /// <summary>The time.</summary>
        public TestClock Time { get; private set; }

        /// <summary>The socket that was opened last.</summary>
        public WebSocket Last { get; private set; }

        /// <summary>Whether messages are sent back. If not, whatever comes is taken.</summary>
        public bool Echoes { get; set; }

        /// <summary>Octets that are taken at once where messages are not sent back.</summary>
        public int Capacity { get; set; }

        /// <summary>Whether a socket is answered as a page before it is opened, which is wrong.</summary>
        public bool AnswersAtOnce { get; set; }

        /// <summary>What happened, one word for each: <c>open</c>, <c>text</c> or <c>binary</c> with a count, <c>closed</c> with the code.</summary>
        public string Notes { get; set; }

        /// <summary>Octets of messages that have come.</summary>
        public int Taken { get; private set; }

        /// <summary>A word that makes the endpoint throw, when a message is as long.</summary>
        public int Hurts { get; set; }

        /// <inheritdoc/>
        public override bool Opening(HttpRequest request, HttpResponse response)
        {
            if (AnswersAtOnce)
            {
                response.Write("page");
            }

            return true;
        }

        /// <inheritdoc/>
        public override void Opened(WebSocket socket, HttpRequest request)
        {
            base.Opened(socket, request);
            Last = socket;
            Note("open");
        }

        /// <inheritdoc/>
        public override int Room(WebSocket socket)
        {
            return Echoes ? SendRoom(socket) : Capacity;
        }

        /// <inheritdoc/>
        public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
        {
            Taken += count;
            if (Hurts != 0 && Taken == Hurts)
            {
                throw new System.InvalidOperationException();
            }

            if (piece == WebSocketPiece.TextEnd || piece == WebSocketPiece.BinaryEnd)
            {
                Note((piece == WebSocketPiece.TextEnd ? "text " : "binary ") + Taken.ToString());
                Taken = 0;
            }

            if (Echoes && !Send(socket, piece, buffer, offset, count))
            {
                Note("full");
            }
        }

        /// <inheritdoc/>
        public override void Closed(WebSocket socket, int code)
        {
            base.Closed(socket, code);
            Note("closed " + code.ToString());
        }

        private void Note(string word)
        {
            Notes = Notes.Length == 0 ? word : Notes + ", " + word;
        }
    }
}
