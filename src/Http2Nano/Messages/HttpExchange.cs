using System;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The pooled storage of one request and its response. One array holds the request's fields, its path, its gathered
    /// body, the response's fields and its short body, in this order.
    /// </summary>
    /// <remarks>
    /// A GET holds an exchange while its handler runs and its field section is being written; a request with a gathered
    /// body until the body is complete; a deferred or short response until it has been copied to the transmit buffer.
    /// </remarks>
    public sealed class HttpExchange
    {
        /// <summary>Bytes at the end that requests must not use, so that an error response always fits.</summary>
        internal const int ResponseReserve = 256;

        /// <summary>The longest field block that is remembered, in bytes: those of requests that come again have 10 to 60.</summary>
        internal const int LongestBlock = 64;

        /// <summary>For <see cref="BlockLength"/>: it is a head of HTTP/1.1 that is remembered, by the connection itself.</summary>
        internal const int HeadRemembered = -1;

        internal readonly byte[] Storage;
        internal readonly HttpRequest Request;
        internal readonly HttpResponse Response;

        /// <summary>
        /// Length in bytes of the field block of HTTP/2 that the request was read from, as it came, which lies at
        /// <see cref="Size"/>; 0 where it is not remembered, or another request has taken its place.
        /// </summary>
        internal int BlockLength;

        /// <summary>The version of the decoder's dynamic table that the block refers to; of a head its hidden lines.</summary>
        internal int BlockVersion;

        /// <summary>
        /// What the priority field said (RFC 9218 4), as the stream table has it; -1 for none. Of a head what it says about its
        /// connection.
        /// </summary>
        internal int BlockPriority;

        /// <summary>The owner: a constant of <see cref="ExchangePool"/>. Only the pool changes it.</summary>
        internal int Owner;

        /// <summary>The connection that the exchange serves, or served last.</summary>
        internal HttpConnection Connection;

        /// <summary>
        /// The slot of the stream in its connection, 0 for HTTP/1.1. When the exchange was taken back: 1 if the client used
        /// TLS.
        /// </summary>
        internal int Stream;

        // The client's address, when the exchange was taken back from the application.
        private string _lastAddress;

        internal HttpExchange(HttpLimits limits)
        {
            Storage = new byte[limits.ExchangeSize + LongestBlock];
            Request = new HttpRequest(this);
            Response = new HttpResponse(this);
            Request.Headers.MaximumCount = limits.MaximumFields;
            Request.Headers.MaximumSize = limits.MaximumFieldSectionSize;
        }

        /// <summary>Bytes of the storage that request and response may use; what is remembered lies behind.</summary>
        internal int Size
        {
            get { return Storage.Length - LongestBlock; }
        }

        /// <summary>Whether the client uses, or used, TLS: on the connection, or with the trusted gateway at its other end.</summary>
        internal bool IsSecure
        {
            get
            {
                // Read before the owner is checked: if the exchange is taken back meanwhile, the connection may already
                // serve another client.
                bool secure = Connection.IsSecure;
                GatewayPolicy gateways = Connection.Dispatcher.Gateways;
                if (gateways != null && Owner != ExchangePool.TakenBack)
                {
                    secure = gateways.IsSecure(Request, Connection.Remote, secure);
                }

                return Owner == ExchangePool.TakenBack ? Stream != 0 : secure;
            }
        }

        /// <summary>
        /// The client's address, also after the connection has ended; empty when it is unknown. Allocates.
        /// </summary>
        internal string PeerAddress
        {
            get
            {
                if (Owner != ExchangePool.TakenBack)
                {
                    ConnectionPeer peer = Connection.Remote;
                    GatewayPolicy gateways = Connection.Dispatcher.Gateways;
                    string address = peer == null ? string.Empty : gateways == null ? peer.PeerAddress : gateways.ClientAddress(Request, peer);
                    if (Owner != ExchangePool.TakenBack)
                    {
                        return address;
                    }
                }

                return _lastAddress;
            }
        }

        /// <summary>Begins a request of a connection.</summary>
        internal void Begin(HttpConnection connection, int stream)
        {
            Connection = connection;
            Stream = stream;
            _lastAddress = null;
            BlockLength = 0;
            Request.Reset(Size - ResponseReserve);
            Response.Reset();
        }

        /// <summary>Begins with a request that is octet for octet the one that is still here.</summary>
        internal void BeginAgain(int stream)
        {
            Stream = stream;
            Request.Facts |= HttpRequest.Remembered;
            Response.Begin(Request.ContentOffset);
        }

        /// <summary>
        /// Closes the bodies that were set but that no protocol has begun, or that HTTP/1.1 has read as far as it could.
        /// </summary>
        /// <param name="complete">Whether the whole body of the response was read.</param>
        internal void CloseBodies(bool complete)
        {
            Request.CloseSink(false);
            Response.CloseSource(complete);
        }

        /// <summary>
        /// The connection ends and the application goes on: keeps the client's address, which allocates a string.
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
                // The address may be lost rather than the exchange.
            }

            _lastAddress = address;
            Stream = IsSecure ? 1 : 0;
        }
    }
}
