using Http2Nano.Hosting;
using Http2Nano.Tests.Http1;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>A client behind whom others wait: the gate looks at its connection each millisecond, as the host's loop does.</summary>
    public class GatedPeer
    {
        /// <summary>It never came to that.</summary>
        public const int Never = -1;

        private readonly ConnectionGate _gate;
        private readonly Crowd _crowd;
        private int _taken;
        private int _begun;

        /// <summary>Makes the gate of a server.</summary>
        public GatedPeer(HttpServerOptions options)
        {
            Peer = new Http1Peer(new TestApplication(), options.Limits);
            _crowd = new Crowd(options, Peer.Counters);
            _gate = new ConnectionGate(options, Peer.Session, _crowd);
            Begin();
        }

        /// <summary>Who waits while the client does.</summary>
        internal int Others = Http2Nano.Hosting.Others.Waiting;

        /// <summary>The client.</summary>
        public Http1Peer Peer { get; private set; }

        /// <summary>Whether the present connection was to end gracefully.</summary>
        public bool Ended { get; private set; }

        /// <summary>Whether the present connection was to be set aside.</summary>
        public bool IsSetAside { get; private set; }

        /// <summary>Whether octets have moved a moment ago.</summary>
        internal bool HasMoved
        {
            get { return _gate.HasMoved(Peer.Now); }
        }

        /// <summary>Milliseconds that a silent newcomer is given.</summary>
        public int ParkedGrace
        {
            get { return _crowd.ParkedGrace; }
        }

        /// <summary>Milliseconds that a time has shrunk to.</summary>
        public int Grace(int time)
        {
            return _crowd.Grace(time);
        }

        /// <summary>Whether the response to a request ends a connection.</summary>
        /// <param name="others">The other clients.</param>
        /// <param name="parkable">Whether the connection could be set aside.</param>
        internal bool IsToClose(int others, bool parkable)
        {
            _gate.Begin(Peer.Now, parkable);
            return _gate.IsToClose(others);
        }

        /// <summary>The present connection is over; another one begins.</summary>
        public void Connect()
        {
            _gate.Requests = Peer.Counters.RequestsBegun - _begun;
            _gate.Finish(Peer.Now);
            Peer.Disconnect();
            Peer.Reconnect(false);
            _taken = 0;
            Ended = false;
            IsSetAside = false;
            Begin();
        }

        /// <summary>The same for a connection that can be set aside, as one behind a TLS handshake.</summary>
        public void ConnectSecurely()
        {
            Connect();
            _gate.Begin(Peer.Now, true);
        }

        /// <summary>Sends something.</summary>
        public void Send(string text)
        {
            _gate.Octets += text.Length;
            Peer.Send(text);
            Count();
        }

        /// <summary>Sends octets.</summary>
        public void Send(byte[] octets)
        {
            _gate.Octets += octets.Length;
            Peer.Send(octets);
            Count();
        }

        /// <summary>The loop sees nobody else for so long that a crowd is taken to be gone.</summary>
        public void Alone()
        {
            Alone(1000);
        }

        /// <summary>The loop sees nobody else for a time.</summary>
        public void Alone(int milliseconds)
        {
            Decide(Http2Nano.Hosting.Others.Nobody);
            Peer.Elapse(milliseconds);
            Decide(Http2Nano.Hosting.Others.Nobody);
        }

        /// <summary>Time goes by while others wait, and the client takes a number of octets each millisecond.</summary>
        /// <param name="milliseconds">How long to watch.</param>
        /// <param name="octets">Octets that the client takes in a millisecond.</param>
        /// <returns>When the connection was dropped, was set aside or had come to its end; <see cref="Never"/>.</returns>
        public int Wait(int milliseconds, int octets)
        {
            for (int time = 0; time <= milliseconds; time++)
            {
                if (Peer.Closed)
                {
                    return time;
                }

                int decision = Decide(Others);
                IsSetAside = decision == ConnectionGate.Park;
                if (IsSetAside || decision == ConnectionGate.Drop)
                {
                    return time;
                }

                if (decision == ConnectionGate.End)
                {
                    Ended = true;
                    Peer.Session.Shutdown(Peer.Now);
                }

                Peer.ReadLimit = octets;
                Peer.Elapse(1);
                Count();
            }

            return Never;
        }

        /// <summary>The same with a client that takes all that there is.</summary>
        public int Wait(int milliseconds)
        {
            return Wait(milliseconds, int.MaxValue);
        }

        private void Begin()
        {
            _begun = Peer.Counters.RequestsBegun;
            _gate.Begin(Peer.Now, false);
        }

        private int Decide(int others)
        {
            _gate.Requests = Peer.Counters.RequestsBegun - _begun;
            return _gate.Decide(Peer.Now, others, true);
        }

        private void Count()
        {
            _gate.Octets += Peer.ReceivedCount - _taken;
            _taken = Peer.ReceivedCount;
        }
    }
}
