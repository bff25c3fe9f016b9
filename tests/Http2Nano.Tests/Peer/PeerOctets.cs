using System;
using System.Text;

namespace Http2Nano.Tests.Peer
{
    /// <summary>
    /// Octets of a body. While they are those of <see cref="ScriptedSource.At"/>, from any position on, it keeps where they
    /// begin and how many there are, and nothing else: a small heap has no room for long bodies.
    /// </summary>
    public class PeerOctets
    {
        // As long as this is null, the octets are those of the script from _first on.
        private byte[] _bytes;
        private int _first;

        /// <summary>How many there are.</summary>
        public int Length { get; private set; }

        /// <summary>The octets as text.</summary>
        public string Text
        {
            get
            {
                byte[] bytes = _bytes == null ? Copy(Length) : _bytes;
                return Encoding.UTF8.GetString(bytes, 0, Length);
            }
        }

        /// <summary>Puts octets behind the others.</summary>
        public void Add(byte[] bytes, int offset, int count)
        {
            if (count == 0)
            {
                return;
            }

            if (Length == 0)
            {
                _first = ScriptedSource.PositionOf(bytes[offset]);
            }

            if (_bytes == null && !Follows(bytes, offset, count))
            {
                _bytes = Copy(Length + count);
            }

            if (_bytes != null)
            {
                if (count > _bytes.Length - Length)
                {
                    _bytes = Copy(Length + count);
                }

                Array.Copy(bytes, offset, _bytes, Length, count);
            }

            Length += count;
        }

        /// <summary>Puts the octets of another one behind the others.</summary>
        public void Add(PeerOctets other)
        {
            if (other._bytes == null && _bytes == null && (Length == 0 || ScriptedSource.At(_first + Length) == ScriptedSource.At(other._first)))
            {
                if (Length == 0)
                {
                    _first = other._first;
                }

                Length += other.Length;
                return;
            }

            Add(other._bytes == null ? other.Copy(other.Length) : other._bytes, 0, other.Length);
        }

        /// <summary>Forgets them.</summary>
        public void Clear()
        {
            Length = 0;
            _bytes = null;
        }

        /// <summary>The position of the first octet that is not that of the script from its beginning; -1 if all are.</summary>
        public int FindOther()
        {
            if (_bytes == null && (_first == 0 || Length == 0))
            {
                return -1;
            }

            for (int i = 0; i < Length; i++)
            {
                if (At(i) != ScriptedSource.At(i))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>The octet at a position.</summary>
        public byte At(int position)
        {
            return _bytes == null ? ScriptedSource.At(_first + position) : _bytes[position];
        }

        private bool Follows(byte[] bytes, int offset, int count)
        {
            if (_first < 0)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (bytes[offset + i] != ScriptedSource.At(_first + Length + i))
                {
                    return false;
                }
            }

            return true;
        }

        private byte[] Copy(int room)
        {
            byte[] bytes = new byte[room];
            if (_bytes != null)
            {
                Array.Copy(_bytes, 0, bytes, 0, Length);
                return bytes;
            }

            for (int i = 0; i < Length; i++)
            {
                bytes[i] = At(i);
            }

            return bytes;
        }
    }
}
