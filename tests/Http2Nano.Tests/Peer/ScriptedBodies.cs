using System;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>A source of any length; its key is the length. How it behaves is the same for all streams.</summary>
    public class ScriptedSource : BodySource
    {
        private const int Period = 23;

        private readonly ScriptedDispatcher _owner;

        /// <summary>Most octets at a time.</summary>
        public int Step = int.MaxValue;

        /// <summary>Position from which on there is nothing yet.</summary>
        public int StallAt = int.MaxValue;

        /// <summary>Position at which it fails.</summary>
        public int FailAt = int.MaxValue;

        /// <summary>Position at which it throws.</summary>
        public int ThrowAt = int.MaxValue;

        /// <summary>Position at which it ends, whatever was announced.</summary>
        public int EndAt = int.MaxValue;

        /// <summary>Response that gets another trailer at the end of the body, or null.</summary>
        public HttpResponse Trailed;

        /// <summary>Throws when it is closed.</summary>
        public bool ThrowsOnClose;

        /// <summary>What it was told when it was last closed.</summary>
        public bool Complete;

        /// <summary>Number of calls of Read.</summary>
        public int Reads;

        /// <summary>What it says when it is asked whether it has something.</summary>
        public bool Ready = true;

        /// <summary>Throws when it is asked whether it has something.</summary>
        public bool ThrowsWhenAsked;

        /// <summary>Makes a source.</summary>
        public ScriptedSource(ScriptedDispatcher owner)
        {
            _owner = owner;
        }

        /// <summary>The octet at a position of any body.</summary>
        public static byte At(int position)
        {
            return (byte)('a' + (position % Period));
        }

        /// <summary>The first position of an octet; -1 if no body holds it.</summary>
        public static int PositionOf(byte octet)
        {
            return octet < 'a' || octet >= 'a' + Period ? -1 : octet - 'a';
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            Reads++;
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
                return 0;
            }

            if (position >= key || position >= EndAt)
            {
                if (Trailed != null)
                {
                    Trailed.AddTrailer(ScriptedDispatcher.Bytes("x-late"), ScriptedDispatcher.Bytes("known now"));
                    Trailed = null;
                }

                return EndOfBody;
            }

            count = Least(count, Least(key, EndAt) - position);
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

            return Ready;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _owner.SourcesClosed++;
            Complete = complete;
            if (ThrowsOnClose)
            {
                throw new InvalidOperationException();
            }
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }
    }

    /// <summary>A sink that counts what it is given.</summary>
    public class ScriptedSink : BodySink
    {
        private readonly ScriptedDispatcher _owner;

        /// <summary>Octets that it still takes.</summary>
        public int Capacity = int.MaxValue;

        /// <summary>Octets taken.</summary>
        public int Taken;

        /// <summary>Whether they were those of <see cref="ScriptedSource.At"/>.</summary>
        public bool Right = true;

        /// <summary>Throws instead of taking.</summary>
        public bool Throws;

        /// <summary>Throws when asked for room.</summary>
        public bool ThrowsOnRoom;

        /// <summary>What it was told when it was closed.</summary>
        public bool Complete;

        /// <summary>Makes a sink.</summary>
        public ScriptedSink(ScriptedDispatcher owner)
        {
            _owner = owner;
        }

        /// <inheritdoc/>
        public override int Room(int key)
        {
            if (ThrowsOnRoom)
            {
                throw new InvalidOperationException();
            }

            return Capacity;
        }

        /// <inheritdoc/>
        public override void Write(int key, byte[] buffer, int offset, int count)
        {
            if (Throws)
            {
                throw new InvalidOperationException();
            }

            if (count < 1 || count > Capacity)
            {
                Right = false;
            }

            for (int i = 0; i < count; i++)
            {
                if (buffer[offset + i] != ScriptedSource.At(Taken + i))
                {
                    Right = false;
                }
            }

            Taken += count;
            if (Capacity != int.MaxValue)
            {
                Capacity -= count;
            }
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _owner.SinksClosed++;
            Complete = complete;
        }
    }

    /// <summary>A ring of bytes between a request's body and a response's.</summary>
    public class EchoRing : BodySource
    {
        private readonly ScriptedDispatcher _owner;
        private readonly byte[] _bytes = new byte[300];
        private int _start;

        /// <summary>Octets in the ring.</summary>
        public int Count;

        /// <summary>The request's body has ended.</summary>
        public bool Ended;

        /// <summary>Makes a ring.</summary>
        public EchoRing(ScriptedDispatcher owner)
        {
            _owner = owner;
            Sink = new EchoSink(this, owner);
        }

        /// <summary>Its other end.</summary>
        public BodySink Sink { get; private set; }

        /// <summary>Free bytes.</summary>
        public int Room
        {
            get { return _bytes.Length - Count; }
        }

        /// <summary>Puts an octet in.</summary>
        public void Put(byte octet)
        {
            _bytes[(_start + Count) % _bytes.Length] = octet;
            Count++;
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            if (Count == 0)
            {
                return Ended ? EndOfBody : 0;
            }

            int read = 0;
            while (read < count && Count != 0)
            {
                buffer[offset + read++] = _bytes[_start];
                _start = (_start + 1) % _bytes.Length;
                Count--;
            }

            return read;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _owner.SourcesClosed++;
        }

        private class EchoSink : BodySink
        {
            private readonly EchoRing _ring;
            private readonly ScriptedDispatcher _owner;

            internal EchoSink(EchoRing ring, ScriptedDispatcher owner)
            {
                _ring = ring;
                _owner = owner;
            }

            public override int Room(int key)
            {
                return _ring.Room;
            }

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    _ring.Put(buffer[offset + i]);
                }
            }

            public override void Close(int key, bool complete)
            {
                _ring.Ended = true;
                _owner.SinksClosed++;
            }
        }
    }
}
