using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>
    /// Parses a request line (RFC 9112 3) as it arrives. Adds <c>:method</c>, <c>:scheme</c> and <c>:path</c> to the
    /// request's fields, and <c>:authority</c> for a target in absolute-form.
    /// </summary>
    /// <remarks>
    /// Method and version must fit into the receive buffer; the target may be longer. The parts are separated by exactly
    /// one space, and the line ends in CR LF: RFC 9112 3 only allows leniency (MAY).
    /// </remarks>
    internal sealed class RequestLine
    {
        // RFC 9112 3: a longer method gets 501.
        private const int MaximumMethodLength = 32;

        private const int Continue = ParseResult.Complete;

        // "GET "
        private const int Get = 0x20544547;
        private const int GetLength = 3;

        private const int AtMethod = 0;
        private const int AtTarget = 1;
        private const int InAuthority = 2;
        private const int InPath = 3;
        private const int AfterAsterisk = 4;
        private const int AtVersion = 5;
        private const int AtEnd = 6;

        private readonly ReceiveBuffer _receive;
        private int _state;
        private int _authority;
        private int _targetLength;
        private bool _begun;

        internal RequestLine(ReceiveBuffer receive)
        {
            _receive = receive;
        }

        /// <summary>Position of <c>:path</c> in the request's fields.</summary>
        internal int PathPosition;

        // What the target said beside the path.
        private const int Nothing = 0;
        private const int Directed = 1;
        private const int Misdirected = 2;
        private int _direction;

        /// <summary>
        /// Whether the target contained the authority, which takes precedence over Host (RFC 9112 3.2.2).
        /// </summary>
        internal bool HasAuthority
        {
            get { return _direction != Nothing; }
        }

        /// <summary>
        /// Whether the target's scheme is not the connection's: the request is misdirected (RFC 9110 7.4).
        /// </summary>
        internal bool IsMisdirected
        {
            get { return _direction == Misdirected; }
        }

        /// <summary>Begins a request.</summary>
        internal void Begin()
        {
            _state = AtMethod;
            _targetLength = 0;
            _direction = Nothing;
        }

        /// <summary>Parses the octets of the line that have arrived.</summary>
        /// <param name="request">Takes method, protocol and fields; its fields are empty at the beginning.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        /// <returns>One of <see cref="ParseResult"/>, or a status.</returns>
        internal int Parse(HttpRequest request, bool secure)
        {
            int result = Continue;
            while (result == Continue)
            {
                if (_state == AtEnd)
                {
                    return ParseResult.Complete;
                }

                if (_receive.Start == _receive.End)
                {
                    return ParseResult.More;
                }

                switch (_state)
                {
                    case AtMethod:
                        result = ParseMethod(request, secure);
                        break;
                    case AtTarget:
                        result = ParseTarget(request, secure);
                        break;
                    case InAuthority:
                        result = ParseAuthority(request);
                        break;
                    case InPath:
                        result = ParsePath(request);
                        break;
                    case AfterAsterisk:
                        result = _receive.Bytes[_receive.Start] == ' ' ? Continue : 400;
                        _receive.Start++;
                        _state = AtVersion;
                        break;
                    default:
                        result = ParseVersion(request);
                        break;
                }
            }

            return result;
        }

        private int ParseMethod(HttpRequest request, bool secure)
        {
            byte[] bytes = _receive.Bytes;
            int start = _receive.Start;
            int end = _receive.End;
            int at = start;
            if (end - start > GetLength && BitConverter.ToInt32(bytes, start) == Get)
            {
                request.Method = HttpMethod.Get;
                TakeMethod(request, bytes, start, GetLength, secure);
                return Continue;
            }

            while (at < end && TokenOctets.Small(bytes[at]) != 0)
            {
                at++;
            }

            int length = at - start;
            if (length > MaximumMethodLength)
            {
                return 501;
            }

            if (at == end)
            {
                return ParseResult.More;
            }

            if (length == 0 || bytes[at] != ' ')
            {
                return 400;
            }

            request.Method = HttpMethods.Parse(bytes, start, length);
            int status = RequestRules.DecideEarly(request.Method);
            if (status != RequestRules.Served)
            {
                return status;
            }

            TakeMethod(request, bytes, start, length, secure);
            return Continue;
        }

        private void TakeMethod(HttpRequest request, byte[] bytes, int start, int length, bool secure)
        {
            HeaderList fields = request.Headers;
            fields.Put(FieldName.Method, bytes, start, length);
            fields.Put(FieldName.Scheme, KnownText.Octets, KnownText.Https, secure ? KnownText.HttpsLength : KnownText.HttpLength);
            _receive.Start = start + length + 1;
            _state = AtTarget;
        }

        private int ParseTarget(HttpRequest request, bool secure)
        {
            int first = _receive.Bytes[_receive.Start];
            if (first == '/')
            {
                BeginPath(request);
                return Continue;
            }

            if (first == '*')
            {
                // RFC 9112 3.2.4: only OPTIONS may have the asterisk-form.
                if (request.Method != HttpMethod.Options)
                {
                    return 400;
                }

                BeginPath(request);
                EndPath(request, KnownText.Asterisk);
                _receive.Start++;
                _state = AfterAsterisk;
                return Continue;
            }

            return ParseScheme(request, secure);
        }

        // RFC 9112 3.2.2: absolute-form must be accepted. The case of the scheme does not matter (RFC 3986 3.1).
        private int ParseScheme(HttpRequest request, bool secure)
        {
            byte[] bytes = _receive.Bytes;
            byte[] text = KnownText.Octets;
            int start = _receive.Start;
            int length = _receive.Length;
            bool https = length > KnownText.HttpLength && (bytes[start + KnownText.HttpLength] | 0x20) == 's';
            int scheme = https ? KnownText.HttpsLength : KnownText.HttpLength;
            int whole = scheme + KnownText.SchemeEndLength;
            for (int i = 0; i < whole; i++)
            {
                if (i == length)
                {
                    return ParseResult.More;
                }

                bool same = i < scheme
                    ? (bytes[start + i] | 0x20) == text[KnownText.Https + i]
                    : bytes[start + i] == text[KnownText.SchemeEnd + i - scheme];
                if (!same)
                {
                    return 400;
                }
            }

            _direction = https == secure ? Directed : Misdirected;
            request.AuthorityPosition = request.Headers.End;
            request.Headers.BeginField(FieldName.Authority);
            _authority = AuthoritySyntax.Empty;
            _receive.Start = start + whole;
            _state = InAuthority;
            return Continue;
        }

        private int ParseAuthority(HttpRequest request)
        {
            byte[] bytes = _receive.Bytes;
            HeaderList fields = request.Headers;
            int start = _receive.Start;
            int end = _receive.End;
            int at = start;
            while (at < end && bytes[at] > ' ' && bytes[at] != '/' && bytes[at] != '?')
            {
                at++;
            }

            _authority = AuthoritySyntax.Check(_authority, bytes, start, at - start);
            if (_authority == AuthoritySyntax.Invalid)
            {
                return 400;
            }

            fields.AppendValue(bytes, start, at - start);
            _receive.Start = at;
            _targetLength += at - start;
            if (at == end)
            {
                return _targetLength > fields.Limit ? 414 : ParseResult.More;
            }

            if (!AuthoritySyntax.IsWhole(_authority) || bytes[at] < ' ')
            {
                return 400;
            }

            fields.EndField();
            BeginPath(request);
            if (bytes[at] == '?')
            {
                // RFC 9110 4.2.3: an empty path is "/".
                AppendPath(fields, KnownText.Octets, KnownText.Solidus, 1);
            }
            else if (bytes[at] == ' ')
            {
                // RFC 9112 3.2.4: OPTIONS without path and query is about the server as a whole.
                EndPath(request, request.Method == HttpMethod.Options ? KnownText.Asterisk : KnownText.Solidus);
                _receive.Start++;
                _state = AtVersion;
            }

            return Continue;
        }

        private void BeginPath(HttpRequest request)
        {
            PathPosition = request.Headers.End;
            _begun = false;
            _state = InPath;
        }

        private void AppendPath(HeaderList fields, byte[] bytes, int start, int length)
        {
            if (!_begun)
            {
                fields.BeginField(FieldName.Path);
                _begun = true;
            }

            fields.AppendValue(bytes, start, length);
        }

        // Completes a path of one octet.
        private static void EndPath(HttpRequest request, int text)
        {
            request.Headers.Put(FieldName.Path, KnownText.Octets, text, 1);
        }

        // RFC 9112 3.2: whitespace and control octets are invalid, and a fragment is never sent. Octets that RFC 3986
        // requires to be percent-encoded are accepted unchanged, because browsers send some of them in queries.
        private int ParsePath(HttpRequest request)
        {
            byte[] bytes = _receive.Bytes;
            HeaderList fields = request.Headers;
            int start = _receive.Start;
            int end = _receive.End;
            int at = TargetOctets.End(bytes, start, end);
            _receive.Start = at;
            if (at == end)
            {
                AppendPath(fields, bytes, start, at - start);
                _targetLength += at - start;
                return _targetLength > fields.Limit ? 414 : ParseResult.More;
            }

            if (bytes[at] != ' ')
            {
                return 400;
            }

            if (_begun)
            {
                fields.AppendValue(bytes, start, at - start);
                fields.EndField();
            }
            else
            {
                fields.Put(FieldName.Path, bytes, start, at - start);
            }

            _receive.Start = at + 1;
            _state = AtVersion;
            return fields.TooLarge ? 414 : Continue;
        }

        private int ParseVersion(HttpRequest request)
        {
            int length = _receive.Length;
            if (length >= KnownText.Version11Length
                && Octets.Equal(_receive.Bytes, _receive.Start, KnownText.Octets, KnownText.Version11, KnownText.Version11Length))
            {
                request.Protocol = HttpProtocol.Http11;
                _receive.Start += KnownText.Version11Length;
                _state = AtEnd;
                return Continue;
            }

            return ParseOtherVersion(request, length);
        }

        private int ParseOtherVersion(HttpRequest request, int length)
        {
            byte[] bytes = _receive.Bytes;
            byte[] text = KnownText.Octets;
            int start = _receive.Start;
            for (int i = 0; i < KnownText.Version11Length; i++)
            {
                if (i == length)
                {
                    return ParseResult.More;
                }

                int octet = bytes[start + i];
                if (i == 5 || i == 7)
                {
                    if (octet < '0' || octet > '9')
                    {
                        return 400;
                    }
                }
                else if (octet != text[KnownText.Version11 + i])
                {
                    return 400;
                }
            }

            if (bytes[start + 5] != '1')
            {
                return 505;
            }

            // RFC 9110 2.5: a higher minor version is processed as the highest that the server supports.
            request.Protocol = bytes[start + 7] == '0' ? HttpProtocol.Http10 : HttpProtocol.Http11;
            _receive.Start = start + KnownText.Version11Length;
            _state = AtEnd;
            return Continue;
        }
    }
}
