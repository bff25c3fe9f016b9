using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>
    /// Parses field lines (RFC 9112 5) up to the empty line, as they arrive: a request's header section into a
    /// <see cref="HeaderList"/>, or a trailer section, which is dropped.
    /// </summary>
    /// <remarks>
    /// A name must fit into the receive buffer; a value is taken in pieces. Lines end in CR LF; a bare CR, a bare LF, NUL
    /// and every other control octet except tab are refused (RFC 9112 2.2, RFC 9110 5.5). DEL and octets above it are
    /// opaque and kept.
    /// </remarks>
    internal sealed class FieldLines
    {
        private const int AtLine = 0;
        private const int AtValue = 1;
        private const int InValue = 2;
        private const int AtLineFeed = 3;

        private readonly ReceiveBuffer _receive;
        private readonly ControlFields _control;
        private readonly HttpLimits _limits;
        private readonly ExchangePool _exchanges;

        private HeaderList _fields;
        private bool _hasAuthority;
        private int _state;
        private int _lines;
        private int _octets;

        // Octets of an incomplete name that have been checked, so that they are not checked again when more arrive.
        private int _scanned;

        // The field being read: its kind, the number of its name, whether it is listed, and whether the list has begun it.
        private int _kind;
        private int _name;
        private bool _listed;
        private bool _begun;

        // The field's position in the list, if it has to be examined when it is complete.
        private int _position;

        internal FieldLines(ReceiveBuffer receive, ControlFields control, HttpLimits limits, ExchangePool exchanges)
        {
            _exchanges = exchanges;
            _receive = receive;
            _control = control;
            _limits = limits;
        }

        /// <summary>Position of <c>:authority</c> in the list if a Host field gave it, or -1.</summary>
        internal int AuthorityPosition;

        /// <summary>Begins a section.</summary>
        /// <param name="fields">Takes the fields; null for a trailer section, which is checked and dropped (RFC 9110 6.5.1).</param>
        /// <param name="hasAuthority">Whether the request target contained the authority.</param>
        internal void Begin(HeaderList fields, bool hasAuthority)
        {
            _fields = fields;
            _hasAuthority = hasAuthority;
            _state = AtLine;
            _lines = 0;
            _octets = 0;
            _scanned = 0;
            AuthorityPosition = -1;
        }

        /// <summary>Parses the octets that have arrived.</summary>
        /// <returns>One of <see cref="ParseResult"/>, or a status.</returns>
        internal int Parse()
        {
            int start = _receive.Start;
            int result = ParseLines();

            // Nothing else bounds fields that are not listed.
            _octets += _receive.Start - start;
            return _octets > _limits.MaximumFieldSectionSize && result < ParseResult.Error ? 431 : result;
        }

        private int ParseLines()
        {
            byte[] bytes = _receive.Bytes;
            int end = _receive.End;
            int start;
            int result;
            while ((start = _receive.Start) < end)
            {
                // A line that has arrived completely passes through all cases at once.
                switch (_state)
                {
                    case AtLine:
                        if (bytes[start] == '\r')
                        {
                            return EndSection(bytes, start, end);
                        }

                        result = ParseName(bytes, start, end);
                        if (result != ParseResult.Complete)
                        {
                            return result;
                        }

                        start = _receive.Start;
                        goto case AtValue;

                    case AtValue:
                        while (start < end && (bytes[start] == ' ' || bytes[start] == '\t'))
                        {
                            start++;
                        }

                        _receive.Start = start;
                        if (start == end)
                        {
                            return ParseResult.More;
                        }

                        _state = InValue;
                        goto case InValue;

                    case InValue:
                        result = ParseValue(bytes, start, end);
                        if (result != ParseResult.Complete)
                        {
                            return result;
                        }

                        start = _receive.Start;
                        if (start == end)
                        {
                            return ParseResult.More;
                        }

                        goto default;

                    default:
                        if (bytes[start] != '\n')
                        {
                            return 400;
                        }

                        _receive.Start = start + 1;
                        _state = AtLine;
                        break;
                }
            }

            return ParseResult.More;
        }

        private int EndSection(byte[] bytes, int start, int end)
        {
            if (start + 1 == end)
            {
                return ParseResult.More;
            }

            _receive.Start = start + 2;
            return bytes[start + 1] == '\n' ? ParseResult.Complete : 400;
        }

        // Returns More when the colon has not arrived, Complete when the name has been read, or a status.
        private int ParseName(byte[] bytes, int start, int end)
        {
            int at = start + _scanned;
            int colon = Array.IndexOf(bytes, BoxedOctets.Colon, at, end - at);

            // Most names are well known and need no check of each octet.
            int name = colon >= 0 ? WellKnownFields.IndexOfAnyCase(bytes, start, colon - start) : 0;
            return name != 0 ? TakeName(bytes, start, colon, name) : ParseAnyName(bytes, start, end);
        }

        private int ParseAnyName(byte[] bytes, int start, int end)
        {
            int at = start + _scanned;
            while (at < end)
            {
                int small = TokenOctets.Small(bytes[at]);
                if (small == 0)
                {
                    break;
                }

                bytes[at++] = (byte)small;
            }

            int length = at - start;
            if (at == end)
            {
                _scanned = length;
                return length == bytes.Length ? 431 : ParseResult.More;
            }

            // RFC 9112 5.1: no whitespace before the colon. 5.2: a line that begins with whitespace is obsolete folding,
            // which is refused.
            if (bytes[at] != ':' || length == 0)
            {
                return 400;
            }

            return TakeName(bytes, start, at, FieldName.None);
        }

        private int TakeName(byte[] bytes, int start, int colon, int name)
        {
            if (++_lines > _limits.MaximumFields)
            {
                return 431;
            }

            _name = name;
            _scanned = 0;
            _receive.Start = colon + 1;
            _state = AtValue;
            _begun = false;
            _listed = _fields != null;
            return _listed ? Classify(bytes, start, colon - start) : ParseResult.Complete;
        }

        private int Classify(byte[] bytes, int start, int length)
        {
            _kind = _control.BeginField(_name, bytes, start, length);
            switch (_kind)
            {
                case ControlFields.Ordinary:
                    if (_name == FieldName.None)
                    {
                        _fields.BeginField();
                        _fields.AppendName(bytes, start, length);
                        _begun = true;
                    }

                    return ParseResult.Complete;

                case ControlFields.ContentLength:
                case ControlFields.Expect:
                    _position = _fields.End;
                    return ParseResult.Complete;

                case ControlFields.Http2Settings:
                    // The settings are stored in the exchange's reserve for a response, because an upgrade is decided
                    // before there is a response.
                    _control.Settings.Begin(_fields.Storage, _fields.Limit);
                    _listed = false;
                    return ParseResult.Complete;

                case ControlFields.Host:
                    // RFC 9112 3.2.2: the target's authority takes precedence over Host. Handlers see :authority in both
                    // protocols.
                    _name = FieldName.Authority;
                    _listed = !_hasAuthority;
                    if (_listed)
                    {
                        AuthorityPosition = _fields.End;
                    }

                    return ParseResult.Complete;

                default:
                    // RFC 9110 7.6.1: fields about the connection are not for handlers.
                    _listed = false;
                    return _kind >= ParseResult.Error ? _kind : ParseResult.Complete;
            }
        }

        // Returns More when the end of the line has not arrived, Complete when the value has been read, or a status.
        private int ParseValue(byte[] bytes, int start, int end)
        {
            int at = FieldSyntax.EndOfText(bytes, start, end);
            int stop = at;
            while (stop > start && (bytes[stop - 1] == ' ' || bytes[stop - 1] == '\t'))
            {
                stop--;
            }

            int length = stop - start;
            if (at == end)
            {
                // Whitespace at the end stays unread, because only the octets after it tell whether it belongs to the
                // value.
                if (length == 0)
                {
                    return end - start == bytes.Length ? 431 : ParseResult.More;
                }

                _receive.Start = stop;
                int status = Take(bytes, start, length);
                return status != 0 ? status : ParseResult.More;
            }

            if (bytes[at] != '\r')
            {
                return 400;
            }

            _receive.Start = at + 1;
            _state = AtLineFeed;
            return EndValue(bytes, start, length);
        }

        private int Take(byte[] bytes, int start, int length)
        {
            if (_listed)
            {
                if (!_begun)
                {
                    _fields.BeginField(_name);
                    _begun = true;
                }

                _fields.AppendValue(bytes, start, length);
            }

            return _fields == null ? 0 : _control.Value(_kind, bytes, start, length);
        }

        private int EndValue(byte[] bytes, int start, int length)
        {
            if (_listed)
            {
                if (_begun)
                {
                    _fields.AppendValue(bytes, start, length);
                    _fields.EndField();
                }
                else if (length != 0 || _kind != ControlFields.Host)
                {
                    _fields.Put(_name, bytes, start, length);
                }
                else
                {
                    // RFC 9112 3.3: an empty Host is not an authority.
                    AuthorityPosition = -1;
                }

                if (_fields.TooLarge)
                {
                    return 431;
                }
            }

            if (_fields == null || _kind <= ControlFields.Hidden)
            {
                return ParseResult.Complete;
            }

            bool host = _kind == ControlFields.Host && _listed && !_begun;
            if (host && length == _exchanges.KnownAuthorityLength && Octets.Equal(bytes, start, _exchanges.KnownAuthority, 0, length))
            {
                return ParseResult.Complete;
            }

            int status = _control.Value(_kind, bytes, start, length);
            if (status == 0)
            {
                status = _control.EndField(_kind, _fields, _position);
            }

            if (status != 0)
            {
                return status;
            }

            if (host && length <= _exchanges.KnownAuthority.Length)
            {
                Array.Copy(bytes, start, _exchanges.KnownAuthority, 0, length);
                _exchanges.KnownAuthorityLength = length;
            }

            return ParseResult.Complete;
        }
    }
}
