using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>The sizes and times that bound one server. All of them are fixed before the first connection.</summary>
    public sealed class HttpLimits
    {
        private const int LeastTime = 100;
        private const int MostTime = 3600000;

        /// <summary>Receive buffer, in bytes. 256 to 65,536.</summary>
        public int ReceiveBufferSize = 768;

        /// <summary>Transmit buffer, in bytes. 512 to 65,536. A response's field section must fit into it.</summary>
        public int TransmitBufferSize = 1536;

        /// <summary>
        /// Exchanges that may hold a request or an unsent short response at once. 1 to 64. Surplus HTTP/2 requests wait while
        /// others are only to be sent, or for a second when all are deferred; otherwise they are refused with REFUSED_STREAM,
        /// which a client may retry (RFC 9113 8.7).
        /// </summary>
        public int Exchanges = 2;

        /// <summary>
        /// Bytes of one exchange: the request's fields, its gathered body, the response's fields and its short body lie
        /// there one behind the other. 512 to 32,767.
        /// </summary>
        public int ExchangeSize = 1280;

        /// <summary>Most fields of one request. 8 to 255. More are answered 431 (CVE-2026-49975, CVE-2026-47774).</summary>
        public int MaximumFields = 64;

        /// <summary>
        /// Largest field section of a request as SETTINGS_MAX_HEADER_LIST_SIZE counts it (RFC 9113 6.5.2), in bytes: names
        /// and values as sent plus 32 for each field. More is answered 431 (CVE-2016-6581).
        /// </summary>
        public int MaximumFieldSectionSize = 8192;

        /// <summary>HTTP/2 streams at once, announced as SETTINGS_MAX_CONCURRENT_STREAMS. 1 to 100.</summary>
        public int MaximumStreams = 16;

        /// <summary>Streams that the server may have promised and not finished at once (RFC 9113 8.4). 0 to 100; 0 turns push off.</summary>
        public int MaximumPushes = 2;

        /// <summary>
        /// Dynamic table of the HPACK decoder, in bytes as RFC 7541 4.1 counts them. 0 to 4,096. There are proxies and older
        /// clients that use 4,096 whatever is announced, and against RFC 7541 4.2 do not say that they use less: less is for
        /// clients that are known.
        /// </summary>
        public int DecoderTableSize = 4096;

        /// <summary>
        /// Memory for the fields of that table, in bytes. 256 to 4,096; never more than <see cref="DecoderTableSize"/>, and 768
        /// where that is less. If there is less memory than table, the values of <see cref="Unread"/> fields are not kept, and
        /// requests over HTTP/2 have them with empty values. Of others the oldest are lost when memory runs short: a request that
        /// refers to one is answered REFUSED_STREAM and the connection ends with GOAWAY, so that a new one begins with an empty
        /// table.
        /// </summary>
        public int DecoderMemory = 4096;

        /// <summary>The fields that nobody reads; to be extended, or made fewer, before the server is made.</summary>
        public readonly UnreadFields Unread = new UnreadFields();

        /// <summary>Dynamic table of the HPACK encoder, in bytes. 0 to 4,096.</summary>
        public int EncoderTableSize = 512;

        /// <summary>
        /// Flow-control window of a new stream in bytes, announced as SETTINGS_INITIAL_WINDOW_SIZE. 256 to 65,535. Once the
        /// fields are read, the window follows the room that there is for the body.
        /// </summary>
        public int InitialWindowSize = 16384;

        /// <summary>Largest flow-control window that a stream is given for a body that is streamed to a sink, in bytes.</summary>
        public int MaximumWindowSize = 65535;

        /// <summary>Largest rest of a request body, in bytes, that is read and dropped to keep an HTTP/1.1 connection.</summary>
        public int MaximumDrain = 16384;

        /// <summary>Milliseconds until the first octets of a connection must have come.</summary>
        public int FirstByteTimeout = 5000;

        /// <summary>Milliseconds from the first octet of a field section to its end (Slowloris; CONTINUATION flood, VU#421644).</summary>
        public int FieldsTimeout = 10000;

        /// <summary>
        /// Milliseconds within which something of a request body that is due must come; over HTTP/1.1 as much as
        /// <see cref="MinimumBody"/> says.
        /// </summary>
        public int BodyTimeout = 10000;

        /// <summary>
        /// Octets of an HTTP/1.1 request body that must come within each <see cref="BodyTimeout"/>, or all of the rest (slow POST).
        /// 1 to 1,000,000.
        /// </summary>
        public int MinimumBody = 512;

        /// <summary>Milliseconds within which the peer must take something of what is being sent (CVE-2016-1546, CVE-2019-9517).</summary>
        public int WriteTimeout = 10000;

        /// <summary>Milliseconds that a connection may be without a request when nobody else waits.</summary>
        public int IdleTimeout = 30000;

        /// <summary>Milliseconds within which the client must acknowledge SETTINGS (RFC 9113 6.5.3).</summary>
        public int SettingsTimeout = 10000;

        /// <summary>Milliseconds that responses in flight are given to finish when the server stops.</summary>
        public int DrainTimeout = 5000;

        /// <summary>
        /// Budget for what is cheap to send and costly to handle: PING, SETTINGS, empty DATA, RST_STREAM, PRIORITY,
        /// WINDOW_UPDATE, CONTINUATION and resets that the peer provoked (CVE-2019-9511 to 9518, CVE-2023-44487,
        /// CVE-2025-8671). Spent: GOAWAY with ENHANCE_YOUR_CALM.
        /// </summary>
        public int GlitchBudget = 400;

        /// <summary>How much of the glitch budget comes back each second.</summary>
        public int GlitchRefill = 100;

        /// <summary>Whether <c>Upgrade: h2c</c> is honoured (RFC 7540 3.2).</summary>
        public bool UpgradeToHttp2 = true;

        /// <summary>Refuses what cannot work.</summary>
        /// <exception cref="ArgumentException">A limit is set wrongly; the message names it.</exception>
        public void Validate()
        {
            CheckRange(ReceiveBufferSize, 256, 65536, "ReceiveBufferSize");
            CheckRange(TransmitBufferSize, 512, 65536, "TransmitBufferSize");
            CheckRange(Exchanges, 1, 64, "Exchanges");
            CheckRange(ExchangeSize, 512, 32767, "ExchangeSize");
            CheckRange(MaximumFields, 8, 255, "MaximumFields");
            CheckRange(MaximumFieldSectionSize, 256, 65536, "MaximumFieldSectionSize");
            CheckRange(MaximumStreams, 1, 100, "MaximumStreams");
            CheckRange(MaximumPushes, 0, 100, "MaximumPushes");
            CheckRange(DecoderTableSize, 0, 4096, "DecoderTableSize");
            CheckRange(DecoderMemory, 256, 4096, "DecoderMemory");
            CheckRange(EncoderTableSize, 0, 4096, "EncoderTableSize");
            CheckRange(InitialWindowSize, 256, 65535, "InitialWindowSize");
            CheckRange(MaximumWindowSize, 256, int.MaxValue, "MaximumWindowSize");
            CheckRange(MaximumDrain, 0, int.MaxValue, "MaximumDrain");
            CheckRange(FirstByteTimeout, LeastTime, MostTime, "FirstByteTimeout");
            CheckRange(FieldsTimeout, LeastTime, MostTime, "FieldsTimeout");
            CheckRange(BodyTimeout, LeastTime, MostTime, "BodyTimeout");
            CheckRange(MinimumBody, 1, 1000000, "MinimumBody");
            CheckRange(WriteTimeout, LeastTime, MostTime, "WriteTimeout");
            CheckRange(IdleTimeout, LeastTime, MostTime, "IdleTimeout");
            CheckRange(SettingsTimeout, LeastTime, MostTime, "SettingsTimeout");
            CheckRange(DrainTimeout, LeastTime, MostTime, "DrainTimeout");
            CheckRange(GlitchBudget, 10, 1000000, "GlitchBudget");
            CheckRange(GlitchRefill, 1, 1000000, "GlitchRefill");
        }

        internal static void CheckRange(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentException(name + " is " + value.ToString() + ": it must be " + least.ToString() + " to " + most.ToString() + ".");
            }
        }
    }
}
