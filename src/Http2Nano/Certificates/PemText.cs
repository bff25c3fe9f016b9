using System;
using Http2Nano.Fields;

namespace Http2Nano.Certificates
{
    /// <summary>The blocks of a text in PEM (RFC 7468), one after the other. What stands between them is skipped.</summary>
    internal sealed class PemText
    {
        // What Step has found.
        internal const int NoMore = 0;
        internal const int Block = 1;
        internal const int Cut = 2;

        // "-----BEGIN " and "-----END " with the hyphens that end such a line.
        private const int Hyphens = 5;
        private const int LongestLabel = 32;

        private readonly byte[] _bytes;
        private readonly int _end;
        private readonly byte[] _begin = Ascii.Pack("-----BEGIN ");
        private readonly byte[] _finish = Ascii.Pack("-----END ");
        private int _label;
        private int _labelEnd;
        private int _body;
        private int _bodyEnd;

        internal PemText(byte[] bytes, int count)
        {
            _bytes = bytes;
            _end = count;
        }

        /// <summary>Offset of the block's first octet.</summary>
        internal int Start { get; private set; }

        /// <summary>Offset after its last.</summary>
        internal int End { get; private set; }

        /// <summary>Goes to the next block.</summary>
        /// <returns><see cref="Block"/>, <see cref="NoMore"/>, or <see cref="Cut"/> for one that has no end.</returns>
        internal int Step()
        {
            int start = Find(_begin, End);
            if (start < 0)
            {
                return NoMore;
            }

            _label = start + _begin.Length;
            _labelEnd = _label;
            while (_labelEnd < _end && _bytes[_labelEnd] != '-' && _labelEnd - _label <= LongestLabel)
            {
                _labelEnd++;
            }

            _body = _labelEnd + Hyphens;
            int finish = Find(_finish, _body);
            int label = finish + _finish.Length;
            int length = _labelEnd - _label;
            if (finish < 0 || _end - label < length + Hyphens || !Octets.Equal(_bytes, label, _bytes, _label, length) || !AreHyphens(_labelEnd) || !AreHyphens(label + length))
            {
                return Cut;
            }

            _bodyEnd = finish;
            Start = start;
            End = label + length + Hyphens;
            return Block;
        }

        /// <summary>Whether the block is one of a kind, such as <c>CERTIFICATE</c>.</summary>
        internal bool IsA(string label)
        {
            byte[] octets = Ascii.Pack(label);
            return octets.Length == _labelEnd - _label && Octets.Equal(_bytes, _label, octets, 0, octets.Length);
        }

        /// <summary>Whether the block has fields before its content, as OpenSSL writes them for keys with a password (RFC 1421 4.6).</summary>
        internal bool HasFields
        {
            get
            {
                for (int i = _body; i < _bodyEnd; i++)
                {
                    if (_bytes[i] == ':')
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>The content.</summary>
        /// <returns>Its octets in an array of their own; null when it is no base64.</returns>
        internal byte[] Decode()
        {
            byte[] text = new byte[_bodyEnd - _body];
            int count = 0;
            for (int i = _body; i < _bodyEnd; i++)
            {
                int octet = _bytes[i];
                if (octet != '\r' && octet != '\n' && octet != ' ' && octet != '\t')
                {
                    text[count++] = (byte)octet;
                }
            }

            int length = Base64.Decode(text, 0, count);
            if (length < 0)
            {
                return null;
            }

            byte[] decoded = new byte[length];
            Array.Copy(text, decoded, length);
            return decoded;
        }

        private bool AreHyphens(int at)
        {
            if (_end - at < Hyphens)
            {
                return false;
            }

            for (int end = at + Hyphens; at < end; at++)
            {
                if (_bytes[at] != '-')
                {
                    return false;
                }
            }

            return true;
        }

        private int Find(byte[] octets, int at)
        {
            for (; octets.Length <= _end - at; at++)
            {
                if (_bytes[at] == octets[0] && Octets.Equal(_bytes, at, octets, 0, octets.Length))
                {
                    return at;
                }
            }

            return -1;
        }
    }
}
