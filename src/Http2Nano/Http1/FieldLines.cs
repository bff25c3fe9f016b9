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
    internal sealed partial class FieldLines
    {
        private const int AtLine = 0;
        private const int AtValue = 1;
        private const int InValue = 2;
        private const int AtLineFeed = 3;

        // Kinds of fields besides those of ControlFields: read over, or only the cookies that the application has declared.
        private const int Over = -1;
        private const int Cookies = -2;

        private readonly ReceiveBuffer _receive;
        private readonly ControlFields _control;
        private readonly HttpLimits _limits;
        private readonly ExchangePool _exchanges;
        private readonly CookieFilter _cookies;

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
            _cookies = limits.Kept.HasCookies ? new CookieFilter(limits.Kept) : null;
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
            _hidden = 0;
            AuthorityPosition = -1;
        }

        /// <summary>Parses the octets that have arrived.</summary>
        /// <returns>One of <see cref="ParseResult"/>, or a status.</returns>
        internal int Parse()
        {
            return Parse(false);
        }

        private int Parse(bool one)
        {
            int start = _receive.Start;
            int result = ParseLines(one);

            // Nothing else bounds fields that are not listed.
            _octets += _receive.Start - start;
            return _octets > _limits.MaximumFieldSectionSize && result < ParseResult.Error ? 431 : result;
        }

        private int ParseLines(bool one)
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
                        if (one)
                        {
                            return OneLine;
                        }

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

            if (_fields != null && (_fields.Faults & (HeaderList.OverUnread | HeaderList.OverAll)) != 0)
            {
                Settle();
            }

            _receive.Start = start + 2;
            return bytes[start + 1] == '\n' ? ParseResult.Complete : 400;
        }

        // Fields that came after others had been read over are read over too, if they may be.
        private void Settle()
        {
            HeaderList fields = _fields;
            fields.Sweep(_limits.Kept, fields.End);
            if (!_hasAuthority && AuthorityPosition >= 0)
            {
                AuthorityPosition = fields.Find(FieldName.Authority);
            }
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
                        if (length + HeaderList.Prefix + 2 > _fields.Bound - _fields.Used && !HasRoomForName(bytes, start, length))
                        {
                            return ParseResult.Complete;
                        }

                        _fields.BeginField();
                        _fields.AppendName(bytes, start, length);
                        _begun = true;
                    }

                    return ParseResult.Complete;

                case ControlFields.Cookie:
                    _kind = ControlFields.Ordinary;
                    if (_cookies != null)
                    {
                        _kind = Cookies;
                        _listed = false;
                        _hidden |= NotPlain;
                        _cookies.Begin(_fields);
                        _fields.CountOver(length);
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
                    _hidden |= 1 << (_lines - 1);
                    return _kind >= ParseResult.Error ? _kind : ParseResult.Complete;
            }
        }

        // Whether a field whose name is not well known is listed, after what may go has given way. If there is still no room, it
        // does not fit.
        private bool HasRoomForName(byte[] bytes, int start, int length)
        {
            HeaderList fields = _fields;
            KeptFields kept = _limits.Kept;
            do
            {
                if ((fields.Faults & (HeaderList.OverUnread | HeaderList.OverAll)) != 0 && kept.MayGo(bytes, start, length, fields.Faults))
                {
                    PassOver(length);
                    return false;
                }
            }
            while (length + HeaderList.Prefix + 2 > fields.Bound - fields.Used && fields.GiveWay(kept, fields.Used) >= 0);

            return true;
        }
    }
}
