using System;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>
    /// The other end of a connection that exists in memory only: it hands octets to a session as a transport would, takes
    /// what the session sends, and owns the time.
    /// </summary>
    public class MemoryPeer
    {
        private const int SmallBuffer = 128;

        private byte[] _outgoing = new byte[SmallBuffer];
        private int _outgoingStart;
        private int _outgoingEnd;
        private bool _holding;
        private bool _ending;

        /// <summary>Makes a session and connects to it.</summary>
        public MemoryPeer(HttpLimits limits, RequestDispatcher dispatcher)
        {
            Counters = new ServerCounters();
            Session = new HttpSession(limits, dispatcher, Counters);
            Now = 1000;
            Connect(false);
        }

        /// <summary>The session under test.</summary>
        public HttpSession Session { get; private set; }

        /// <summary>What the session counts.</summary>
        public ServerCounters Counters { get; private set; }

        /// <summary>Milliseconds. Goes on by <see cref="Elapse"/> only.</summary>
        public long Now { get; private set; }

        /// <summary>Most octets that the session receives at a time; 1 for byte by byte.</summary>
        public int Piece { get; set; }

        /// <summary>Octets that the peer still takes from the session: 0 stops reading.</summary>
        public int ReadLimit { get; set; }

        /// <summary>
        /// Demands that a session does at once all that it can: a host calls it again only when something has changed.
        /// </summary>
        public bool Strict { get; set; }

        /// <summary>What has been received, in its first <see cref="ReceivedCount"/> octets.</summary>
        public byte[] Received { get; private set; }

        /// <summary>How much has been received.</summary>
        public int ReceivedCount { get; private set; }

        /// <summary>Whether the session has closed the connection.</summary>
        public bool Closed { get; private set; }

        /// <summary>Octets given to <see cref="Send(string)"/> that the session has had no room for.</summary>
        public int Unsent
        {
            get { return _outgoingEnd - _outgoingStart; }
        }

        /// <summary>What has been received as text.</summary>
        public string Text
        {
            get { return Encoding.UTF8.GetString(Received, 0, ReceivedCount); }
        }

        /// <summary>Opens a new connection to the same session.</summary>
        public void Connect(bool secure)
        {
            Piece = int.MaxValue;
            ReadLimit = int.MaxValue;
            Closed = false;
            _outgoingStart = 0;
            _outgoingEnd = 0;
            _holding = false;
            _ending = false;
            Received = new byte[SmallBuffer];
            ReceivedCount = 0;
            Session.Begin(Now, secure);
        }

        /// <summary>Sends text of ASCII characters other than NUL.</summary>
        public void Send(string text)
        {
            Send(Encoding.UTF8.GetBytes(text));
        }

        /// <summary>Sends octets.</summary>
        public void Send(byte[] bytes)
        {
            Send(bytes, 0, bytes.Length);
        }

        /// <summary>Sends octets.</summary>
        public void Send(byte[] bytes, int offset, int count)
        {
            Append(bytes, offset, count);
            Flush();
        }

        /// <summary>Lets the session work until neither side moves any more.</summary>
        public void Pump()
        {
            int moved = 1;
            while (moved != 0 && !Closed)
            {
                moved = Deliver();
                Session.Advance(Now);
                if (Strict)
                {
                    NothingIsLeft();
                }

                if (_ending && Unsent == 0 && !Session.Finished)
                {
                    _ending = false;
                    Session.EndOfStream(Now);
                }

                moved += Take();
                if (Session.Finished && Session.Transmit.Length == 0)
                {
                    Disconnect();
                }
            }
        }

        /// <summary>Lets time go by; the session is called at each of its deadlines, as a host would do.</summary>
        public void Elapse(int milliseconds)
        {
            long target = Now + milliseconds;
            while (!Closed && Session.Deadline <= target)
            {
                long deadline = Session.Deadline;
                if (deadline > Now)
                {
                    Now = deadline;
                }

                Pump();
                if (!Closed && Session.Deadline <= Now)
                {
                    // A host would call again and again without end.
                    throw new Exception("A deadline has passed, and the session did nothing about it.");
                }
            }

            Now = target;
            Pump();
        }

        /// <summary>Ends the client's side of the connection behind all that was sent; the client still reads.</summary>
        public void EndSending()
        {
            _ending = true;
            Pump();
        }

        /// <summary>Forgets what was received, to look at what comes next.</summary>
        public void Forget()
        {
            ReceivedCount = 0;
        }

        /// <summary>From here on nothing is sent, until <see cref="SendHeld"/>: the server gets all of it at once.</summary>
        protected void HoldBack()
        {
            _holding = true;
        }

        /// <summary>Sends what was held.</summary>
        protected void SendHeld()
        {
            _holding = false;
            Pump();
        }

        /// <summary>Puts octets behind those that are to be sent.</summary>
        protected void Append(byte[] bytes, int offset, int count)
        {
            if (_outgoingStart != 0 && count > _outgoing.Length - _outgoingEnd)
            {
                _outgoingEnd -= _outgoingStart;
                Array.Copy(_outgoing, _outgoingStart, _outgoing, 0, _outgoingEnd);
                _outgoingStart = 0;
            }

            _outgoing = Room(_outgoing, _outgoingEnd, count);
            Array.Copy(bytes, offset, _outgoing, _outgoingEnd, count);
            _outgoingEnd += count;
        }

        /// <summary>Sends what was appended, unless it is held.</summary>
        protected void Flush()
        {
            if (!_holding)
            {
                Pump();
            }
        }

        /// <summary>Sends what was appended if it fills the server's buffer: what follows it changes nothing for the server.</summary>
        protected void FlushWhole()
        {
            if (Unsent >= Session.Receive.Bytes.Length)
            {
                Flush();
            }
        }

        /// <summary>Takes what the session has sent.</summary>
        protected virtual void Arrive(byte[] bytes, int offset, int count)
        {
            Received = Room(Received, ReceivedCount, count);
            Array.Copy(bytes, offset, Received, ReceivedCount, count);
            ReceivedCount += count;
        }

        /// <summary>Closes the connection from the client's side.</summary>
        public void Disconnect()
        {
            Session.End();
            Closed = true;
        }

        private void NothingIsLeft()
        {
            int received = Session.Receive.Length;
            int unsent = Session.Transmit.Length;
            bool finished = Session.Finished;
            Session.Advance(Now);
            if (received != Session.Receive.Length || unsent != Session.Transmit.Length || finished != Session.Finished)
            {
                throw new Exception("The session had more to do and did not do it.");
            }
        }

        private int Deliver()
        {
            int count = Session.Receive.MakeRoom();
            if (count > Unsent)
            {
                count = Unsent;
            }

            if (count > Piece)
            {
                count = Piece;
            }

            Array.Copy(_outgoing, _outgoingStart, Session.Receive.Bytes, Session.Receive.End, count);
            Session.Receive.End += count;
            _outgoingStart += count;
            if (_outgoingStart == _outgoingEnd)
            {
                _outgoingStart = 0;
                _outgoingEnd = 0;
                if (_outgoing.Length > Session.Receive.Bytes.Length)
                {
                    _outgoing = new byte[SmallBuffer];
                }
            }

            return count;
        }

        private int Take()
        {
            int count = Session.Transmit.Length;
            if (count > ReadLimit)
            {
                count = ReadLimit;
            }

            if (ReadLimit != int.MaxValue)
            {
                ReadLimit -= count;
            }

            if (count != 0)
            {
                Arrive(Session.Transmit.Bytes, Session.Transmit.Start, count);
                Session.Transmit.Sent(count);
            }

            return count;
        }

        private static byte[] Room(byte[] bytes, int used, int count)
        {
            if (count <= bytes.Length - used)
            {
                return bytes;
            }

            // No more than needed: a small heap has to hold both for a moment.
            byte[] larger = new byte[used + count + (used >> 3)];
            Array.Copy(bytes, 0, larger, 0, used);
            return larger;
        }
    }
}
