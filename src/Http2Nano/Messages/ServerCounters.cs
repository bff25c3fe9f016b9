namespace Http2Nano.Messages
{
    /// <summary>The server's counters since it started. Written on the server's thread; may be read on any.</summary>
    public sealed class ServerCounters
    {
        /// <summary>Final responses sent.</summary>
        public int Requests;

        /// <summary>Requests whose fields were complete, answered or not; modulo 2^32.</summary>
        public int RequestsBegun;

        /// <summary>Connections accepted.</summary>
        public int Connections;

        /// <summary>Connections ended because another client waited.</summary>
        public int GaveWay;

        /// <summary>Octets received on all connections.</summary>
        public long BytesReceived;

        /// <summary>Octets sent on all connections.</summary>
        public long BytesSent;

        /// <summary>Streams that either side reset (RFC 9113 6.4).</summary>
        public int Resets;

        /// <summary>Streams refused because no slot was free (REFUSED_STREAM).</summary>
        public int Refused;

        /// <summary>Units of the glitch budget spent by peers.</summary>
        public int Glitches;

        /// <summary>Connections ended by a connection error of either protocol.</summary>
        public int ConnectionErrors;

        /// <summary>Exceptions of handlers.</summary>
        public int HandlerFailures;

        /// <summary>Calls that ran out of memory and were recovered.</summary>
        public int OutOfMemory;

        /// <summary>HTTP/2 streams that are open on the current connection.</summary>
        public int StreamsOpen
        {
            get { return Current == null ? 0 : Current.OpenStreams; }
        }

        /// <summary>Octets in the HPACK dynamic tables of the current connection (RFC 7541 4.1).</summary>
        public int DynamicTableBytes
        {
            get { return Current == null ? 0 : Current.TableBytes; }
        }

        /// <summary>Octets that HPACK has saved on field sections of the current connection, in both directions.</summary>
        public int FieldBytesSaved;

        /// <summary>The connection-level window for sending, in bytes (RFC 9113 6.9.1); 0 for HTTP/1.1.</summary>
        public int ConnectionWindow
        {
            get { return Current == null ? 0 : Current.SendWindow; }
        }

        /// <summary>The connection that has begun last; null when it has ended. What only it knows is asked of it.</summary>
        internal HttpConnection Current;
    }
}
