using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>Sets the options of accepted sockets, on the device and on the host.</summary>
    internal static class SocketOptions
    {
        // Bytes of the network stack's send buffer for one connection, where it can be set.
        private const int SendBuffer = 32768;

        internal static void Apply(Socket socket, int writeTimeout)
        {
            try
            {
                // Frames are written whole, so waiting for more octets would only delay them.
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
                socket.SendTimeout = writeTimeout;

                // Octets in the send buffer cannot be withdrawn when the peer does not read, nor can others overtake them,
                // so it is small.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.SendBuffer, SendBuffer);
            }
            catch (Exception)
            {
                // A board without the option can serve all the same; a lost socket fails at the next call.
            }
        }

        /// <summary>The peer's address as text; empty when the socket does not know it.</summary>
        internal static string PeerAddress(Socket socket)
        {
            try
            {
                return ((IPEndPoint)socket.RemoteEndPoint).Address.ToString();
            }
            catch (Exception)
            {
                // The connection is already lost.
                return string.Empty;
            }
        }

        /// <summary>The address at the other end as a number, its last four octets; 0 when the socket does not say.</summary>
        internal static int PeerNumber(Socket socket)
        {
            try
            {
                byte[] octets = ((IPEndPoint)socket.RemoteEndPoint).Address.GetAddressBytes();
                int number = 0;
                for (int i = 0; i < octets.Length; i++)
                {
                    number = number << 8 | octets[i];
                }

                return number;
            }
            catch (Exception)
            {
                // Lost already.
                return 0;
            }
        }

        internal static bool Poll(Socket socket, int milliseconds, SelectMode mode)
        {
            try
            {
                return socket.Poll(milliseconds * 1000, mode);
            }
            catch (Exception)
            {
                // The next call on the socket reports the error.
                return true;
            }
        }

        internal static void Close(Socket socket)
        {
            if (socket != null)
            {
                try
                {
                    socket.Close();
                }
                catch (Exception)
                {
                    // The connection is already lost.
                }
            }
        }
    }
}
