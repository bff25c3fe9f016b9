using System;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// A response that a handler makes, the same for all protocols. The object is pooled: it belongs to the handler until
    /// the response is complete.
    /// </summary>
    /// <remarks>
    /// The fields are set first, then the body: a short one with the <c>Write</c> methods, which is stored in the exchange,
    /// an existing array, or a <see cref="BodySource"/> of any length. The server adds <c>content-length</c>.
    /// </remarks>
    public sealed partial class HttpResponse
    {
        /// <summary>The length of a body that ends when its source ends it.</summary>
        public const int UnknownLength = -1;

        /// <summary>The most bytes that a content-length field takes in the header list.</summary>
        internal const int ContentLengthRoom = 16;

        internal readonly HttpExchange Exchange;

        /// <summary>What <see cref="Headers"/> gives.</summary>
        internal readonly HeaderList HeaderSection;

        internal bool IsWriting;

        /// <summary>What <see cref="Status"/> gives.</summary>
        internal int StatusCode;

        internal byte[] BodyBytes;
        internal int BodyOffset;
        internal int BodyLength;
        internal BodySource Source;
        internal int SourceKey;

        /// <summary>
        /// Position of the first trailer field in <see cref="Headers"/>, after all other fields; -1 when there is none.
        /// </summary>
        internal int Trailers;

        /// <summary>The priority set by <see cref="SetPriority"/>: urgency, plus 8 when incremental; or -1.</summary>
        internal int Priority;

        internal HttpResponse(HttpExchange exchange)
        {
            Exchange = exchange;
            HeaderSection = new ResponseFields(exchange.Storage);
        }

        /// <summary>The fields, without <c>:status</c>, which is <see cref="Status"/>.</summary>
        public HeaderList Headers
        {
            get { return HeaderSection; }
        }

        /// <summary>The final status code, 200 to 599 (RFC 9110 15). 200 unless the handler sets it.</summary>
        public int Status
        {
            get { return StatusCode; }
            set { StatusCode = value; }
        }

        /// <summary>Adds a field. Allocates nothing.</summary>
        /// <param name="name">Name in lower case.</param>
        /// <param name="value">Value, copied.</param>
        /// <exception cref="InvalidOperationException">The body has been begun, or the field does not fit.</exception>
        public void AddHeader(byte[] name, byte[] value)
        {
            BeforeHeader();
            Headers.Add(name, value);
            AfterHeader();
        }

        /// <summary>Adds a field with a well-known name. Allocates nothing.</summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="value">Value, copied.</param>
        /// <exception cref="InvalidOperationException">The body has been begun, or the field does not fit.</exception>
        public void AddHeader(int name, byte[] value)
        {
            BeforeHeader();
            Headers.Add(name, value);
            AfterHeader();
        }

        /// <summary>Adds a field with a decimal number as its value. Allocates nothing.</summary>
        /// <param name="name">Name in lower case.</param>
        /// <param name="value">The number, 0 or more.</param>
        /// <exception cref="InvalidOperationException">The body has been begun, or the field does not fit.</exception>
        public void AddHeader(byte[] name, int value)
        {
            BeforeHeader();
            Headers.AddNumber(name, value);
            AfterHeader();
        }

        /// <summary>Adds a field. Allocates the octets of both strings.</summary>
        /// <param name="name">Name in any case.</param>
        /// <param name="value">Value.</param>
        /// <exception cref="ArgumentException">
        /// The name or the value contains octets that a field must not (RFC 9110 5).
        /// </exception>
        /// <exception cref="InvalidOperationException">The body has been begun, or the field does not fit.</exception>
        public void AddHeader(string name, string value)
        {
            BeforeHeader();
            Headers.Add(name, value);
            AfterHeader();
        }

        /// <summary>
        /// Sets the priority of this response among those of the connection (RFC 9218 8), in place of the client's. Has no
        /// effect over HTTP/1.1.
        /// </summary>
        /// <param name="urgency">0 (first) to 7 (RFC 9218 4.1); the default is 3.</param>
        /// <param name="incremental">
        /// Whether the client can use a part of the response, as of an event stream (RFC 9218 4.2).
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The urgency is out of its range.</exception>
        public void SetPriority(int urgency, bool incremental)
        {
            if (urgency < 0 || urgency > 7)
            {
                throw new ArgumentOutOfRangeException("urgency");
            }

            Priority = incremental ? urgency | 8 : urgency;
        }

        /// <summary>Appends text to the body, as UTF-8. Allocates nothing beside the string itself.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="InvalidOperationException">The body does not fit into the exchange: use a <see cref="BodySource"/>.</exception>
        public void Write(string text)
        {
            BeginWriting();
            int length = text.Length;
            int end = BodyOffset + BodyLength;

            // A UTF-16 code unit takes at most three octets, so only in a nearly full exchange the octets have to be
            // counted.
            if (length <= (Limit - end) / 3)
            {
                BodyLength += FlashText.Utf8.GetBytes(text, 0, length, Exchange.Storage, end);
            }
            else
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                Write(bytes, 0, bytes.Length);
            }
        }

        /// <summary>Appends octets to the body. Allocates nothing.</summary>
        /// <param name="bytes">Array to copy from.</param>
        /// <exception cref="InvalidOperationException">The body does not fit into the exchange: use a <see cref="BodySource"/>.</exception>
        public void Write(byte[] bytes)
        {
            Write(bytes, 0, bytes.Length);
        }

        /// <summary>Appends octets to the body. Allocates nothing.</summary>
        /// <param name="bytes">Array to copy from.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <exception cref="InvalidOperationException">The body does not fit into the exchange: use a <see cref="BodySource"/>.</exception>
        public void Write(byte[] bytes, int offset, int count)
        {
            if (!IsWriting)
            {
                BeginWriting();
            }

            int end = BodyOffset + BodyLength;
            if (count > HeaderSection.Bound - end)
            {
                throw TooLong();
            }

            Array.Copy(bytes, offset, BodyBytes, end, count);
            BodyLength += count;
        }

        /// <summary>Appends a number to the body in decimal digits. Allocates nothing.</summary>
        /// <param name="value">The number.</param>
        /// <exception cref="InvalidOperationException">The body does not fit into the exchange: use a <see cref="BodySource"/>.</exception>
        public void Write(long value)
        {
            BeginWriting();
            int end = BodyOffset + BodyLength;
            if (Limit - end < DecimalDigits.MaximumLength)
            {
                throw TooLong();
            }

            BodyLength += DecimalDigits.Write(value, Exchange.Storage, end);
        }

        /// <summary>
        /// Makes an existing array the body. The array is not copied and must not change until the response is sent.
        /// </summary>
        /// <param name="bytes">The array, which the server only reads.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <exception cref="ArgumentOutOfRangeException">The octets do not lie within the array.</exception>
        /// <exception cref="InvalidOperationException">The response has a body already.</exception>
        public void SetBody(byte[] bytes, int offset, int count)
        {
            NoBodyYet();
            if (offset < 0 || count < 0 || count > bytes.Length - offset)
            {
                throw new ArgumentOutOfRangeException("count");
            }

            BodyBytes = bytes;
            BodyOffset = offset;
            BodyLength = count;
        }

        /// <summary>Makes a source the body.</summary>
        /// <param name="source">The source.</param>
        /// <param name="key">A number that is passed to the source with each call.</param>
        /// <param name="length">
        /// Length in bytes if it is known, or <see cref="UnknownLength"/>: HTTP/1.1 then uses the chunked transfer coding.
        /// A source that yields another number of bytes aborts the response.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The length is less than <see cref="UnknownLength"/>.</exception>
        /// <exception cref="InvalidOperationException">The response has a body already.</exception>
        public void SetBody(BodySource source, int key, int length)
        {
            NoBodyYet();
            if (length < UnknownLength)
            {
                throw new ArgumentOutOfRangeException("length");
            }

            Source = source;
            SourceKey = key;
            BodyLength = length;
        }

        /// <summary>
        /// Defers the response: the application completes it later, on any thread, with <see cref="Complete"/>. The handler
        /// calls this before anything else may complete it. Until then the exchange stays in use, even when the client has
        /// gone, and what is written to it is dropped.
        /// </summary>
        public void Defer()
        {
            ExchangePool.Defer(Exchange);
        }

        /// <summary>
        /// Completes a deferred response. May be called on any thread, exactly once, and must be called, because the
        /// exchange stays in use until then. If the client has gone meanwhile, this call closes a body that was set, on the
        /// caller's thread.
        /// </summary>
        public void Complete()
        {
            ExchangePool.Complete(Exchange);
        }

        /// <summary>Whether the handler has deferred the response and the application has not completed it.</summary>
        internal bool IsDeferred
        {
            get { return Exchange.Owner >= ExchangePool.Application; }
        }

        /// <summary>Whether the body is stored in the exchange, which must stay in use until the body is sent.</summary>
        internal bool BodyIsInExchange
        {
            get { return BodyBytes == Exchange.Storage && BodyLength != 0; }
        }

        /// <summary>Lays a response without anything behind what a request occupies that was here before.</summary>
        internal void Begin(int start)
        {
            StatusCode = 200;
            IsWriting = false;
            BodyBytes = null;
            BodyLength = 0;
            Source = null;
            Trailers = -1;
            Priority = -1;
            HeaderSection.ResetTo(start, Exchange.Storage.Length - HttpExchange.LongestBlock);
        }

        /// <summary>Lays it nowhere, until <see cref="Place"/> is called.</summary>
        internal void Reset()
        {
            Begin(0);
            BodyOffset = 0;
            HeaderSection.Bound = 0;
        }

        /// <summary>Assigns the response the storage after the request. Called before the handler runs.</summary>
        internal void Place(int start)
        {
            HeaderSection.Reset(start, Exchange.Size);
        }

        /// <summary>Replaces the handler's response by a status without a body.</summary>
        /// <returns>
        /// False when the response is deferred: then it belongs to the application, and nothing has changed.
        /// </returns>
        internal bool Replace(int status)
        {
            if (IsDeferred)
            {
                return false;
            }

            CloseSource(false);
            Begin(HeaderSection.Origin);
            StatusCode = status;
            return true;
        }

        /// <summary>
        /// Closes a source that was set but that the protocol has not taken, or that will not be read again.
        /// </summary>
        internal void CloseSource(bool complete)
        {
            BodySource source = Source;
            if (source != null)
            {
                Source = null;
                GuardedBody.Close(source, SourceKey, complete, Exchange.Connection.Counters);
            }
        }

        /// <summary>Offset of the octets of the exchange that neither request nor response uses.</summary>
        internal int FreeStart
        {
            get { return IsWriting ? BodyOffset + BodyLength : Headers.End; }
        }

        internal int Limit
        {
            get { return HeaderSection.Bound; }
        }

        private static InvalidOperationException TooLong()
        {
            return new InvalidOperationException("The body does not fit into ExchangeSize: use SetBody with a BodySource.");
        }

        private void BeforeHeader()
        {
            if (IsWriting || Trailers >= 0)
            {
                throw new InvalidOperationException("Fields come before trailers and body.");
            }
        }

        internal void AfterHeader()
        {
            if (Headers.TooLarge)
            {
                throw new InvalidOperationException("The fields do not fit into ExchangeSize.");
            }
        }

        private void BeginWriting()
        {
            if (!IsWriting)
            {
                if (Source != null || BodyBytes != null)
                {
                    throw HasBody();
                }

                // The protocol adds content-length to the fields when the length is known.
                HeaderList fields = HeaderSection;
                int start = fields.Used + ContentLengthRoom;
                if (start > fields.Bound)
                {
                    throw TooLong();
                }

                IsWriting = true;
                BodyBytes = fields.Storage;
                BodyOffset = start;
            }
        }

        private void NoBodyYet()
        {
            if (IsWriting || Source != null || BodyBytes != null)
            {
                throw HasBody();
            }
        }

        private static InvalidOperationException HasBody()
        {
            return new InvalidOperationException("The response has a body already.");
        }
    }
}
