using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Http2Nano.Hosting.Host
{
    /// <summary>
    /// A TLS connection on the host. All of it runs on the thread of the server: TLS reads from and writes to buffers here,
    /// not a socket, so that no call waits. What the session sends in a turn is gathered to whole records.
    /// </summary>
    internal sealed class HostTlsTransport : Transport
    {
        // RFC 8446 5.1 and 5.2: the longest record, without and with what encryption adds.
        private const int Record = 16384;
        private const int EncryptedRecord = Record + 5 + 256;

        // Some records, and what TLS itself has to say.
        private const int Capacity = (4 * EncryptedRecord) + 4096;

        // Milliseconds.
        private const int FlushTime = 1000;
        private const int Slice = 2;

        // How often octets are received for one record before others have their turns.
        private const int MostParts = 4;

        private readonly Socket _accepted;
        private readonly HostSocket _socket;
        private readonly Incoming _incoming;
        private readonly Outgoing _outgoing;
        private readonly RecordStream _records;
        private readonly SslStream _stream;
        private readonly byte[] _input = new byte[Record];
        private readonly byte[] _output = new byte[Record];
        private ValueTask<int> _reading;
        private bool _isReading;
        private bool _lost;
        private int _start;
        private int _end;
        private int _kept;

        /// <summary>Takes a socket for TLS; <see cref="Close()"/> closes it.</summary>
        /// <param name="accepted">The socket.</param>
        /// <param name="socket">What is to use it.</param>
        /// <param name="writeTimeout">Milliseconds for which the peer may take nothing.</param>
        internal HostTlsTransport(Socket accepted, HostSocket socket, int writeTimeout)
        {
            _accepted = accepted;
            _socket = socket;
            _socket.Use(accepted);
            _incoming = new Incoming(socket);
            _outgoing = new Outgoing(socket, Capacity) { Timeout = writeTimeout };
            _records = new RecordStream(_incoming, _outgoing);
            _stream = new SslStream(_records, false);
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
            get { return SocketOptions.PeerAddress(_accepted); }
        }

        private bool IsLost
        {
            get { return _lost || _outgoing.IsLost; }
        }

        private bool HasRoom
        {
            get { return _kept < Record && _outgoing.Room != 0; }
        }

        /// <summary>Does the handshake.</summary>
        /// <param name="options">The certificate and what is agreed to.</param>
        /// <param name="limit">The time limit.</param>
        /// <returns>Whether it has succeeded.</returns>
        internal bool Shake(SslServerAuthenticationOptions options, IHandshakeLimit limit)
        {
            Task handshake = _stream.AuthenticateAsServerAsync(options);
            while (!handshake.IsCompleted)
            {
                if (limit.HasPassed)
                {
                    _records.Abandon();
                    break;
                }

                _outgoing.Flush();
                _incoming.Wait(Slice);
                if (!_records.Resume() && _incoming.IsReady)
                {
                    // TLS does not wait for octets, but for something else.
                    Wait(handshake, Slice);
                }
            }

            // The last message of the handshake, or the alert if it has failed; by what makes no difference.
            _outgoing.Flush();
            return Wait(handshake, 0) && handshake.IsCompletedSuccessfully;
        }

        public override bool WaitForData(int milliseconds)
        {
            if (_start != _end)
            {
                return true;
            }

            if (!_isReading)
            {
                _reading = _stream.ReadAsync(new Memory<byte>(_input));
                _isReading = true;
            }

            if (!Flush() && milliseconds != 0)
            {
                _records.Resume();
                if (!_reading.IsCompleted)
                {
                    _outgoing.Flush(milliseconds);
                }

                milliseconds = 0;
            }

            for (int parts = 0; parts < MostParts && !_reading.IsCompleted; parts++)
            {
                if (!_incoming.Wait(milliseconds) || !_records.Resume())
                {
                    return false;
                }

                // A part of a record has been waited for once.
                milliseconds = 0;
            }

            return _reading.IsCompleted;
        }

        public override bool WaitForRoom(int milliseconds)
        {
            return HasRoom || (Encrypt() && HasRoom) || (_outgoing.Flush(milliseconds) && Encrypt() && HasRoom) || IsLost;
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            if (_start == _end)
            {
                _isReading = false;
                _start = 0;
                _end = 0;
                try
                {
                    _end = _reading.GetAwaiter().GetResult();
                }
                catch (Exception)
                {
                    _lost = true;
                    return Lost;
                }

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
            if (IsLost)
            {
                return Lost;
            }

            if (count > Record - _kept)
            {
                count = Record - _kept;
            }

            Array.Copy(buffer, offset, _output, _kept, count);
            _kept += count;
            return count;
        }

        public override bool Flush()
        {
            return Encrypt() && _outgoing.Flush();
        }

        public override void Close()
        {
            Close(FlushTime);
        }

        public override void Close(int milliseconds)
        {
            if (Flush() || (_outgoing.Flush(milliseconds) && Flush()))
            {
                SendCloseNotify();
                _outgoing.Flush(milliseconds);
            }

            _records.Abandon();
            if (_isReading)
            {
                _isReading = false;
                Wait(_reading.AsTask(), 0);
            }

            _stream.Dispose();
            SocketOptions.Close(_accepted);
        }

        // RFC 8446 6.1. After a handshake that has failed, TLS has written its alert already.
        private void SendCloseNotify()
        {
            if (!IsLost && _stream.IsAuthenticated)
            {
                try
                {
                    Wait(_stream.ShutdownAsync(), 0);
                }
                catch (Exception)
                {
                    // The connection is already lost.
                }
            }
        }

        // Makes a record of what is kept, once there is room for it. Returns whether nothing is kept.
        private bool Encrypt()
        {
            if (_kept == 0)
            {
                return true;
            }

            if (!IsLost)
            {
                if (_outgoing.Room < EncryptedRecord && !_outgoing.Flush())
                {
                    return false;
                }

                try
                {
                    _stream.Write(_output, 0, _kept);
                }
                catch (Exception)
                {
                    _lost = true;
                }
            }

            _kept = 0;
            return true;
        }

        private static bool Wait(Task task, int milliseconds)
        {
            try
            {
                return task.IsCompleted || task.Wait(milliseconds);
            }
            catch (AggregateException)
            {
                // It has completed with an error.
                return true;
            }
        }
    }
}
