using System;
namespace Http2Nano.Messages
{
    /// <summary>
    /// The pooled storage of one request and its response. In one array lie, one behind the other: the request's fields,
    /// its path, its gathered body, the response's fields and its short body.
    /// </summary>
    /// <remarks>
    /// A GET holds an exchange only while its handler runs and its field section is being written; a request with a
    /// gathered body until the body is complete; a deferred or short response until it has been moved to the transmit
    /// buffer.
    /// </remarks>
    public sealed class HttpExchange
    {
        /// <summary>Bytes at the end that requests may not use, so that an error response always has room.</summary>
        internal const int ResponseReserve = 256;

        internal readonly byte[] Storage;
        internal readonly HttpRequest Request;
        internal readonly HttpResponse Response;

        /// <summary>Whose the exchange is: a constant of <see cref="ExchangePool"/>, which alone changes it.</summary>
        internal int Owner;

        /// <summary>The connection that the exchange serves, or has served last.</summary>
        internal HttpConnection Connection;

        /// <summary>
        /// The connection's own number for the stream, 0 for HTTP/1.1. Of an exchange that was taken back: 1 if the connection was
        /// secure.
        /// </summary>
        internal int Stream;

        // The client's address, of an exchange that was taken back from the application.
        private string _lastAddress;

        internal HttpExchange(HttpLimits limits)
        {
            Storage = new byte[limits.ExchangeSize];
            Request = new HttpRequest(this);
            Response = new HttpResponse(this);
            Request.Headers.MaximumCount = limits.MaximumFields;
            Request.Headers.MaximumSize = limits.MaximumFieldSectionSize;
        }

        /// <summary>Whether the connection is, or was, over TLS.</summary>
        internal bool IsSecure
        {
            get
            {
                // The other order would ask for the next client's, if the exchange is taken back meanwhile.
                bool secure = Connection.IsSecure;
                return Owner == ExchangePool.TakenBack ? Stream != 0 : secure;
            }
        }

        /// <summary>The client's address, or what it was; empty where nobody knows it. Allocates.</summary>
        internal string PeerAddress
        {
            get
            {
                if (Owner != ExchangePool.TakenBack)
                {
                    ConnectionPeer peer = Connection.Remote;
                    string address = peer == null ? string.Empty : peer.PeerAddress;
                    if (Owner != ExchangePool.TakenBack)
                    {
                        return address;
                    }
                }

                return _lastAddress;
            }
        }

        /// <summary>Begins with a request of a connection.</summary>
        internal void Begin(HttpConnection connection, int stream)
        {
            Connection = connection;
            Stream = stream;
            _lastAddress = null;
            Request.Reset(Storage.Length - ResponseReserve);
            Response.Reset();
        }

        /// <summary>Closes the bodies that were set and that no protocol has begun, or that HTTP/1.1 has read as far as it could.</summary>
        /// <param name="complete">Whether the body of the response was read to its end.</param>
        internal void CloseBodies(bool complete)
        {
            Request.CloseSink(false);
            Response.CloseSource(complete);
        }

        /// <summary>
        /// The connection ends and the application goes on: what it may still ask about the client is kept, at the cost of a string.
        /// </summary>
        internal void KeepPeer()
        {
            string address = string.Empty;
            try
            {
                address = PeerAddress;
            }
            catch (Exception)
            {
                // Not worth an exchange.
            }

            _lastAddress = address;
            Stream = Connection.IsSecure ? 1 : 0;
        }
    }
}
