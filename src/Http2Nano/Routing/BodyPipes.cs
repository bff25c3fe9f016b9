using System;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>
    /// A pool of small rings, each of which connects the body of a request with the body of its response: the octets
    /// received are sent back, at any length, and flow control in both directions follows the free room of the ring.
    /// </summary>
    /// <remarks>
    /// Heap: the rings and about 48 bytes for each. Used on the server's thread only. A ring is free again when both its
    /// ends have been closed, which the server does for every body.
    /// </remarks>
    public sealed class BodyPipes
    {
        // Bits of a ring's state.
        private const int Taken = 1;
        private const int WriteEnded = 2;
        private const int WriteBroken = 4;
        private const int ReadEnded = 8;

        private readonly byte[] _storage;
        private readonly int _size;
        private readonly int[] _start;
        private readonly int[] _count;
        private readonly byte[] _state;

        /// <summary>Makes the rings.</summary>
        /// <param name="rings">Their number, at least 1.</param>
        /// <param name="size">Bytes of each, at least 64.</param>
        /// <exception cref="ArgumentException">A number is too small.</exception>
        public BodyPipes(int rings, int size)
        {
            if (rings < 1 || size < 64)
            {
                throw new ArgumentException("There must be 1 ring of 64 bytes at least.");
            }

            _storage = new byte[rings * size];
            _size = size;
            _start = new int[rings];
            _count = new int[rings];
            _state = new byte[rings];
            Sink = new PipeSink(this);
            Source = new PipeSource(this);
        }

        /// <summary>Takes the octets that arrive. Its key is the number of the ring.</summary>
        public BodySink Sink { get; }

        /// <summary>Gives the octets that have arrived. Its key is the number of the ring.</summary>
        public BodySource Source { get; }

        /// <summary>Number of rings in use.</summary>
        public int InUse
        {
            get
            {
                int used = 0;
                for (int i = 0; i < _state.Length; i++)
                {
                    if (_state[i] != 0)
                    {
                        used++;
                    }
                }

                return used;
            }
        }

        /// <summary>
        /// Takes a free ring. The caller passes its number to <see cref="HttpRequest.ReadBody"/> with <see cref="Sink"/>
        /// and to <see cref="HttpResponse.SetBody(BodySource, int, int)"/> with <see cref="Source"/>; it must call both.
        /// </summary>
        /// <returns>The number of the ring, or -1 when none is free.</returns>
        public int Take()
        {
            for (int i = 0; i < _state.Length; i++)
            {
                if (_state[i] == 0)
                {
                    _state[i] = Taken;
                    _start[i] = 0;
                    _count[i] = 0;
                    return i;
                }
            }

            return -1;
        }

        private int Room(int ring)
        {
            // When nobody reads the ring any more, octets that still arrive are dropped.
            return (_state[ring] & ReadEnded) != 0 ? int.MaxValue : _size - _count[ring];
        }

        private void Write(int ring, byte[] buffer, int offset, int count)
        {
            if ((_state[ring] & ReadEnded) != 0)
            {
                return;
            }

            int at = _start[ring] + _count[ring];
            if (at >= _size)
            {
                at -= _size;
            }

            int first = _size - at;
            if (first > count)
            {
                first = count;
            }

            int origin = ring * _size;
            Array.Copy(buffer, offset, _storage, origin + at, first);
            Array.Copy(buffer, offset + first, _storage, origin, count - first);
            _count[ring] += count;
        }

        private int Read(int ring, byte[] buffer, int offset, int count)
        {
            int left = _count[ring];
            if (left == 0)
            {
                int state = _state[ring];
                return (state & WriteBroken) != 0 ? BodySource.Failed : (state & WriteEnded) != 0 ? BodySource.EndOfBody : 0;
            }

            int start = _start[ring];
            if (count > left)
            {
                count = left;
            }

            int first = _size - start;
            if (first > count)
            {
                first = count;
            }

            int origin = ring * _size;
            Array.Copy(_storage, origin + start, buffer, offset, first);
            Array.Copy(_storage, origin, buffer, offset + first, count - first);
            start += count;
            _start[ring] = start >= _size ? start - _size : start;
            _count[ring] = left - count;
            return count;
        }

        private void Close(int ring, int state)
        {
            state |= _state[ring];
            _state[ring] = (state & WriteEnded) != 0 && (state & ReadEnded) != 0 ? (byte)0 : (byte)state;
        }

        private sealed class PipeSink : BodySink
        {
            private readonly BodyPipes _pipes;

            internal PipeSink(BodyPipes pipes)
            {
                _pipes = pipes;
            }

            public override int Room(int key)
            {
                return _pipes.Room(key);
            }

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                _pipes.Write(key, buffer, offset, count);
            }

            public override void Close(int key, bool complete)
            {
                _pipes.Close(key, complete ? WriteEnded : WriteEnded | WriteBroken);
            }
        }

        private sealed class PipeSource : BodySource
        {
            private readonly BodyPipes _pipes;

            internal PipeSource(BodyPipes pipes)
            {
                _pipes = pipes;
            }

            public override int Read(int key, int position, byte[] buffer, int offset, int count)
            {
                return _pipes.Read(key, buffer, offset, count);
            }

            public override void Close(int key, bool complete)
            {
                _pipes.Close(key, ReadEnded);
            }
        }
    }
}
