using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Devices
{
    /// <summary>Answers datagrams on a thread of its own, each with at most one datagram.</summary>
    internal abstract class DatagramServer
    {
        private const int Pause = 1000;

        private readonly byte[] _datagram;
        private Socket _socket;

        /// <summary>Takes the length of the longest datagram that is received or sent, in bytes.</summary>
        protected DatagramServer(int longest)
        {
            _datagram = new byte[longest];
        }

        /// <summary>Stops answering.</summary>
        internal void Stop()
        {
            Socket socket = _socket;
            _socket = null;
            if (socket != null)
            {
                socket.Close();
            }
        }

        /// <summary>
        /// Answers at an address and a port, until <see cref="Stop"/>. Throws when they are not available.
        /// </summary>
        protected void Open(IPAddress address, int port)
        {
            Stop();
            try
            {
                Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                _socket = socket;
                socket.Bind(new IPEndPoint(address, port));
                Prepare(socket);
                new Thread(Run).Start();
            }
            catch (Exception)
            {
                Stop();
                throw;
            }
        }

        /// <summary>Sets the options of the socket.</summary>
        protected abstract void Prepare(Socket socket);

        /// <summary>Replaces a datagram by its answer, in place.</summary>
        /// <param name="datagram">Holds the datagram at its beginning.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Bytes of the answer; 0 for none.</returns>
        protected abstract int Answer(byte[] datagram, int count);

        /// <summary>The receiver of an answer.</summary>
        protected abstract IPEndPoint ReceiverOf(byte[] answer);

        private void Run()
        {
            Socket socket = _socket;
            EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
            while (socket != null && socket == _socket)
            {
                try
                {
                    int length = Answer(_datagram, socket.ReceiveFrom(_datagram, ref sender));
                    if (length != 0)
                    {
                        socket.SendTo(_datagram, 0, length, SocketFlags.None, ReceiverOf(_datagram));
                    }
                }
                catch (Exception)
                {
                    // The socket is closed, or the network is lost for a while. A datagram longer than the buffer ends here
                    // too, and is dropped.
                    Thread.Sleep(Pause);
                }
            }
        }
    }
}
