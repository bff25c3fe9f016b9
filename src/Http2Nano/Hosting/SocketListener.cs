using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>A listening socket of the platform.</summary>
    internal sealed class SocketListener : Listener
    {
        // The error's number on Windows and the platform, on Linux, and on macOS.
        private const int AddressInUse = 10048;
        private const int AddressInUseLinux = 98;
        private const int AddressInUseMac = 48;
        private const int AccessDenied = 10013;
        private const int AccessDeniedUnix = 13;

        private readonly HttpServerOptions _options;
        private int _port;
        private Socket _socket;

        internal SocketListener(HttpServerOptions options, int port)
        {
            _options = options;
            _port = port;
        }

        internal override int Port
        {
            get { return _port; }
        }

        protected override void OpenSocket()
        {
            IPAddress address = _options.Address;
            try
            {
                _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                PlatformTransport.Prepare(_socket);
                _socket.Bind(new IPEndPoint(address, _port));
                _socket.Listen(_options.Backlog);
                _port = ((IPEndPoint)_socket.LocalEndPoint).Port;
            }
            catch (SocketException exception)
            {
                CloseSocket();
                throw new InvalidOperationException(Reason(exception.ErrorCode, address, _port));
            }
        }

        protected override bool Poll(int milliseconds)
        {
            return _socket.Poll(milliseconds * 1000, SelectMode.SelectRead);
        }

        protected override void AcceptInto(AcceptedTransport transport)
        {
            TcpTransport tcp = (TcpTransport)transport;
            tcp.Socket = _socket.Accept();
        }

        protected override void CloseSocket()
        {
            Socket socket = _socket;
            _socket = null;
            SocketOptions.Close(socket);
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
