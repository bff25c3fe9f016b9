using System;
using System.Net;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>Where a server listens and how it is bounded. Everything is checked when the server is made.</summary>
    public sealed class HttpServerOptions
    {
        /// <summary>No listening on this port.</summary>
        public const int Off = -1;

        /// <summary>Address to listen at; all of the board's addresses unless set.</summary>
        public IPAddress Address = IPAddress.Any;

        /// <summary>Port for HTTP/1.1 and HTTP/2 with prior knowledge; 0 lets the system choose, <see cref="Off"/> turns it off.</summary>
        public int Port = 80;

        /// <summary>Port for TLS; 0 lets the system choose. Needs <see cref="Tls"/>.</summary>
        public int TlsPort = Off;

        /// <summary>Makes TLS connections, or null where there are none.</summary>
        public TlsAcceptor Tls;

        /// <summary>
        /// Clients that the network stack keeps waiting until there is a place for them. 1 to 1,024. Who comes when all of it is taken is
        /// not noticed, and tries again after a second, then after two, and so on: that is how TCP connects.
        /// </summary>
        public int Backlog = 4;

        /// <summary>
        /// Connections that say nothing and are kept while another is served: browsers open several at once, and keep those of
        /// HTTP/1.1 for their next requests. Each takes a socket and 204 bytes. 1 to 16. A board that has but four sockets needs 1;
        /// where there are more, 6 do for a browser.
        /// </summary>
        public int SilentConnections = 1;

        // Each connection that holds others up halves these times for the next one, down to a few milliseconds, as long as anybody
        // waits: two hundred cost an honest client about a second.

        /// <summary>
        /// Milliseconds that an HTTP/2 connection, when it has nothing to do, is kept while another client waits. 0 to 60,000. With
        /// HTTP/1.1 it is set aside until its next request; where there is no place for that, it is kept for 200.
        /// </summary>
        public int GiveWayGrace = 250;

        /// <summary>Milliseconds that a new connection is given for its first request while another client waits. 0 to 60,000.</summary>
        public int NewcomerGrace = 250;

        /// <summary>
        /// Milliseconds for which a connection with a request may move nothing, in either direction, while another client waits.
        /// Twice as long where the application has nothing to send yet. 10 to 60,000.
        /// </summary>
        public int StallGrace = 250;

        /// <summary>
        /// Milliseconds after which a connection is ended while another client waits, however much it moves: the longest download,
        /// upload or stream of events that others have to wait for. What is unfinished then is broken off. 500 to 3,600,000.
        /// </summary>
        public int MaximumTurn = 10000;

        /// <summary>Milliseconds for a TLS handshake, where the platform can limit it. 100 to 60,000.</summary>
        public int HandshakeTimeout = 5000;

        /// <summary>The same while another client waits. 10 to 60,000.</summary>
        public int HandshakeGrace = 500;

        /// <summary>Sizes and times of the protocols.</summary>
        public HttpLimits Limits = new HttpLimits();

        /// <summary>Refuses what cannot work.</summary>
        /// <exception cref="ArgumentException">An option is set wrongly; the message names it.</exception>
        public void Validate()
        {
            Range(Port, Off, 65535, "Port");
            Range(TlsPort, Off, 65535, "TlsPort");
            Range(Backlog, 1, 1024, "Backlog");
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
        }

        private static void Range(int value, int least, int most, string name)
        {
            HttpLimits.CheckRange(value, least, most, name);
        }
    }
}
