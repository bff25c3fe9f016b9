using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Http2Nano.Hosting.Host
{
    /// <summary>
    /// A TLS connection on the host. Reads and writes run asynchronously in buffers of its own, so that a wait for either
    /// can be limited in time, which the stream itself does not offer.
    /// </summary>
    internal sealed class HostTlsTransport : Transport
    {
        private const int BufferSize = 16384;
        private const int FlushTime = 1000;

        private readonly Socket _socket;
        private readonly SslStream _stream;
        private readonly byte[] _input = new byte[BufferSize];
        private readonly byte[] _output = new byte[BufferSize];
        private Task<int> _reading;
        private Task _writing = Task.CompletedTask;
        private int _start;
        private int _end;

        internal HostTlsTransport(Socket socket, SslStream stream)
        {
            _socket = socket;
            _stream = stream;
        }

        public override bool IsSecure
        {
            get { return true; }
        }

        public override int Protocol
        {
            get
            {
                if (_stream.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2)
                {
                    return ApplicationProtocol.Http2;
                }

                return _stream.NegotiatedApplicationProtocol == SslApplicationProtocol.Http11 ? ApplicationProtocol.Http11 : ApplicationProtocol.Undecided;
            }
        }

        public override string PeerAddress
        {
            get { return SocketOptions.PeerAddress(_socket); }
        }

        public override bool WaitForData(int milliseconds)
        {
            if (_start != _end)
            {
                return true;
            }

            _reading ??= _stream.ReadAsync(_input, 0, BufferSize);
            return Wait(_reading, milliseconds);
        }

        public override bool WaitForRoom(int milliseconds)
        {
            return Wait(_writing, milliseconds);
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            if (_start == _end)
            {
                if (_reading.IsFaulted || _reading.IsCanceled)
                {
                    return Lost;
                }

                _start = 0;
                _end = _reading.Result;
                _reading = null;
                if (_end == 0)
                {
                    return 0;
                }
            }

            if (count > _end - _start)
            {
                count = _end - _start;
            }

            Array.Copy(_input, _start, buffer, offset, count);
            _start += count;
            return count;
        }

        public override int Send(byte[] buffer, int offset, int count)
        {
            if (_writing.IsFaulted || _writing.IsCanceled)
            {
                return Lost;
            }

            if (count > BufferSize)
            {
                count = BufferSize;
            }

            Array.Copy(buffer, offset, _output, 0, count);
            _writing = _stream.WriteAsync(_output, 0, count);
            return count;
        }

        public override void Close()
        {
            Close(FlushTime);
        }

        public override void Close(int milliseconds)
        {
            // The last write may still be running, and the peer has to get close_notify (RFC 8446 6.1).
            if (Wait(_writing, milliseconds) && _writing.IsCompletedSuccessfully)
            {
                try
                {
                    _stream.ShutdownAsync().Wait(milliseconds);
                }
                catch (AggregateException)
                {
                    // The connection is already lost.
                }
            }

            _stream.Dispose();
        }

        private static bool Wait(Task task, int milliseconds)
        {
            try
            {
                return task.IsCompleted || (milliseconds != 0 && task.Wait(milliseconds));
            }
            catch (AggregateException)
            {
                // It has completed with an error, which the next call returns.
                return true;
            }
        }
    }
}
