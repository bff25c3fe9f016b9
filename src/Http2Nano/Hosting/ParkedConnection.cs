using System;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// One connection that has said nothing yet and was set aside for others: browsers open some before they need them. It is
    /// taken up again as soon as it speaks. A second one takes its place, so that there is never more than one.
    /// </summary>
    internal sealed class ParkedConnection
    {
        private Socket _socket;
        private long _until;

        /// <summary>Whether it came to the TLS port.</summary>
        internal bool IsSecure { get; private set; }

        /// <summary>Whether it has spoken, or ended.</summary>
        internal bool IsWaiting
        {
            get { return _socket != null && SocketOptions.Poll(_socket, 0, SelectMode.SelectRead); }
        }

        /// <summary>Sets a connection aside; one that is there already is closed.</summary>
        /// <param name="socket">The socket, of which nothing has been read.</param>
        /// <param name="secure">Whether it came to the TLS port.</param>
        /// <param name="until">When it is closed if it stays silent, in milliseconds.</param>
        internal void Park(Socket socket, bool secure, long until)
        {
            SocketOptions.Close(_socket);
            _socket = socket;
            IsSecure = secure;
            _until = until;
        }

        /// <summary>Takes the connection up again.</summary>
        internal Socket Take()
        {
            Socket socket = _socket;
            _socket = null;
            return socket;
        }

        /// <summary>Closes it when it has been silent for too long.</summary>
        internal void CloseWhenDue()
        {
            if (_socket != null && Environment.TickCount64 >= _until)
            {
                Close();
            }
        }

        internal void Close()
        {
            SocketOptions.Close(Take());
        }
    }
}
