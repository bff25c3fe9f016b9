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
        private Transport _transport;
        private long _until;

        /// <summary>Whether it came to the TLS port.</summary>
        internal bool IsSecure { get; private set; }

        /// <summary>Whether it has spoken. One that has ended without a word is closed: nobody has to make way for it.</summary>
        internal bool IsWaiting
        {
            get
            {
                if (_socket != null && SocketOptions.Poll(_socket, 0, SelectMode.SelectRead))
                {
                    if (HasSpoken(_socket))
                    {
                        return true;
                    }

                    Close();
                }

                return _transport != null && _transport.WaitForData(0);
            }
        }

        /// <summary>Sets a connection aside; one that is there already is closed.</summary>
        /// <param name="socket">The socket, of which nothing has been read.</param>
        /// <param name="secure">Whether it came to the TLS port.</param>
        /// <param name="until">When it is closed if it stays silent, in milliseconds.</param>
        internal void Park(Socket socket, bool secure, long until)
        {
            Close();
            _socket = socket;
            IsSecure = secure;
            _until = until;
        }

        /// <summary>Sets a TLS connection aside whose handshake is done.</summary>
        /// <param name="transport">The connection, of which nothing has been read.</param>
        /// <param name="until">When it is closed if it stays silent, in milliseconds.</param>
        internal void Park(Transport transport, long until)
        {
            Close();
            _transport = transport;
            _until = until;
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

        /// <summary>Closes it when it has been silent for too long.</summary>
        internal void CloseWhenDue()
        {
            if ((_socket != null || _transport != null) && Environment.TickCount64 >= _until)
            {
                Close();
            }
        }

        private static bool HasSpoken(Socket socket)
        {
            try
            {
                return socket.Available != 0;
            }
            catch (Exception)
            {
                return false;
            }
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
