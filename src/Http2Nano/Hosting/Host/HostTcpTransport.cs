namespace Http2Nano.Hosting.Host
{
    /// <summary>
    /// A connection over TCP without TLS on the host, where each call of the network stack costs more than copying what it
    /// takes. So octets are gathered until a turn ends, or until there are as many as a send takes well.
    /// </summary>
    internal sealed class HostTcpTransport : TcpTransport
    {
        private const int Capacity = 65536;

        private readonly HostSocket _socket;
        private readonly Incoming _incoming;
        private readonly Outgoing _outgoing;

        // Before this, the octets may be those of a TLS handshake, and have to stay where they are.
        private bool _begun;

        internal HostTcpTransport(HostSocket socket)
        {
            _socket = socket;
            _incoming = new Incoming(socket);
            _outgoing = new Outgoing(socket, Capacity);
        }

        internal override int Look()
        {
            // Also a connection that was set aside has its last octets sent.
            _outgoing.Flush();
            return !_incoming.IsReady ? base.Look() : _incoming.Count != 0 ? Spoken : Ended;
        }

        internal override void Begin(int writeTimeout)
        {
            base.Begin(writeTimeout);
            _socket.Use(Socket);
            _outgoing.Timeout = writeTimeout;
            _begun = true;
        }

        public override bool WaitForData(int milliseconds)
        {
            if (!_begun)
            {
                return base.WaitForData(milliseconds);
            }

            if (_outgoing.Flush() || milliseconds == 0)
            {
                return _incoming.Wait(milliseconds);
            }

            if (!_incoming.Wait(0))
            {
                _outgoing.Flush(milliseconds);
            }

            return _incoming.Wait(0);
        }

        public override bool WaitForRoom(int milliseconds)
        {
            return HasRoom || (_outgoing.Flush(milliseconds) && HasRoom);
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            return _incoming.Take(new System.Span<byte>(buffer, offset, count));
        }

        public override int Send(byte[] buffer, int offset, int count)
        {
            int passed = count >= Capacity / 2 ? _outgoing.Pass(buffer, offset, count) : 0;
            if (_outgoing.IsLost)
            {
                return Lost;
            }

            return passed != 0 ? passed : _outgoing.Add(new System.ReadOnlySpan<byte>(buffer, offset, count));
        }

        public override bool Flush()
        {
            return _outgoing.Flush();
        }

        public override void Close()
        {
            Close(0);
        }

        public override void Close(int milliseconds)
        {
            if (_begun)
            {
                _outgoing.Flush(milliseconds);
            }

            _begun = false;
            _incoming.Clear();
            _outgoing.Clear();
            base.Close();
        }

        private bool HasRoom
        {
            get { return _outgoing.Room != 0 || _outgoing.IsLost; }
        }
    }
}
