using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The rules of whether a request may be served, in one place for HTTP/1.1, the upgrade from it, and HTTP/2. Each
    /// protocol parses the request in its own way and asks here for the consequences.
    /// </summary>
    /// <remarks>
    /// Rules of one protocol only stay with it: the message framing of HTTP/1.1 (RFC 9112 6), and in HTTP/2 the order of
    /// pseudo-header fields and the connection-specific fields (RFC 9113 8.2.2, 8.3). Where the standards leave a choice,
    /// both use the stricter one.
    /// </remarks>
    internal static class RequestRules
    {
        /// <summary>The request may be served.</summary>
        internal const int Served = 0;

        /// <summary>The value is malformed: HTTP/1.1 answers 400, in HTTP/2 the request is malformed.</summary>
        internal const int Malformed = -1;

        /// <summary>A valid content-length that exceeds an int.</summary>
        internal const int TooLarge = -2;

        // Findings about the fields, as bits.

        /// <summary>The client waits for 100 Continue before it sends the body (RFC 9110 10.1.1).</summary>
        internal const int AwaitsContinue = 1;

        /// <summary>The client has another expectation.</summary>
        internal const int OtherExpectation = 2;

        /// <summary>The scheme does not match the connection: https without TLS, or http with TLS.</summary>
        internal const int Misdirected = 4;

        /// <summary>The scheme is neither http nor https.</summary>
        internal const int OtherScheme = 8;

        /// <summary>The content-length is <see cref="TooLarge"/>.</summary>
        internal const int LengthTooLarge = 16;

        /// <summary>The authority is missing where it is required, or is not valid.</summary>
        internal const int NoAuthority = 32;

        /// <summary>An extended CONNECT (RFC 8441 4) for a WebSocket.</summary>
        internal const int WebSocket = 64;

        /// <summary>An extended CONNECT for another protocol.</summary>
        internal const int OtherProtocol = 128;

        private const int Refusals = OtherProtocol | OtherExpectation | Misdirected | OtherScheme | LengthTooLarge | NoAuthority;

        /// <summary>Decides about a request whose fields are complete and well-formed.</summary>
        /// <param name="connection">Its connection.</param>
        /// <param name="method">Its method.</param>
        /// <param name="found">The findings, bits from above.</param>
        /// <returns><see cref="Served"/>, or the status to answer with.</returns>
        internal static int Decide(HttpConnection connection, HttpMethod method, int found)
        {
            if ((found & Refusals) == 0 && method != HttpMethod.Trace)
            {
                return Served;
            }

            // RFC 9110 4.2.1: an http or https URI has a host. RFC 9112 3.3, RFC 9113 8.3.1: without one there is no
            // target.
            if ((found & (NoAuthority | OtherScheme)) != 0)
            {
                return 400;
            }

            // RFC 9110 9.3.8: TRACE would reveal fields that scripts must not see. RFC 9220 3: the protocol is not
            // supported.
            if (method == HttpMethod.Trace || (found & OtherProtocol) != 0)
            {
                return 501;
            }

            // RFC 9110 7.4: the request is for another port. RFC 9113 8.3.1: a gateway names the scheme of its client.
            if ((found & Misdirected) != 0 && !connection.IsBehindGateway)
            {
                return 421;
            }

            // RFC 9110 10.1.1, 15.5.14
            return (found & OtherExpectation) != 0 ? 417 : (found & LengthTooLarge) != 0 ? 413 : Served;
        }

        /// <summary>Decides about a method that this server refuses whatever follows.</summary>
        /// <returns><see cref="Served"/>, or the status to answer with.</returns>
        internal static int DecideEarly(HttpMethod method)
        {
            // RFC 9110 9.3.6: the server makes no tunnels, and the octets that follow may be meant for one.
            return method == HttpMethod.Connect ? 501 : Served;
        }

        /// <summary>Checks the scheme of a target, when it is not the connection's own in lower case.</summary>
        /// <param name="bytes">Holds the scheme.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        /// <returns><see cref="Malformed"/>, or the findings; 0 for the connection's own scheme.</returns>
        internal static int Scheme(byte[] bytes, int offset, int count, bool secure)
        {
            // RFC 3986 3.1: a letter, then letters, digits, "+", "-", "."; the case does not matter.
            bool http = count == KnownText.HttpLength || count == KnownText.HttpsLength;
            for (int i = 0; i < count; i++)
            {
                int octet = bytes[offset + i];
                int small = octet | 0x20;
                bool letter = small >= 'a' && small <= 'z';
                if (!letter && (i == 0 || octet < '+' || octet > '9' || octet == ',' || octet == '/'))
                {
                    return Malformed;
                }

                http = http && small == KnownText.Octets[KnownText.Https + i];
            }

            if (!http)
            {
                return count == 0 ? Malformed : OtherScheme;
            }

            return (count == KnownText.HttpsLength) == secure ? 0 : Misdirected;
        }

        /// <summary>Parses an Expect field (RFC 9110 10.1.1): a list, of which this server supports one element.</summary>
        /// <param name="fields">The list that holds the field. The free storage after its fields is overwritten.</param>
        /// <param name="position">The field's position.</param>
        /// <returns>The findings.</returns>
        internal static int Expectation(HeaderList fields, int position)
        {
            int length = fields.ValueLength(position);
            if (length > fields.Limit - fields.End)
            {
                return OtherExpectation;
            }

            byte[] bytes = fields.Storage;
            int at = fields.End;
            int end = at + fields.CopyValue(position, bytes, at);
            int found = 0;
            while (at < end)
            {
                int start = at;
                while (at < end && bytes[at] != ',')
                {
                    at++;
                }

                // RFC 9110 5.6.1.2: empty elements are ignored.
                int last = at++;
                while (start < last && (bytes[start] == ' ' || bytes[start] == '\t'))
                {
                    start++;
                }

                while (start < last && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t'))
                {
                    last--;
                }

                if (last != start)
                {
                    FieldSyntax.ToLower(bytes, start, last - start);
                    bool known = last - start == KnownText.Expect100Length
                        && Octets.Equal(bytes, start, KnownText.Octets, KnownText.Expect100, KnownText.Expect100Length);
                    found |= known ? AwaitsContinue : OtherExpectation;
                }
            }

            return found;
        }

        /// <summary>Parses a Content-Length field (RFC 9110 8.6): decimal digits only.</summary>
        /// <param name="fields">The list that holds the field. The free storage after its fields is overwritten.</param>
        /// <param name="position">The field's position.</param>
        /// <returns>The length, <see cref="TooLarge"/> or <see cref="Malformed"/>.</returns>
        internal static int ContentLength(HeaderList fields, int position)
        {
            int number = fields.ParseNumber(position);
            return number >= 0 ? number : IsNumber(fields, position) ? TooLarge : Malformed;
        }

        /// <summary>
        /// Decides which status to send when target and fields together do not fit: that of the longer one.
        /// </summary>
        /// <param name="fields">The request's fields, as far as they fit.</param>
        /// <param name="path">Position of <c>:path</c> among them; negative when it did not fit.</param>
        /// <returns>414 (RFC 9110 15.5.15) or 431 (RFC 6585 5).</returns>
        internal static int TooLong(HeaderList fields, int path)
        {
            int all = fields.IsPartial ? fields.Size : fields.End - fields.Start;
            return path < 0 || 2 * fields.ValueLength(path) > all ? 414 : 431;
        }

        // Whether a value that ParseNumber refused consists of digits.
        private static bool IsNumber(HeaderList fields, int position)
        {
            int length = fields.ValueLength(position);
            if (length == 0 || length > fields.Limit - fields.End)
            {
                return false;
            }

            byte[] bytes = fields.Storage;
            int at = fields.End;
            for (int end = at + fields.CopyValue(position, bytes, at); at < end; at++)
            {
                if (bytes[at] < '0' || bytes[at] > '9')
                {
                    return false;
                }
            }

            return true;
        }
    }
}
