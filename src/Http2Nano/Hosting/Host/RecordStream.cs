using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Http2Nano.Hosting.Host
{
    /// <summary>
    /// The encrypted side of a TLS connection: what TLS reads comes from the octets that have been received, and what it
    /// writes goes to those to be sent. No call waits, or asks the network stack: a peer that sends nothing but empty records
    /// keeps nobody here. A read for which no octets are there stays open, and <see cref="Resume"/> ends it, on the thread
    /// that calls it, so that TLS needs no other thread.
    /// </summary>
    internal sealed class RecordStream : Stream, IValueTaskSource<int>
    {
        private readonly Incoming _incoming;
        private readonly Outgoing _outgoing;
        private ManualResetValueTaskSourceCore<int> _reading;
        private Memory<byte> _wanted;
        private bool _open;

        internal RecordStream(Incoming incoming, Outgoing outgoing)
        {
            _incoming = incoming;
            _outgoing = outgoing;
        }

        public override bool CanRead
        {
            get { return true; }
        }

        public override bool CanSeek
        {
            get { return false; }
        }

        public override bool CanWrite
        {
            get { return true; }
        }

        public override long Length
        {
            get { throw new NotSupportedException(); }
        }

        public override long Position
        {
            get { throw new NotSupportedException(); }
            set { throw new NotSupportedException(); }
        }

        /// <summary>Ends the read that is open, if its octets have arrived.</summary>
        /// <returns>Whether one was open and has ended.</returns>
        internal bool Resume()
        {
            if (!_open || !_incoming.IsReady)
            {
                return false;
            }

            _open = false;
            int count = _incoming.Take(_wanted.Span);
            if (count >= 0)
            {
                _reading.SetResult(count);
            }
            else
            {
                _reading.SetException(new IOException());
            }

            return true;
        }

        /// <summary>Ends the read that is open, if there is one, as on a connection that is lost.</summary>
        internal void Abandon()
        {
            if (_open)
            {
                _open = false;
                _reading.SetException(new IOException());
            }
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length == 0)
            {
                return new ValueTask<int>(0);
            }

            if (_incoming.IsReady)
            {
                int count = _incoming.Take(buffer.Span);
                return count >= 0 ? new ValueTask<int>(count) : ValueTask.FromException<int>(new IOException());
            }

            _wanted = buffer;
            _open = true;
            _reading.Reset();
            return new ValueTask<int>(this, _reading.Version);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            return ReadAsync(new Memory<byte>(buffer, offset, count), cancellationToken).AsTask();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_outgoing.Add(buffer) != buffer.Length)
            {
                // Data is encrypted only when a record has room. What TLS itself has to say is little, unless a peer that
                // does not read provokes it again and again.
                throw new IOException();
            }
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Write(new ReadOnlySpan<byte>(buffer, offset, count));
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return default;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(new ReadOnlySpan<byte>(buffer, offset, count));
            return Task.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        public override long Seek(long offset, SeekOrigin origin)
        {
            throw new NotSupportedException();
        }

        public override void SetLength(long value)
        {
            throw new NotSupportedException();
        }

        int IValueTaskSource<int>.GetResult(short token)
        {
            return _reading.GetResult(token);
        }

        ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token)
        {
            return _reading.GetStatus(token);
        }

        void IValueTaskSource<int>.OnCompleted(Action<object> continuation, object state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _reading.OnCompleted(continuation, state, token, flags);
        }
    }
}
