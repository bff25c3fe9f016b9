using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // Values, which are taken in pieces: into the list, to the rules of control fields, or read over.
    internal sealed partial class FieldLines
    {
        // The field is read over.
        private void PassOver(int octets)
        {
            _kind = Over;
            _listed = false;
            _fields.Faults |= HeaderList.Gone;
            _fields.CountOver(octets);
        }

        // A field with a well-known name, whose value comes in pieces.
        private void Begin()
        {
            HeaderList fields = _fields;
            if (fields.Bound - fields.Used < HeaderList.Prefix)
            {
                fields.FreeBehind(HeaderList.Prefix, _limits.Kept);
                _position = fields.End;
                if (fields.Bound - fields.Used < HeaderList.Prefix && _limits.Kept.MayGo(_name, fields.Faults))
                {
                    PassOver(WellKnownFields.Spans[_name] & WellKnownFields.LengthMask);
                }
            }

            // Where it is passed over, nothing of it is added.
            fields.BeginField(_name);
            _begun = true;
        }

        // Makes room for octets of the value of a field that is read in pieces. Returns whether it is still listed.
        private bool HasRoom(int length)
        {
            if (_listed && !_fields.HasRoom(length, _limits.Kept) && (_fields.Faults & HeaderList.Dropped) == 0)
            {
                _kind = Over;
                _listed = false;
            }

            _position = _fields.End;
            return _listed;
        }

        // The value has not fitted: other fields may go, or this one.
        private void PutAgain(byte[] bytes, int start, int length)
        {
            HeaderList fields = _fields;
            KeptFields kept = _limits.Kept;
            while ((fields.Faults & HeaderList.Dropped) != 0 && fields.Fields < fields.MaximumCount)
            {
                if ((fields.Faults & (HeaderList.OverUnread | HeaderList.OverAll)) != 0 && kept.MayGo(_name, fields.Faults))
                {
                    fields.Faults &= ~HeaderList.Dropped;
                    PassOver((WellKnownFields.Spans[_name] & WellKnownFields.LengthMask) + length);
                    return;
                }

                if (fields.GiveWay(kept, fields.End) < 0)
                {
                    return;
                }

                fields.Faults &= ~HeaderList.Dropped;
                _position = fields.End;
                if (_kind == ControlFields.Host)
                {
                    AuthorityPosition = fields.End;
                }

                fields.Put(_name, bytes, start, length);
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
                    Begin();
                }

                if (length <= _fields.Bound - _fields.Cursor || HasRoom(length))
                {
                    _fields.AppendValue(bytes, start, length);
                }
            }
            else if (_fields == null)
            {
                return 0;
            }

            if (_kind < ControlFields.Ordinary)
            {
                TakeOver(bytes, start, length);
                return 0;
            }

            return _control.Value(_kind, bytes, start, length);
        }

        private void TakeOver(byte[] bytes, int start, int length)
        {
            _fields.Total += length;
            if (_kind == Cookies)
            {
                _cookies.Take(bytes, start, start + length);
            }
        }

        // The end of a field that is not listed as it came. Returns a status.
        private int EndOver(byte[] bytes, int start, int length)
        {
            HeaderList fields = _fields;
            TakeOver(bytes, start, length);
            if (_kind == Cookies)
            {
                int taken = _cookies.End(0);
                if (taken > HeaderList.Prefix)
                {
                    fields.Used += taken;
                }
            }

            return fields.TooLarge ? 431 : ParseResult.Complete;
        }

        private int EndValue(byte[] bytes, int start, int length)
        {
            if (_listed)
            {
                if (_begun)
                {
                    if (length <= _fields.Bound - _fields.Cursor || HasRoom(length))
                    {
                        _fields.AppendValue(bytes, start, length);
                        _fields.EndField();
                    }
                    else if (_kind == Over)
                    {
                        return EndOver(bytes, start, length);
                    }
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

                if ((_fields.Faults & HeaderList.Dropped) != 0)
                {
                    if (!_begun)
                    {
                        PutAgain(bytes, start, length);
                    }

                    if (_fields.TooLarge)
                    {
                        return 431;
                    }
                }
            }
            else if (_fields != null && _kind < ControlFields.Ordinary)
            {
                return EndOver(bytes, start, length);
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
            if (_kind == ControlFields.Expect)
            {
                // It is looked at behind the fields.
                int field = _fields.End - _position;
                _fields.FreeBehind(field, _limits.Kept);
                _position = _fields.End - field;
            }

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
