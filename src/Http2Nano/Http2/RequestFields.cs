using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Checks whether the fields of a request are well-formed in HTTP/2 (RFC 9113 8.2 and 8.3), and collects the findings,
    /// on which <see cref="RequestRules"/> decides.
    /// </summary>
    internal static class RequestFields
    {
        /// <summary>The request is well-formed.</summary>
        internal const int Valid = RequestRules.Served;

        /// <summary>The request is malformed: a stream error of type PROTOCOL_ERROR (RFC 9113 8.1.1).</summary>
        internal const int Malformed = RequestRules.Malformed;

        // The last entry of the static table whose name begins with a colon, and the field with the scheme https (RFC 7541
        // appendix A).
        private const int LastOfPseudo = 14;
        private const int HttpsScheme = FieldName.Scheme + 1;

        // The kinds of fields seen so far: regular ones, and two pseudo-header fields.
        private const int Regular = 1;
        private const int Method = 2;
        private const int Scheme = 4;

        // RFC 8441 4, as findings.
        private const int Protocol = RequestRules.WebSocket | RequestRules.OtherProtocol;

        /// <summary>The request has no content-length.</summary>
        internal const int NoLength = -1;

        /// <summary>Checks the field section of a request.</summary>
        /// <param name="request">Reset, with its fields. Takes method and authority.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        /// <param name="endStream">Whether no body follows.</param>
        /// <param name="contentLength">Value of content-length, or <see cref="NoLength"/>.</param>
        /// <param name="priority">Position of the priority field, or -1.</param>
        /// <param name="path">Position of the path, which <see cref="TakeTarget"/> checks; or -1.</param>
        /// <param name="found">The findings for <see cref="RequestRules.Decide"/>.</param>
        /// <returns><see cref="Valid"/>, <see cref="Malformed"/>, or a status to answer with.</returns>
        internal static int Check(HttpRequest request, bool secure, bool endStream, out int contentLength, out int priority, out int path, out int found)
        {
            HeaderList list = request.Headers;
            contentLength = NoLength;
            found = 0;
            priority = -1;
            path = -1;
            int seen = 0;
            int host = -1;
            byte[] storage = list.Storage;
            int end = list.End;
            int next;
            for (int position = list.Start; position < end; position = next)
            {
                // Reads the packed form of HeaderList directly, because every field of every request is checked here.
                int name = storage[position];
                if (name >= HeaderList.StaticField)
                {
                    name = WellKnownFields.FirstOfName(name - HeaderList.StaticField);
                    next = position + 1;
                }
                else
                {
                    next = (storage[position + 2] << 8 | storage[position + 3]) + position;
                }

                // Nearly all fields need no check: those of the static table except content-length, expect and host, and
                // those between the other checked ones.
                if (name > LastOfPseudo && (name < FieldName.ContentLength || (name > FieldName.Host && name < FieldName.TransferEncoding)))
                {
                    seen |= Regular;
                    continue;
                }

                switch (name)
                {
                    case FieldName.Method:
                        if ((seen & (Regular | Method)) != 0)
                        {
                            return Malformed;
                        }

                        seen |= Method;
                        request.Method = MethodOf(list, position);
                        if (request.Method == HttpMethod.Other && !IsMethod(list, position))
                        {
                            return Malformed;
                        }

                        continue;

                    case FieldName.Path:
                        if ((seen & Regular) != 0 || path >= 0)
                        {
                            return Malformed;
                        }

                        path = position;
                        continue;

                    case FieldName.Scheme:
                        if ((seen & (Regular | Scheme)) != 0)
                        {
                            return Malformed;
                        }

                        seen |= Scheme;
                        if (storage[position] != (HeaderList.StaticField | (secure ? HttpsScheme : FieldName.Scheme)))
                        {
                            int scheme = SchemeOf(list, position, secure);
                            if (scheme == Malformed)
                            {
                                return Malformed;
                            }

                            found |= scheme;
                        }

                        continue;

                    case FieldName.Authority:
                        if ((seen & Regular) != 0 || request.AuthorityPosition >= 0)
                        {
                            return Malformed;
                        }

                        request.AuthorityPosition = position;
                        continue;

                    case FieldName.TE:
                        if (!IsTrailers(list, position))
                        {
                            return Malformed;
                        }

                        break;

                    case FieldName.Priority:
                        priority = position;
                        break;

                    case FieldName.Host:
                        if (host >= 0)
                        {
                            return Malformed;
                        }

                        host = position;
                        break;

                    case FieldName.ContentLength:
                        // RFC 9112 6.3: repeated lengths may be refused even when they are equal; then no other server can
                        // read them differently.
                        if (contentLength != NoLength || (contentLength = RequestRules.ContentLength(list, position)) == RequestRules.Malformed)
                        {
                            return Malformed;
                        }

                        break;

                    case FieldName.Expect:
                        found |= RequestRules.Expectation(list, position);
                        break;

                    case FieldName.Protocol:
                        if (((seen & Regular) | (found & Protocol)) != 0)
                        {
                            return Malformed;
                        }

                        found |= ProtocolOf(list, position);
                        continue;

                    default:
                        // RFC 9113 8.3: response pseudo-header fields and unknown ones are malformed.
                        if (name == FieldName.None ? list.IsPseudo(position) : name <= LastOfPseudo)
                        {
                            return Malformed;
                        }

                        break;

                    // The same names as in IsConnectionSpecific, which saves a call for each other field.
                    case FieldName.Connection:
                    case FieldName.KeepAlive:
                    case FieldName.ProxyConnection:
                    case FieldName.TransferEncoding:
                    case FieldName.Upgrade:
                        return Malformed;
                }

                seen |= Regular;
            }

            if ((seen & Method) == 0 || (endStream && contentLength != NoLength && contentLength != 0))
            {
                return Malformed;
            }

            if (contentLength == RequestRules.TooLarge)
            {
                contentLength = NoLength;
                found |= RequestRules.LengthTooLarge;
            }

            request.Protocol = HttpProtocol.Http2;
            if ((found & Protocol) != 0)
            {
                // RFC 8441 4: only with CONNECT, and with all fields that other requests have.
                if (request.Method != HttpMethod.Connect)
                {
                    return Malformed;
                }

                request.Facts |= (found & RequestRules.WebSocket) != 0 ? HttpRequest.ForWebSocket : 0;
            }
            else if (request.Method == HttpMethod.Connect)
            {
                // RFC 9113 8.5: :scheme and :path must be absent, :authority present.
                return (seen & Scheme) != 0 || path >= 0 || request.AuthorityPosition < 0 ? Malformed : RequestRules.DecideEarly(request.Method);
            }

            if (path < 0 || (seen & Scheme) == 0)
            {
                return Malformed;
            }

            // RFC 9113 8.3.1: both must name the same authority; a request without any cannot be for this server.
            if (request.AuthorityPosition < 0)
            {
                request.AuthorityPosition = host;
            }
            else if (host >= 0 && !SameValue(list, request.AuthorityPosition, host))
            {
                return Malformed;
            }

            if (request.AuthorityPosition < 0)
            {
                found |= RequestRules.NoAuthority;
            }

            return Valid;
        }

        /// <summary>Copies the target of a request to its place, and checks it.</summary>
        /// <param name="request">Its fields are valid.</param>
        /// <param name="path">Position of the path.</param>
        /// <returns><see cref="Valid"/>, <see cref="Malformed"/>, or a status to answer with.</returns>
        internal static int TakeTarget(HttpRequest request, int path)
        {
            if (!request.SetTarget(path))
            {
                return RequestRules.TooLong(request.Headers, path);
            }

            // RFC 9113 8.3.1: a path begins with a solidus, or is an asterisk for OPTIONS. Octets that RFC 3986 does not
            // allow in a target are refused.
            byte[] bytes = request.Bytes;
            int start = request.TargetOffset;
            int length = request.TargetLength;
            if (length == 0)
            {
                return Malformed;
            }

            if (bytes[start] != '/')
            {
                bool asterisk = length == 1 && bytes[start] == '*' && request.Method == HttpMethod.Options;
                return asterisk ? Valid : Malformed;
            }

            int end = start + length;
            int at = TargetOctets.End(bytes, start, end);
            if (at == end)
            {
                return Valid;
            }

            return bytes[at] == '#' || bytes[at] >= 0x7F ? 400 : Malformed;
        }

        /// <summary>Whether a trailer section contains fields that are not allowed (RFC 9113 8.1, 8.2.2).</summary>
        internal static bool TrailersAreMalformed(HeaderList list)
        {
            for (int position = list.First(); position >= 0; position = list.Next(position))
            {
                int name = list.NameIndex(position);

                // RFC 9113 8.2.2: TE may be in the header section only.
                if (IsConnectionSpecific(name) || name == FieldName.TE || list.IsPseudo(position))
                {
                    return true;
                }
            }

            return list.Malformed;
        }

        /// <summary>Whether a field is connection-specific, and so not allowed in HTTP/2 (RFC 9113 8.2.2).</summary>
        /// <param name="name">Number of its name.</param>
        internal static bool IsConnectionSpecific(int name)
        {
            switch (name)
            {
                case FieldName.Connection:
                case FieldName.KeepAlive:
                case FieldName.ProxyConnection:
                case FieldName.TransferEncoding:
                case FieldName.Upgrade:
                    return true;

                default:
                    return false;
            }
        }

        // Decodes a value into the free storage after the fields, to examine it.
        private static bool Decode(HeaderList list, int position, int length)
        {
            if (length > list.Limit - list.End)
            {
                return false;
            }

            list.CopyValue(position, list.Storage, list.End);
            return true;
        }

        // RFC 9110 7.8: the case of protocol names does not matter. RFC 8441 5: websocket.
        private static int ProtocolOf(HeaderList list, int position)
        {
            int length = list.ValueLength(position);
            bool known = length == KnownText.WebSocketLength && Decode(list, position, length)
                && Octets.EqualAnyCase(list.Storage, list.End, KnownText.Octets, KnownText.WebSocket, length);
            return known ? RequestRules.WebSocket : RequestRules.OtherProtocol;
        }

        private static HttpMethod MethodOf(HeaderList list, int position)
        {
            switch (list.Storage[position])
            {
                case HeaderList.StaticField | 2:
                    return HttpMethod.Get;
                case HeaderList.StaticField | 3:
                    return HttpMethod.Post;
            }

            int length = list.ValueLength(position);
            if (length > 7 || length > list.Limit - list.End)
            {
                return HttpMethod.Other;
            }

            // Same as Decode, without another stack frame: the stack is deep here.
            list.CopyValue(position, list.Storage, list.End);
            return HttpMethods.Parse(list.Storage, list.End, length);
        }

        // RFC 9110 9.1: a token, which may contain capital letters. A method that does not fit is not checked.
        private static bool IsMethod(HeaderList list, int position)
        {
            int length = list.ValueLength(position);
            if (length == 0)
            {
                return false;
            }

            if (!Decode(list, position, length))
            {
                return true;
            }

            FieldSyntax.ToLower(list.Storage, list.End, length);
            return FieldSyntax.IsToken(list.Storage, list.End, length);
        }

        /// <summary>Whether a value is an authority; user information, for one, is not allowed (RFC 9113 8.3.1).</summary>
        /// <param name="list">The list that holds it.</param>
        /// <param name="position">Its position.</param>
        /// <param name="free">Offset after which the storage is free.</param>
        internal static bool IsAuthority(HeaderList list, int position, int free)
        {
            int length = list.ValueLength(position);
            if (length > list.Limit - free)
            {
                return false;
            }

            list.CopyValue(position, list.Storage, free);
            return AuthoritySyntax.IsWhole(AuthoritySyntax.Check(AuthoritySyntax.Empty, list.Storage, free, length));
        }

        // RFC 9113 8.2.2: "trailers" is the only value that TE may have.
        private static bool IsTrailers(HeaderList list, int position)
        {
            return list.ValueEquals(position, KnownText.Octets, KnownText.Trailers, KnownText.TrailersLength);
        }

        // A scheme that does not fit is longer than the supported ones.
        private static int SchemeOf(HeaderList list, int position, bool secure)
        {
            int length = list.ValueLength(position);
            return Decode(list, position, length) ? RequestRules.Scheme(list.Storage, list.End, length, secure) : RequestRules.OtherScheme;
        }

        private static bool SameValue(HeaderList list, int first, int second)
        {
            int length = list.ValueLength(first);
            if (length != list.ValueLength(second))
            {
                return false;
            }

            int room = list.Limit - list.End;
            if (length > room / 2)
            {
                return false;
            }

            byte[] bytes = list.Storage;
            int a = list.End;
            int b = a + length;
            list.CopyValue(first, bytes, a);
            list.CopyValue(second, bytes, b);
            for (int i = 0; i < length; i++)
            {
                int difference = bytes[a + i] ^ bytes[b + i];
                if (difference != 0 && (difference != 0x20 || (bytes[a + i] | 0x20) < 'a' || (bytes[a + i] | 0x20) > 'z'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
