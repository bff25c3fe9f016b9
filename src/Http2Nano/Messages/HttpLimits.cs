using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>The sizes and times that bound one server. They must not change after the first connection.</summary>
    public sealed class HttpLimits
    {
        /// <summary>Connections at once that these limits are meant for, unless the server's options say how many.</summary>
        internal int Connections = 1;

        /// <summary>Size of the receive buffer in bytes. 256 to 65,536.</summary>
        public int ReceiveBufferSize = 768;

        /// <summary>
        /// Size of the transmit buffer in bytes. 512 to 65,536. A response's field section must fit into it.
        /// </summary>
        public int TransmitBufferSize = 1536;

        /// <summary>
        /// Number of exchanges, each of which holds a request or an unsent short response. 1 to 64. When all are in use, an
        /// HTTP/2 request waits or is refused as for <see cref="MaximumStreams"/>.
        /// </summary>
        public int Exchanges = 2;

        /// <summary>
        /// Size of one exchange in bytes: it holds the request's fields, its gathered body, the response's fields and its
        /// short body. 512 to 32,767. Targets have up to 300 octets less than that, less the fields that are kept; a longer one
        /// gets 414: about 900 octets in the default profile, 650 in tiny, 15,000 in large (RFC 9112 3 recommends 8,000).
        /// </summary>
        public int ExchangeSize = 1280;

        /// <summary>
        /// The most fields of a request. 8 to 255. A request with more gets 431 (CVE-2026-49975, CVE-2026-47774).
        /// </summary>
        public int MaximumFields = 64;

        /// <summary>
        /// The largest field section of a request in bytes, counted as SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113 6.5.2):
        /// names and values uncompressed, and 32 for each field. 256 to 65,536. A larger one gets 431 (CVE-2016-6581), and so does one whose
        /// <see cref="Kept"/> fields do not fit into an exchange; of a smaller one what does not fit is read over.
        /// </summary>
        public int MaximumFieldSectionSize = 8192;

        /// <summary>
        /// Places for concurrent HTTP/2 streams, announced as SETTINGS_MAX_CONCURRENT_STREAMS. 1 to 100. To a client whose window
        /// for the connection is a megabyte or more, a hundred are announced, whatever this is (RFC 9113 6.5.2). A request that
        /// finds no place, or no exchange, waits unread, and with it what the client has sent behind it. It waits up to 5 seconds
        /// while others have only to be sent, and up to a second while they depend on the application; it does not wait for what
        /// the client has to send, such as the rest of an upload or WINDOW_UPDATE. Then it is refused with REFUSED_STREAM, which a
        /// client may retry (RFC 9113 8.7), and this number is announced until no stream is open.
        /// </summary>
        public int MaximumStreams = 16;

        /// <summary>
        /// Concurrent streams that the server has promised (RFC 9113 8.4). 0 to 100; 0 turns server push off.
        /// </summary>
        public int MaximumPushes = 2;

        /// <summary>
        /// Size of the HPACK decoder's dynamic table in bytes (RFC 7541 4.1). 0 to 4,096. Some proxies and older clients
        /// use 4,096 whatever is announced and, against RFC 7541 4.2, send no table size update: set less only where the
        /// clients are known.
        /// </summary>
        public int DecoderTableSize = 4096;

        /// <summary>
        /// Memory for the fields of that table in bytes. 256 to 4,096; at most <see cref="DecoderTableSize"/>, or 768 where
        /// that is less. When the memory is smaller than the table, the values of <see cref="Unread"/> fields are not kept,
        /// and requests over HTTP/2 have them with empty values. When memory runs short, those of other fields are not kept
        /// either: requests that refer to one do not have it. At last the oldest of <see cref="Kept"/> fields are lost: a
        /// request that refers to one gets REFUSED_STREAM and the connection ends with GOAWAY, so that the next one begins
        /// with an empty table.
        /// </summary>
        public int DecoderMemory = 3072;

        /// <summary>The fields whose values nobody reads. May be changed before the server is made.</summary>
        public readonly UnreadFields Unread = new UnreadFields();

        /// <summary>
        /// The fields and cookies that a request has in any case: those that the server needs, and those that the
        /// application adds. May be changed before the server is made.
        /// </summary>
        public readonly KeptFields Kept;

        /// <summary>Size of the HPACK encoder's dynamic table in bytes. 0 to 4,096.</summary>
        public int EncoderTableSize = 512;

        /// <summary>
        /// Flow-control window of a new stream in bytes, announced as SETTINGS_INITIAL_WINDOW_SIZE. 256 to 65,535. After
        /// the fields have been read, the window follows the room for the body.
        /// </summary>
        public int InitialWindowSize = 16384;

        /// <summary>
        /// The largest flow-control window of a stream whose body goes to a sink, in bytes (RFC 9113 6.9). 256 to 2,147,483,647.
        /// Windows grow up to it; a new stream begins with <see cref="InitialWindowSize"/> even where that is larger.
        /// </summary>
        public int MaximumWindowSize = 65535;

        /// <summary>
        /// The largest rest of a request body, in bytes, that is read and dropped to keep an HTTP/1.1 connection open.
        /// 0 to 2,147,483,647.
        /// </summary>
        public int MaximumDrain = 16384;

        /// <summary>Milliseconds from accepting a connection to its first octet. 100 to 3,600,000.</summary>
        public int FirstByteTimeout = 5000;

        /// <summary>
        /// Milliseconds from the first octet of a field section to its end (Slowloris; CONTINUATION flood, VU#421644).
        /// 100 to 3,600,000.
        /// </summary>
        public int FieldsTimeout = 10000;

        /// <summary>
        /// Milliseconds within which some of a request body must arrive; over HTTP/1.1 at least <see cref="MinimumBody"/>.
        /// 100 to 3,600,000.
        /// </summary>
        public int BodyTimeout = 10000;

        /// <summary>
        /// Octets of an HTTP/1.1 request body that must arrive within each <see cref="BodyTimeout"/>, unless fewer are left
        /// (slow POST). 1 to 1,000,000.
        /// </summary>
        public int MinimumBody = 512;

        /// <summary>
        /// Milliseconds within which the peer must take some of the octets being sent (CVE-2016-1546, CVE-2019-9517).
        /// 100 to 3,600,000.
        /// </summary>
        public int WriteTimeout = 10000;

        /// <summary>Milliseconds that a connection may be without a request while no other client waits. 100 to 3,600,000.</summary>
        public int IdleTimeout = 30000;

        /// <summary>Milliseconds within which the client must acknowledge SETTINGS (RFC 9113 6.5.3). 100 to 3,600,000.</summary>
        public int SettingsTimeout = 10000;

        /// <summary>Milliseconds that responses in flight have to finish when the server stops. 100 to 3,600,000.</summary>
        public int DrainTimeout = 5000;

        /// <summary>
        /// Budget for frames that are cheap to send and costly to process: PING, SETTINGS, empty DATA, RST_STREAM,
        /// PRIORITY, WINDOW_UPDATE, CONTINUATION, and resets that the peer provoked (CVE-2019-9511 to 9518, CVE-2023-44487,
        /// CVE-2025-8671). When it is spent, the connection ends with ENHANCE_YOUR_CALM.
        /// 10 to 1,000,000.
        /// </summary>
        public int GlitchBudget = 400;

        /// <summary>How much of the glitch budget is restored each second. 1 to 1,000,000.</summary>
        public int GlitchRefill = 100;

        /// <summary>Whether the server accepts <c>Upgrade: h2c</c> (RFC 7540 3.2).</summary>
        public bool UpgradeToHttp2 = true;

        /// <summary>Makes a set with the default values.</summary>
        public HttpLimits()
        {
            Kept = new KeptFields(Unread);
        }
    }
}
