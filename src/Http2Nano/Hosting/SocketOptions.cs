using System;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>What every accepted socket needs, on the device and on the host.</summary>
    internal static class SocketOptions
    {
        internal static void Apply(Socket socket, int writeTimeout)
        {
            try
            {
                // Frames are written whole: waiting for more only delays the last one.
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
                socket.SendTimeout = writeTimeout;
            }
            catch (Exception)
            {
                // A board without the option serves all the same, and a socket that is lost shows it at the next call.
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
