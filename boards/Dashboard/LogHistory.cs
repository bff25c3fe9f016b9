using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>The latest lines of the log in one ring of bytes, one JSON object to a line, and a body that has them all.</summary>
    internal sealed class LogHistory : BodySource
    {
        private readonly byte[] _ring;

        // Counts of all octets that ever went in; they wrap.
        private int _tail;
        private int _head;

        /// <summary>Makes an empty history.</summary>
        /// <param name="size">Bytes to keep; rounded up to a power of two.</param>
        internal LogHistory(int size)
        {
            int room = 1;
            while (room < size)
            {
                room <<= 1;
            }

            _ring = new byte[room];
        }

        private int Length
        {
            get { return _head - _tail; }
        }

        /// <summary>Adds a line; the oldest ones go.</summary>
        /// <param name="line">Holds it, with its line feed.</param>
        /// <param name="count">Its length in bytes.</param>
        internal void Add(byte[] line, int count)
        {
            if (count > _ring.Length)
            {
                return;
            }

            lock (_ring)
            {
                while (Length > _ring.Length - count)
                {
                    while (_ring[Place(_tail++)] != '\n')
                    {
                    }
                }

                int place = Place(_head);
                int first = count < _ring.Length - place ? count : _ring.Length - place;
                Array.Copy(line, 0, _ring, place, first);
                Array.Copy(line, first, _ring, 0, count - first);
                _head += count;
            }
        }

        /// <summary>Sets the lines that there are as the body of a response. The key is the position of the first.</summary>
        internal void Send(HttpResponse response)
        {
            lock (_ring)
            {
                response.SetBody(this, _tail, Length);
            }
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            lock (_ring)
            {
                int from = key + position;
                if (from - _tail < 0)
                {
                    // Newer lines have taken the place of what is still to be sent.
                    return Failed;
                }

                int left = _head - from;
                if (left <= 0)
                {
                    return EndOfBody;
                }

                if (count > left)
                {
                    count = left;
                }

                int place = Place(from);
                int first = count < _ring.Length - place ? count : _ring.Length - place;
                Array.Copy(_ring, place, buffer, offset, first);
                Array.Copy(_ring, 0, buffer, offset + first, count - first);
                return count;
            }
        }

        private int Place(int position)
        {
            return position & (_ring.Length - 1);
        }
    }
}
