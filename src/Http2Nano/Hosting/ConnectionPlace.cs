using System;
using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>A place for one connection, from its acceptance to its closing.</summary>
    internal sealed class ConnectionPlace
    {
        /// <summary>The place is free.</summary>
        internal const int Free = 0;

        /// <summary>The connection is being served.</summary>
        internal const int Taken = 1;

        /// <summary>The peer has sent octets, and the connection waits to be served.</summary>
        internal const int Spoken = 2;

        /// <summary>The peer has sent nothing since the connection was accepted.</summary>
        internal const int Silent = 3;

        /// <summary>The peer has been answered over HTTP/1.1 and has sent nothing since.</summary>
        internal const int Idle = 4;

        /// <summary>The peer waits for a source of the application, and so does what <see cref="Rest"/> has of its connection.</summary>
        internal const int Resting = 5;

        /// <summary>
        /// The peer has begun a TLS handshake. This plus the number of octets that must arrive before it can be done.
        /// </summary>
        internal const int Greeting = 16;

        /// <summary>The accepted connection.</summary>
        internal readonly AcceptedTransport Accepted;

        /// <summary>The connection after its TLS handshake, or null.</summary>
        internal Transport Secured;

        /// <summary>One of the constants above.</summary>
        internal int State;

        /// <summary>The client's address as a number if several connections are served at once; otherwise 0.</summary>
        internal int Client;

        /// <summary>Since when it has waited for its peer, or its peer for being served; in milliseconds.</summary>
        internal long Since;

        /// <summary>
        /// What is left of a connection that was set aside and is not between two requests of HTTP/1.1: the source of a response
        /// over HTTP/1.1 (<see cref="BodySource"/>), or the connection over HTTP/2 (<see cref="Http2Connection"/>); or null.
        /// </summary>
        internal object Rest;

        /// <summary>The key for the source, and below it, in 32 bits, the number of octets that were read: in one field, which takes 12 bytes.</summary>
        internal long KeyAndPosition;

        internal ConnectionPlace(AcceptedTransport accepted)
        {
            Accepted = accepted;
        }

        /// <summary>Whether it was accepted at the TLS port.</summary>
        internal bool IsSecure
        {
            get { return (Accepted.Facts & AcceptedTransport.AtTlsPort) != 0; }
        }

        /// <summary>
        /// Checks whether the octets that the connection waits for have arrived. Closes it if its peer has ended it.
        /// </summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="counters">Counts an exception of a source.</param>
        internal void Look(long now, ServerCounters counters)
        {
            if (State >= Greeting)
            {
                // The time of a TLS greeting starts with its first octet.
                if (Accepted.Available >= State - Greeting)
                {
                    State = Spoken;
                }

                return;
            }

            int look = Secured == null ? Accepted.Look() : Secured.WaitForData(0) ? AcceptedTransport.Spoken : AcceptedTransport.Silent;
            if (look == AcceptedTransport.Ended && !(Rest is Http2Connection))
            {
                // RFC 9112 8: a client that is gone does not wait for events.
                CloseSource(counters);
                Close(0);
            }
            else if (look != AcceptedTransport.Silent || (Rest != null && HasNews(now)))
            {
                Accepted.Facts |= look == AcceptedTransport.Spoken ? AcceptedTransport.Asks : 0;
                State = Spoken;
                Since = now;
            }
        }

        /// <summary>
        /// Whether it is known that the peer, which has sent octets, speaks HTTP/1.1: it has done so before, or what it sends does not
        /// begin like HTTP/2.
        /// </summary>
        /// <param name="scratch">A free buffer.</param>
        internal bool SpeaksHttp1(byte[] scratch)
        {
            if ((Accepted.Facts & (AcceptedTransport.AtTlsPort | AcceptedTransport.SpeaksHttp1)) == 0)
            {
                int count = Accepted.Peek(scratch, ConnectionPreface.Whole);
                if (count > 0 && ConnectionPreface.Match(scratch, 0, count) == ConnectionPreface.Other)
                {
                    Accepted.Facts |= AcceptedTransport.SpeaksHttp1;
                }
            }

            return (Accepted.Facts & AcceptedTransport.SpeaksHttp1) != 0;
        }

        // Whether a source has something, or says so by an exception.
        private bool HasNews(long now)
        {
            Http2Connection http2 = Rest as Http2Connection;
            if (http2 != null)
            {
                return http2.HasNews(now);
            }

            try
            {
                return ((BodySource)Rest).IsReady((int)(KeyAndPosition >> 32));
            }
            catch (Exception)
            {
                return true;
            }
        }

        /// <summary>Waits for the peer, at most for the given time.</summary>
        internal void Wait(int milliseconds)
        {
            if (Secured != null)
            {
                Secured.WaitForData(milliseconds);
            }
            else
            {
                Accepted.WaitForData(milliseconds);
            }
        }

        /// <summary>Closes the source of a response over HTTP/1.1, if one is kept here.</summary>
        /// <param name="counters">Counts an exception.</param>
        internal void CloseSource(ServerCounters counters)
        {
            BodySource source = Rest as BodySource;
            if (source != null)
            {
                Rest = null;
                GuardedBody.Close(source, (int)(KeyAndPosition >> 32), false, counters);
            }
        }

        /// <summary>Closes the connection.</summary>
        /// <param name="milliseconds">Longest wait until the last octets have been sent.</param>
        internal void Close(int milliseconds)
        {
            Transport secured = Secured;
            Secured = null;
            State = Free;
            if (secured != null)
            {
                secured.Close(milliseconds);
            }
            else
            {
                Accepted.Close(milliseconds);
            }
        }
    }
}
