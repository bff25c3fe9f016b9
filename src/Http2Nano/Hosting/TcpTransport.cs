using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>A connection over TCP alone. One object serves one socket after the other.</summary>
    internal sealed class TcpTransport : Transport
    {
        /// <summary>
        /// The platform's Send waits until all is sent. A socket that is ready to write has room for this much, so that it
        /// does not have to.
        /// </summary>
        private const int Portion = 1460;

        private Socket _socket;

        public override bool IsSecure
        {
            get { return false; }
        }

        /// <summary>Takes over an accepted socket.</summary>
        /// <param name="socket">The socket; closed by <see cref="Close"/>.</param>
        /// <param name="writeTimeout">Milliseconds after which a send that waits all the same is given up.</param>
        internal void Open(Socket socket, int writeTimeout)
        {
            _socket = socket;
            SocketOptions.Apply(socket, writeTimeout);
        }

        public override string PeerAddress
        {
            get { return SocketOptions.PeerAddress(_socket); }
        }

        public override bool WaitForData(int milliseconds)
        {
            return SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectRead);
        }

        public override bool WaitForRoom(int milliseconds)
        {
            return SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectWrite);
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return _socket.Receive(buffer, offset, count, SocketFlags.None);
            }
            catch (SocketException)
            {
                return Lost;
            }
        }

        public override int Send(byte[] buffer, int offset, int count)
        {
            try
            {
                return _socket.Send(buffer, offset, count < Portion ? count : Portion, SocketFlags.None);
            }
            catch (SocketException)
            {
                return Lost;
            }
        }

        public override void Close()
        {
            Socket socket = _socket;
            _socket = null;
            SocketOptions.Close(socket);
        }
    }
}
