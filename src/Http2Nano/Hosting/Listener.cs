using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>One port that is listened on. It survives failures to accept, which pass when sockets are free again.</summary>
    internal sealed class Listener
    {
        // Windows' and the platform's number, Linux's, and macOS's.
        private const int AddressInUse = 10048;
        private const int AddressInUseLinux = 98;
        private const int AddressInUseMac = 48;
        private const int AccessDenied = 10013;
        private const int AccessDeniedUnix = 13;

        private readonly Socket _socket;

        /// <summary>Starts to listen.</summary>
        /// <exception cref="InvalidOperationException">The port cannot be had; the message says why and what helps.</exception>
        internal Listener(IPAddress address, int port, int backlog)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }
            catch (Exception)
            {
                // Not every network stack has the option; without it a quick restart may have to wait.
            }

            try
            {
                _socket.Bind(new IPEndPoint(address, port));
                _socket.Listen(backlog);
            }
            catch (SocketException exception)
            {
                SocketOptions.Close(_socket);
                throw new InvalidOperationException(Reason(exception.ErrorCode, address, port));
            }
        }

        /// <summary>The port, chosen by the system when 0 was asked for.</summary>
        internal int Port
        {
            get { return ((IPEndPoint)_socket.LocalEndPoint).Port; }
        }

        /// <summary>Waits until a client waits.</summary>
        internal bool IsWaiting(int milliseconds)
        {
            return SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectRead);
        }

        /// <summary>Accepts a client that waits.</summary>
        /// <returns>Its socket, or null when that failed.</returns>
        internal Socket Accept()
        {
            try
            {
                return _socket.Accept();
            }
            catch (Exception)
            {
                return null;
            }
        }

        internal void Close()
        {
            SocketOptions.Close(_socket);
        }

        private static string Reason(int error, IPAddress address, int port)
        {
            string where = "Port " + port.ToString() + " at " + address.ToString();
            if (error == AddressInUse || error == AddressInUseLinux || error == AddressInUseMac)
            {
                return where + " is in use: stop what listens there, or choose another port.";
            }

            if (error == AccessDenied || error == AccessDeniedUnix)
            {
                return where + " needs more rights than this program has: choose a port from 1024 on.";
            }

            return where + " cannot be listened on (socket error " + error.ToString() + "): choose another, or check the address.";
        }
    }
}
