using Http2Nano.Fields;

namespace Http2Nano.Access
{
    /// <summary>
    /// Parses values of <c>Forwarded</c> (RFC 7239 4): elements between commas, each with pairs between semicolons. A
    /// malformed element is skipped.
    /// </summary>
    internal sealed class ForwardedElements
    {
        // Offsets in the names.
        private const int For = 0;
        private const int ForLength = 3;
        private const int Proto = For + ForLength;
        private const int ProtoLength = 5;
        private const int Host = Proto + ProtoLength;
        private const int HostLength = 4;

        private readonly byte[] _names = Ascii.Pack("forprotohost");
        private readonly byte[] _text;
        private readonly ForwardedChain _chain;

        // The element: where its values begin, and the offset after them; -1 where there is none.
        private int _for;
        private int _forEnd;
        private int _proto;
        private int _protoEnd;
        private int _host;
        private int _hostEnd;

        private int _at;
        private int _length;

        internal ForwardedElements(byte[] text, ForwardedChain chain)
        {
            _text = text;
            _chain = chain;
        }

        /// <summary>Reads a value and adds its elements to the chain. Values in quotes are unquoted in place.</summary>
        /// <param name="length">Its length; -1 when it was too long to be read.</param>
        internal void Read(int length)
        {
            if (length < 0)
            {
                _chain.Break();
                return;
            }

            _at = 0;
            _length = length;
            while (SkipBlanks())
            {
                if (_text[_at] == ',')
                {
                    // RFC 9110 5.6.1.2: empty elements are ignored.
                    _at++;
                }
                else if (!ReadElement())
                {
                    _chain.Break();
                    while (_at < _length && _text[_at] != ',')
                    {
                        _at++;
                    }
                }
                else if (_chain.Add(_text, _for < 0 ? 0 : _for, _for < 0 ? 0 : _forEnd))
                {
                    if (_proto >= 0)
                    {
                        _chain.SetScheme(_text, _proto, _protoEnd);
                    }

                    if (_host >= 0)
                    {
                        _chain.SetHost(_text, _host, _hostEnd);
                    }
                }
            }
        }

        // Reads pairs up to the comma after them.
        private bool ReadElement()
        {
            _for = -1;
            _proto = -1;
            _host = -1;
            while (SkipBlanks() && _text[_at] != ',')
            {
                if (_text[_at] != ';' && !ReadPair())
                {
                    return false;
                }

                if (SkipBlanks() && _text[_at] != ',' && _text[_at++] != ';')
                {
                    return false;
                }
            }

            return true;
        }

        private bool ReadPair()
        {
            int name = _at;
            while (_at < _length && TokenOctets.Small(_text[_at]) != 0)
            {
                _at++;
            }

            int length = _at - name;
            if (length == 0 || _at == _length || _text[_at] != '=')
            {
                return false;
            }

            _at++;
            int value;
            int end;
            if (!ReadValue(out value, out end))
            {
                return false;
            }

            // RFC 7239 4: a parameter must not occur more than once in an element. Others than these are nothing to us.
            if (IsName(name, length, For, ForLength))
            {
                bool again = _for >= 0;
                _for = value;
                _forEnd = end;
                return !again;
            }

            if (IsName(name, length, Proto, ProtoLength))
            {
                bool again = _proto >= 0;
                _proto = value;
                _protoEnd = end;
                return !again;
            }

            if (IsName(name, length, Host, HostLength))
            {
                bool again = _host >= 0;
                _host = value;
                _hostEnd = end;
                return !again;
            }

            return true;
        }

        // A token, or a string in quotes. Colons and brackets without quotes are taken, because many write addresses so.
        private bool ReadValue(out int start, out int end)
        {
            byte[] text = _text;
            start = _at;
            end = start;
            if (_at < _length && text[_at] == '"')
            {
                start = ++_at;
                end = start;
                while (_at < _length && text[_at] != '"')
                {
                    // RFC 9110 5.6.4: quoted-pair.
                    if (text[_at] == '\\' && ++_at == _length)
                    {
                        return false;
                    }

                    text[end++] = text[_at++];
                }

                return _at++ < _length;
            }

            while (_at < _length && text[_at] > ' ' && text[_at] != ';' && text[_at] != ',' && text[_at] != '"')
            {
                _at++;
            }

            end = _at;
            return end != start;
        }

        private bool IsName(int at, int length, int name, int nameLength)
        {
            return length == nameLength && Octets.EqualAnyCase(_text, at, _names, name, length);
        }

        private bool SkipBlanks()
        {
            while (_at < _length && (_text[_at] == ' ' || _text[_at] == '\t'))
            {
                _at++;
            }

            return _at < _length;
        }
    }
}
