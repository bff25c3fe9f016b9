using System;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Http1
{
    /// <summary>A source whose every turn a test decides.</summary>
    public class TestSource : BodySource
    {
        /// <summary>Octets that it yields.</summary>
        public int Length;

        /// <summary>Most octets that it yields at a time.</summary>
        public int Step = int.MaxValue;

        /// <summary>Position from which on it has nothing yet.</summary>
        public int StallAt = int.MaxValue;

        /// <summary>Position at which it fails.</summary>
        public int FailAt = int.MaxValue;

        /// <summary>Position at which it throws.</summary>
        public int ThrowAt = int.MaxValue;

        /// <summary>Claims more octets than it was asked for.</summary>
        public bool Lies;

        /// <summary>Whether it says that it has nothing, as a stream of events does.</summary>
        public bool Tells;

        /// <summary>It throws when it is asked whether it has something.</summary>
        public bool ThrowsWhenAsked;

        private int _stalledAt = -1;

        /// <summary>It runs out of memory when it is closed.</summary>
        public bool ClosingRunsOut;

        /// <summary>How often it was closed.</summary>
        public int Closings;

        /// <summary>What it was told when it was closed.</summary>
        public bool Complete;

        /// <summary>The key of the last call.</summary>
        public int Key;

        /// <summary>The octet at a position of the body.</summary>
        public static byte At(int position)
        {
            return (byte)('a' + (position % 23));
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            Key = key;
            if (position >= ThrowAt)
            {
                throw new InvalidOperationException();
            }

            if (position >= FailAt)
            {
                return Failed;
            }

            if (position >= StallAt)
            {
                _stalledAt = StallAt;
                return 0;
            }

            if (position >= Length)
            {
                return EndOfBody;
            }

            if (Lies)
            {
                return count + 1;
            }

            count = Least(count, Length - position);
            count = Least(count, Step);
            count = Least(count, StallAt - position);
            count = Least(count, FailAt - position);
            count = Least(count, ThrowAt - position);
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = At(position + i);
            }

            return count;
        }

        /// <inheritdoc/>
        public override bool IsReady(int key)
        {
            if (ThrowsWhenAsked)
            {
                throw new InvalidOperationException();
            }

            return !Tells || _stalledAt != StallAt;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            Closings++;
            Complete = complete;
            if (ClosingRunsOut)
            {
                throw new OutOfMemoryException();
            }
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }
    }

    /// <summary>A sink that takes whatever comes.</summary>
    public class Drain : BodySink
    {
        /// <inheritdoc/>
        public override int Room(int key)
        {
            return int.MaxValue;
        }

        /// <inheritdoc/>
        public override void Write(int key, byte[] buffer, int offset, int count)
        {
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
        }
    }

    /// <summary>A ring between a request's body and a response's, as an echo needs.</summary>
    public class Ring
    {
        /// <summary>Octets in the ring.</summary>
        public readonly byte[] Bytes = new byte[100];

        /// <summary>Where the next octet is read.</summary>
        public int Start;

        /// <summary>Number of octets in it.</summary>
        public int Count;

        /// <summary>All octets that ever came in.</summary>
        public int Total;

        /// <summary>How often the sink was closed.</summary>
        public int Closings;

        /// <summary>What the sink was told when it was closed.</summary>
        public bool Complete;

        /// <summary>How often the source was closed.</summary>
        public int SourceClosings;

        /// <summary>Most octets that the sink takes before somebody makes room.</summary>
        public int Capacity = 100;

        /// <summary>The sink throws.</summary>
        public bool Throws;

        /// <summary>The call of the sink that runs out of memory: 1 for its room, 2 for a write, 3 for its end.</summary>
        public int RunsOutAt;

        /// <summary>A call of the sink.</summary>
        public void At(int call)
        {
            if (RunsOutAt == call)
            {
                throw new OutOfMemoryException();
            }
        }
    }

    /// <summary>The end of a ring that takes a request's body.</summary>
    public class RingSink : BodySink
    {
        private readonly Ring _ring;

        /// <summary>Makes the end of a ring.</summary>
        public RingSink(Ring ring)
        {
            _ring = ring;
        }

        /// <inheritdoc/>
        public override int Room(int key)
        {
            _ring.At(1);
            return _ring.Capacity - _ring.Count;
        }

        /// <inheritdoc/>
        public override void Write(int key, byte[] buffer, int offset, int count)
        {
            _ring.At(2);
            if (_ring.Throws || count < 1 || count > Room(key))
            {
                throw new InvalidOperationException();
            }

            for (int i = 0; i < count; i++)
            {
                _ring.Bytes[(_ring.Start + _ring.Count + i) % _ring.Bytes.Length] = buffer[offset + i];
            }

            _ring.Count += count;
            _ring.Total += count;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _ring.Closings++;
            _ring.Complete = complete;
            _ring.At(3);
        }
    }

    /// <summary>The end of a ring that yields a response's body.</summary>
    public class RingSource : BodySource
    {
        private readonly Ring _ring;

        /// <summary>Makes the end of a ring.</summary>
        public RingSource(Ring ring)
        {
            _ring = ring;
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            if (_ring.Count == 0)
            {
                return _ring.Closings == 0 ? 0 : _ring.Complete ? EndOfBody : Failed;
            }

            if (count > _ring.Count)
            {
                count = _ring.Count;
            }

            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = _ring.Bytes[(_ring.Start + i) % _ring.Bytes.Length];
            }

            _ring.Start = (_ring.Start + count) % _ring.Bytes.Length;
            _ring.Count -= count;
            return count;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _ring.SourceClosings++;
        }
    }
}
