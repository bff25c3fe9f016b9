using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>What every accepted socket needs, on the device and on the host.</summary>
    internal static class SocketOptions
    {
        // Bytes that the network stack may keep for one connection, where it lets itself be told.
        private const int SendBuffer = 32768;

        internal static void Apply(Socket socket, int writeTimeout)
        {
            try
            {
                // Frames are written whole: waiting for more only delays the last one.
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
                socket.SendTimeout = writeTimeout;

                // What lies in the network stack cannot be taken back when the peer does not read, nor be overtaken.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.SendBuffer, SendBuffer);
            }
            catch (Exception)
            {
                // A board without the option serves all the same, and a socket that is lost shows it at the next call.
            }
        }

        /// <summary>The address at the other end as text; empty when the socket does not say.</summary>
        internal static string PeerAddress(Socket socket)
        {
            try
            {
                return ((IPEndPoint)socket.RemoteEndPoint).Address.ToString();
            }
            catch (Exception)
            {
                // Lost already.
                return string.Empty;
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
                // The call that follows tells what is wrong.
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
                    // Lost already.
                }
            }
        }
    }
}
