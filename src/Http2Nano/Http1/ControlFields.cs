using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>
    /// The fields of a request that determine its framing and the connection's state (RFC 9112 6 and 9, RFC 9110 7.6.1,
    /// 7.8, 8.6 and 10.1.1). Values come in pieces, because a line may be longer than the receive buffer.
    /// </summary>
    internal sealed class ControlFields
    {
        // The kinds of fields that this class distinguishes.
        internal const int Ordinary = 0;
        internal const int Hidden = 1;
        internal const int Host = 2;
        internal const int ContentLength = 3;
        internal const int Expect = 4;
        internal const int TransferEncoding = 5;
        internal const int Connection = 6;
        internal const int Upgrade = 7;
        internal const int Http2Settings = 8;
        internal const int Cookie = 9;

        /// <summary>The request has no content-length.</summary>
        internal const int NoLength = -1;

        // Bits of _flags.
        private const int SawHost = 1 << 0;
        private const int SawContentLength = 1 << 1;
        private const int SawTransferEncoding = 1 << 2;
        private const int SawSettings = 1 << 3;
        private const int SawSettingsAgain = 1 << 4;
        private const int CloseOption = 1 << 5;
        private const int KeepAliveOption = 1 << 6;
        private const int UpgradeOption = 1 << 7;
        private const int SettingsOption = 1 << 8;
        private const int ToH2c = 1 << 9;
        private const int ChunkedLast = 1 << 10;
        private const int ChunkedNotLast = 1 << 11;
        private const int UnknownCoding = 1 << 12;
        private const int ToWebSocket = 1 << 13;

        // The longest known token is "http2-settings".
        private const int TokenRoom = KnownText.Http2SettingsLength;

        // Bits of _shape: the form of the list element that is being read.
        private const int Space = 1;
        private const int Unknown = 2;

        private readonly byte[] _token = new byte[TokenRoom];
        private int _flags;
        private int _found;
        private int _length;
        private int _state;
        private int _tokenLength;
        private int _shape;

        /// <summary>The decoded HTTP2-Settings.</summary>
        internal readonly Http2SettingsField Settings = new Http2SettingsField();

        /// <summary>Begins a request.</summary>
        internal void Begin()
        {
            _flags = 0;
            _found = 0;
            _length = NoLength;
        }

        /// <summary>The findings for <see cref="RequestRules.Decide"/>.</summary>
        internal int Found
        {
            get { return _found; }
        }

        /// <summary>Whether the request has a Host field, empty or not.</summary>
        internal bool HasHost
        {
            get { return (_flags & SawHost) != 0; }
        }

        /// <summary>A Host field has been taken over from another request.</summary>
        internal void NoteHost()
        {
            _flags |= SawHost;
        }

        /// <summary>
        /// Whether nothing but Host was found so far: the connection persists, and no body follows. With HTTP/1.1 the keep-alive
        /// option says nothing.
        /// </summary>
        internal bool IsPlain
        {
            get { return (_flags & ~(SawHost | KeepAliveOption)) == 0 && _found == 0 && _length == NoLength; }
        }

        /// <summary>The content-length, or <see cref="NoLength"/>.</summary>
        internal int BodyLength
        {
            get { return _length; }
        }

        /// <summary>Whether the body has the chunked transfer coding.</summary>
        internal bool IsChunked
        {
            get { return (_flags & ChunkedLast) != 0; }
        }

        /// <summary>Whether the client wants the connection to persist after this request (RFC 9112 9.3).</summary>
        internal bool IsPersistent(HttpProtocol protocol)
        {
            // The "close" option takes precedence.
            return (_flags & CloseOption) == 0 && (protocol == HttpProtocol.Http11 || (_flags & KeepAliveOption) != 0);
        }

        /// <summary>Whether the request asks for an upgrade to HTTP/2 (RFC 7540 3.2) and has no body.</summary>
        internal bool AsksForHttp2(HttpProtocol protocol)
        {
            // RFC 9110 7.8: Upgrade is ignored in HTTP/1.0, and when Connection does not name it. RFC 7540 3.2.1: there
            // must be exactly one HTTP2-Settings, which Connection names too.
            const int Wanted = UpgradeOption | SettingsOption | ToH2c | SawSettings;
            return (_flags & (Wanted | SawSettingsAgain)) == Wanted
                && protocol == HttpProtocol.Http11
                && _length <= 0
                && !IsChunked;
        }

        /// <summary>Whether Connection has the upgrade option.</summary>
        internal bool HasUpgrade
        {
            get { return (_flags & UpgradeOption) != 0; }
        }

        /// <summary>Whether the request asks for a WebSocket (RFC 6455 4.1) and has no body.</summary>
        internal bool AsksForWebSocket(HttpRequest request)
        {
            const int Wanted = UpgradeOption | ToWebSocket;
            return (_flags & Wanted) == Wanted
                && request.Protocol == HttpProtocol.Http11
                && request.Method == HttpMethod.Get
                && _length <= 0
                && !IsChunked;
        }

        /// <summary>Classifies a field by its name.</summary>
        /// <param name="index">Number of the name, see <see cref="FieldName"/>.</param>
        /// <param name="bytes">Holds the name, in lower case.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="length">Its length.</param>
        /// <returns>The kind of the field, or the status that refuses the request.</returns>
        internal int BeginField(int index, byte[] bytes, int offset, int length)
        {
            switch (index)
            {
                case FieldName.Host:
                    // RFC 9112 3.2: more than one Host is refused.
                    if (!See(SawHost))
                    {
                        return 400;
                    }

                    _state = AuthoritySyntax.Empty;
                    return Host;

                case FieldName.ContentLength:
                    // RFC 9112 6.3: repeated lengths may be refused even when they are equal; then no other server can read
                    // them differently.
                    if (!See(SawContentLength))
                    {
                        return 400;
                    }

                    return ContentLength;

                case FieldName.TransferEncoding:
                    // RFC 9112 6.1: chunked is applied once. Two lines form one list, of which another server might read
                    // only one.
                    if (!See(SawTransferEncoding))
                    {
                        return 400;
                    }

                    BeginList();
                    return TransferEncoding;

                case FieldName.Connection:
                    BeginList();
                    return Connection;

                case FieldName.Expect:
                    return Expect;

                case FieldName.Upgrade:
                    BeginList();
                    return Upgrade;

                case FieldName.Cookie:
                    return Cookie;

                case FieldName.KeepAlive:
                case FieldName.ProxyConnection:
                case FieldName.TE:
                    return Hidden;

                case FieldName.None:
                    if (length != KnownText.Http2SettingsLength
                        || !Octets.Equal(bytes, offset, KnownText.Octets, KnownText.Http2Settings, length))
                    {
                        return Ordinary;
                    }

                    if (!See(SawSettings))
                    {
                        _flags |= SawSettingsAgain;
                    }

                    return Http2Settings;

                default:
                    return Ordinary;
            }
        }

        /// <summary>Takes octets of the current field's value.</summary>
        /// <returns>0, or the status that refuses the request.</returns>
        internal int Value(int kind, byte[] bytes, int offset, int count)
        {
            switch (kind)
            {
                case Host:
                    _state = AuthoritySyntax.Check(_state, bytes, offset, count);
                    return _state == AuthoritySyntax.Invalid ? 400 : 0;
                case Http2Settings:
                    Settings.Append(bytes, offset, count);
                    return 0;
                case Ordinary:
                case Hidden:
                case ContentLength:
                case Expect:
                    return 0;
                default:
                    return List(kind, bytes, offset, count);
            }
        }

        /// <summary>Completes the current field.</summary>
        /// <param name="kind">The kind of the field.</param>
        /// <param name="fields">The list that contains it, if it is listed.</param>
        /// <param name="position">Its position in the list.</param>
        /// <returns>0, or the status that refuses the request.</returns>
        internal int EndField(int kind, HeaderList fields, int position)
        {
            switch (kind)
            {
                case Host:
                    // RFC 9112 3.2: the value is empty when the target has no authority.
                    return _state == AuthoritySyntax.Empty || AuthoritySyntax.IsWhole(_state) ? 0 : 400;
                case ContentLength:
                    return EndLength(RequestRules.ContentLength(fields, position));
                case Expect:
                    _found |= RequestRules.Expectation(fields, position);
                    return 0;
                case Http2Settings:
                    Settings.End();
                    return 0;
                case Ordinary:
                case Hidden:
                    return 0;
                default:
                    return EndElement(kind);
            }
        }

        /// <summary>All fields are complete: determines how the body ends.</summary>
        /// <returns>0, or the status that refuses the request because its framing cannot be trusted.</returns>
        internal int Check(HttpRequest request)
        {
            bool http11 = request.Protocol == HttpProtocol.Http11;
            if (http11 && (_flags & SawHost) == 0)
            {
                // RFC 9112 3.2.
                return 400;
            }

            if ((_flags & SawTransferEncoding) != 0)
            {
                // RFC 9112 6.1: HTTP/1.0 does not have the field; together with Content-Length it is request smuggling.
                if (!http11 || (_flags & SawContentLength) != 0)
                {
                    return 400;
                }

                // RFC 9112 6.3: chunked must be the last coding, and applied once. 6.1: no other coding before it is
                // supported.
                if ((_flags & ChunkedNotLast) != 0 || (_flags & ChunkedLast) == 0)
                {
                    return 400;
                }

                return (_flags & UnknownCoding) != 0 ? 501 : 0;
            }

            if (!http11 && (_flags & SawContentLength) == 0)
            {
                // RFC 9112 6.3: HTTP/1.0 clients also ended a body by closing the connection, after which no response can
                // be sent.
                HttpMethod method = request.Method;
                bool content = method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch;
                return content ? 411 : 0;
            }

            return 0;
        }

        private bool See(int flag)
        {
            bool first = (_flags & flag) == 0;
            _flags |= flag;
            return first;
        }

        private int EndLength(int length)
        {
            if (length == RequestRules.TooLarge)
            {
                _found |= RequestRules.LengthTooLarge;
                return 0;
            }

            _length = length;
            return length == RequestRules.Malformed ? 400 : 0;
        }

        private void BeginList()
        {
            _tokenLength = 0;
            _shape = 0;
        }

        private int List(int kind, byte[] bytes, int offset, int count)
        {
            byte[] token = _token;
            int length = _tokenLength;
            for (int end = offset + count; offset < end; offset++)
            {
                int octet = bytes[offset];
                int small = TokenOctets.Small(octet);
                if (small != 0 && length < TokenRoom && _shape == 0)
                {
                    token[length++] = (byte)small;
                }
                else if (octet == ',')
                {
                    _tokenLength = length;
                    int status = EndElement(kind);
                    if (status != 0)
                    {
                        return status;
                    }

                    BeginList();
                    length = 0;
                }
                else if (octet == ' ' || octet == '\t')
                {
                    _shape |= length != 0 ? Space : 0;
                }
                else
                {
                    // An element that is longer, contains a space or is not a token is unknown.
                    _shape = Unknown;
                    length = 1;
                }
            }

            _tokenLength = length;
            return 0;
        }

        // RFC 9110 5.6.1.2: empty elements are ignored, except in Transfer-Encoding, where another server might see no
        // coding at all.
        private int EndElement(int kind)
        {
            if (_tokenLength == 0)
            {
                return kind == TransferEncoding ? 400 : 0;
            }

            switch (kind)
            {
                case Connection:
                    EndConnectionOption();
                    break;

                case Upgrade:
                    if (Is(KnownText.H2c, KnownText.H2cLength))
                    {
                        _flags |= ToH2c;
                    }
                    else if (Is(KnownText.WebSocket, KnownText.WebSocketLength))
                    {
                        _flags |= ToWebSocket;
                    }

                    break;

                default:
                    if ((_flags & ChunkedLast) != 0)
                    {
                        _flags |= ChunkedNotLast;
                    }

                    _flags |= Is(KnownText.Chunked, KnownText.ChunkedLength) ? ChunkedLast : UnknownCoding;
                    break;
            }

            return 0;
        }

        private void EndConnectionOption()
        {
            switch (_tokenLength)
            {
                case KnownText.CloseLength:
                    _flags |= Is(KnownText.Close, KnownText.CloseLength) ? CloseOption : 0;
                    break;
                case KnownText.UpgradeLength:
                    _flags |= Is(KnownText.Upgrade, KnownText.UpgradeLength) ? UpgradeOption : 0;
                    break;
                case KnownText.KeepAliveLength:
                    _flags |= Is(KnownText.KeepAlive, KnownText.KeepAliveLength) ? KeepAliveOption : 0;
                    break;
                case KnownText.Http2SettingsLength:
                    _flags |= Is(KnownText.Http2Settings, KnownText.Http2SettingsLength) ? SettingsOption : 0;
                    break;
            }
        }

        private bool Is(int text, int length)
        {
            return _tokenLength == length
                && (_shape & Unknown) == 0
                && Octets.Equal(_token, 0, KnownText.Octets, text, length);
        }
    }
}
