using System;
using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// A connection over TCP without TLS, as a device carries it: octets go from the session's buffers to the network stack
    /// and back. The host has one with buffers of its own.
    /// </summary>
    internal class TcpTransport : AcceptedTransport
    {
        // Octets of one send. The platform's Send blocks until everything is sent. A socket that is ready to write has more
        // room than lwIP's TCP_SNDLOWAT: half its send buffer, but at least two segments and an octet, or all of a smaller
        // buffer. This is 2,882 octets of 5,760 on an ESP32, and 2,960 of 2,960 on ChibiOS boards, so this many do not block.
        private const int Portion = 2 * 1440;

        /// <summary>
        /// The accepted socket; <see cref="Close"/> closes it. A field, because a call between accepting and storing could
        /// fail for lack of memory, and then nobody would close the socket.
        /// </summary>
        internal Socket Socket;

        public override string PeerAddress
        {
            get { return SocketOptions.PeerAddress(Socket); }
        }

        internal override int PeerNumber
        {
            get { return SocketOptions.PeerNumber(Socket); }
        }

        internal override int Available
        {
            get
            {
                try
                {
                    return Socket.Available;
                }
                catch (Exception)
                {
                    return 0;
                }
            }
        }

        internal override int Look()
        {
            bool readable = false;
            try
            {
                readable = Socket.Poll(0, SelectMode.SelectRead);
                if (!readable)
                {
                    return Silent;
                }
            }
            catch (Exception)
            {
                // An interrupted call does not end the connection; the next call reports the state.
            }

            try
            {
                return Socket.Available > 0 ? Spoken : readable ? Ended : Silent;
            }
            catch (Exception)
            {
                return Ended;
            }
        }

        internal override int Peek(byte[] buffer, int count)
        {
            try
            {
                return Socket.Receive(buffer, 0, count, SocketFlags.Peek);
            }
            catch (Exception)
            {
                return Lost;
            }
        }

        internal override void Begin(int writeTimeout)
        {
            SocketOptions.Apply(Socket, writeTimeout);
        }

        internal override Transport Secure(TlsAcceptor acceptor, IHandshakeLimit limit, int writeTimeout)
        {
            Socket socket = Socket;
            Socket = null;
            Transport transport = null;
            try
            {
                transport = acceptor.Accept(socket, limit, writeTimeout);
            }
            finally
            {
                if (transport == null)
                {
                    SocketOptions.Close(socket);
                }
            }

            return transport;
        }

        public override bool WaitForData(int milliseconds)
        {
            return SocketOptions.Poll(Socket, milliseconds, SelectMode.SelectRead);
        }

        public override bool WaitForRoom(int milliseconds)
        {
            return SocketOptions.Poll(Socket, milliseconds, SelectMode.SelectWrite);
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return Socket.Receive(buffer, offset, count, SocketFlags.None);
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
                return Socket.Send(buffer, offset, count < Portion ? count : Portion, SocketFlags.None);
            }
            catch (SocketException)
            {
                return Lost;
            }
        }

        public override void Close()
        {
            Socket socket = Socket;
            Socket = null;
            SocketOptions.Close(socket);
        }
    }
}
