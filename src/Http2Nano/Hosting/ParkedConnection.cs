using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>A place for a connection that has said nothing yet and was set aside for others.</summary>
    internal sealed class ParkedConnection
    {
        private Socket _socket;
        private Transport _transport;

        /// <summary>Whether the connection came to the TLS port.</summary>
        internal bool IsSecure;

        /// <summary>When it was set aside, in milliseconds.</summary>
        internal long Since;

        /// <summary>Whether its peer has said something.</summary>
        internal bool HasSpoken
        {
            get { return _socket == null ? _transport.WaitForData(0) : SocketOptions.Poll(_socket, 0, SelectMode.SelectRead); }
        }

        /// <summary>Whether its peer has ended it without a word. Only to be asked when it has spoken.</summary>
        internal bool HasEnded
        {
            get
            {
                try
                {
                    return _socket != null && _socket.Available == 0;
                }
                catch (System.Exception)
                {
                    return true;
                }
            }
        }

        /// <summary>Sets a connection aside of which nothing has been read.</summary>
        /// <param name="socket">The socket, or null when its TLS handshake is done.</param>
        /// <param name="transport">The connection when its TLS handshake is done, or null.</param>
        /// <param name="secure">Whether it came to the TLS port.</param>
        /// <param name="now">Milliseconds.</param>
        internal void Set(Socket socket, Transport transport, bool secure, long now)
        {
            _socket = socket;
            _transport = transport;
            IsSecure = secure;
            Since = now;
        }

        /// <summary>Takes the connection up again, if its handshake is done.</summary>
        internal Transport TakeTransport()
        {
            Transport transport = _transport;
            _transport = null;
            return transport;
        }

        /// <summary>Takes the connection up again, if nothing has been done with it.</summary>
        internal Socket TakeSocket()
        {
            Socket socket = _socket;
            _socket = null;
            return socket;
        }

        internal void Close()
        {
            SocketOptions.Close(TakeSocket());
            Transport transport = TakeTransport();
            if (transport != null)
            {
                transport.Close();
            }
        }
    }
}
