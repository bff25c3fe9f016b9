using System;

namespace Http2Nano.Events
{
    /// <summary>
    /// The latest events, packed into one ring of bytes. Each reader keeps its own position: the number of octets written
    /// to the ring before it since the server started.
    /// </summary>
    /// <remarks>An event is 3 octets of header and its text. A new event overwrites the oldest ones.</remarks>
    internal sealed class EventRing
    {
        internal const int HeaderSize = 3;

        // Flag in the header of an event: a newer event of its coalescing type replaces it.
        private const byte Superseded = 1;

        private readonly byte[] _bytes;

        // Number of the oldest event in the ring.
        private int _oldest;

        internal EventRing(int size)
        {
            _bytes = new byte[size];
        }

        /// <summary>Position of the oldest event.</summary>
        internal long Tail { get; private set; }

        /// <summary>Position after the newest event.</summary>
        internal long Head { get; private set; }

        /// <summary>Number of the newest event, 0 when there was none.</summary>
        internal int Newest { get; private set; }

        /// <summary>Octets that the event being written may still take. It may overwrite all older events.</summary>
        internal int Limit
        {
            get { return _bytes.Length; }
        }

        /// <summary>Begins an event of a known length.</summary>
        /// <param name="length">Octets of its text, at most <see cref="Limit"/> less the header.</param>
        /// <returns>Its position.</returns>
        internal long Begin(int length)
        {
            int size = HeaderSize + length;
            while (Head - Tail > _bytes.Length - size)
            {
                Tail += HeaderSize + LengthAt(Tail);
                _oldest++;
            }

            if (Newest == 0)
            {
                _oldest = 1;
            }

            Newest++;
            long begin = Head;
            Put(begin, (byte)(length >> 8));
            Put(begin + 1, (byte)length);
            Put(begin + 2, 0);
            Head = begin + HeaderSize;
            return begin;
        }

        /// <summary>Appends octets to the event being written.</summary>
        internal void Append(byte[] source, int offset, int count)
        {
            int at = (int)(Head % _bytes.Length);
            int first = _bytes.Length - at;
            if (first > count)
            {
                first = count;
            }

            Array.Copy(source, offset, _bytes, at, first);
            Array.Copy(source, offset + first, _bytes, 0, count - first);
            Head += count;
        }

        /// <summary>Copies octets from the ring.</summary>
        internal void Copy(long position, byte[] destination, int offset, int count)
        {
            int at = (int)(position % _bytes.Length);
            int first = _bytes.Length - at;
            if (first > count)
            {
                first = count;
            }

            Array.Copy(_bytes, at, destination, offset, first);
            Array.Copy(_bytes, 0, destination, offset + first, count - first);
        }

        /// <summary>Length of the text of the event at a position.</summary>
        internal int LengthAt(long position)
        {
            return (At(position) << 8) | At(position + 1);
        }

        /// <summary>Whether a newer event replaces the one at a position.</summary>
        internal bool IsSuperseded(long position)
        {
            return At(position + 2) == Superseded;
        }

        /// <summary>Marks an event as replaced, if it is still in the ring.</summary>
        internal void Supersede(long position)
        {
            if (position >= Tail)
            {
                Put(position + 2, Superseded);
            }
        }

        /// <summary>Position of the event with a number, or of the oldest event if that one was overwritten.</summary>
        internal long Find(int number)
        {
            long position = Tail;
            for (int i = _oldest; i < number && position < Head; i++)
            {
                position += HeaderSize + LengthAt(position);
            }

            return position;
        }

        private void Put(long position, byte octet)
        {
            _bytes[(int)(position % _bytes.Length)] = octet;
        }

        private int At(long position)
        {
            return _bytes[(int)(position % _bytes.Length)];
        }
    }
}
