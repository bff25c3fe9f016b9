using System;
using System.Net;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>The ports and limits of a server. They are checked when the server is made.</summary>
    public sealed class HttpServerOptions
    {
        /// <summary>The port is not used.</summary>
        public const int Off = -1;

        private const int Unset = int.MinValue;

        private int _connections = Unset;

        /// <summary>The address to listen at; all of the board's addresses unless set.</summary>
        public IPAddress Address = IPAddress.Any;

        /// <summary>
        /// The port for HTTP/1.1 and HTTP/2 with prior knowledge; 0 lets the system choose, <see cref="Off"/> turns it off.
        /// </summary>
        public int Port = 80;

        /// <summary>The port for TLS; 0 lets the system choose. Needs <see cref="Tls"/>.</summary>
        public int TlsPort = Off;

        /// <summary>Makes TLS connections; null without TLS.</summary>
        public TlsAcceptor Tls;

        /// <summary>
        /// The listen backlog: the number of clients that the network stack keeps until they are accepted. 1 to 1,024. When
        /// it is full, a client is ignored and tries again after one second, then after two, and so on, as TCP does.
        /// </summary>
        public int Backlog = 4;

        /// <summary>
        /// Number of connections that are served at the same time, in turns on one thread. 1 to 8. The default is 1, and 4 for
        /// <see cref="HttpProfiles.Large"/>. Each takes a socket and <see cref="MemoryBudget.ConnectionBytes"/>, and with TLS 17
        /// to 50 KB of a board's native memory. They share the exchanges: <see cref="HttpLimits.Exchanges"/> must be at least as
        /// many. If all are in use and another client waits, a connection of the client with most connections ends: one that
        /// moves nothing, or else the one that has been served longest. A TLS handshake blocks all of them.
        /// </summary>
        public int Connections
        {
            get { return _connections != Unset ? _connections : Limits == null ? 1 : Limits.Connections; }
            set { _connections = value; }
        }

        /// <summary>
        /// Places for silent connections, kept while another connection is served: browsers open several at once, and keep
        /// those of HTTP/1.1 for their next requests. Those that wait for events lie there, too. Each takes a socket and 240
        /// bytes. 1 to 16. Use 1 on a board with four sockets; 6 suffice for a browser.
        /// </summary>
        public int SilentConnections = 1;

        // Each connection that holds up others halves the following grace times for the next one, down to a few
        // milliseconds, while clients wait: two hundred cost an honest client about a second.

        /// <summary>
        /// Milliseconds that an idle HTTP/2 connection is kept while another client waits. 0 to 60,000. An idle HTTP/1.1
        /// connection is set aside until its next request; without a place for that it is kept for 200 milliseconds.
        /// </summary>
        public int GiveWayGrace = 250;

        /// <summary>
        /// Milliseconds that a new connection has for its first request while another client waits. 0 to 60,000.
        /// </summary>
        public int NewcomerGrace = 250;

        /// <summary>
        /// Milliseconds for which a connection with a request may move no octets in either direction while another client
        /// waits. 10 to 60,000. A connection that waits for events is set aside at once, without being ended. Where it cannot be, for
        /// another client over HTTP/2 or behind a TLS handshake for example, it makes way after 125 milliseconds, and after 250 where
        /// several connections are served at once.
        /// </summary>
        public int StallGrace = 250;

        /// <summary>
        /// Milliseconds after which a connection ends while another client waits, however much it moves: the longest
        /// download, upload or event stream that others have to wait for. Unfinished transfers are aborted. 500 to
        /// 3,600,000.
        /// </summary>
        public int MaximumTurn = 10000;

        /// <summary>Milliseconds for a TLS handshake, where the platform can limit it. 100 to 60,000.</summary>
        public int HandshakeTimeout = 5000;

        /// <summary>Milliseconds for a TLS handshake while another client waits. 10 to 60,000.</summary>
        public int HandshakeGrace = 500;

        /// <summary>The sizes and times of the protocols.</summary>
        public HttpLimits Limits = new HttpLimits();

        /// <summary>Refuses invalid options.</summary>
        /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
        public void Validate()
        {
            Range(Port, Off, 65535, "Port");
            Range(TlsPort, Off, 65535, "TlsPort");
            Range(Backlog, 1, 1024, "Backlog");
            Range(Connections, 1, 8, "Connections");
            Range(SilentConnections, 1, 16, "SilentConnections");
            Range(GiveWayGrace, 0, 60000, "GiveWayGrace");
            Range(NewcomerGrace, 0, 60000, "NewcomerGrace");
            Range(StallGrace, 10, 60000, "StallGrace");
            Range(MaximumTurn, 500, 3600000, "MaximumTurn");
            Range(HandshakeTimeout, 100, 60000, "HandshakeTimeout");
            Range(HandshakeGrace, 10, 60000, "HandshakeGrace");
            if (Port == Off && TlsPort == Off)
            {
                throw new ArgumentException("Port and TlsPort are both off: set one of them.");
            }

            if (TlsPort != Off && Tls == null)
            {
                throw new ArgumentException("TlsPort is set without Tls: give it an acceptor with a certificate, or set TlsPort to Off.");
            }

            if (Address == null)
            {
                throw new ArgumentException("Address is null: use IPAddress.Any for all addresses.");
            }

            if (Limits == null)
            {
                throw new ArgumentException("Limits is null.");
            }

            Limits.Validate();
            if (Connections > Limits.Exchanges)
            {
                throw new ArgumentException("Connections is " + Connections.ToString() + " and Limits.Exchanges is " + Limits.Exchanges.ToString()
                    + ": each connection needs an exchange. Raise Exchanges, or lower Connections.");
            }
        }

        private static void Range(int value, int least, int most, string name)
        {
            LimitRanges.CheckRange(value, least, most, name);
        }
    }
}
