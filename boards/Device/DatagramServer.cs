using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Devices
{
    /// <summary>Answers datagrams on a thread of its own, each with one or none.</summary>
    internal abstract class DatagramServer
    {
        private const int Pause = 1000;

        private readonly byte[] _datagram;
        private Socket _socket;

        /// <summary>Takes the length of the longest datagram that is looked at or sent, in bytes.</summary>
        protected DatagramServer(int longest)
        {
            _datagram = new byte[longest];
        }

        /// <summary>Answers no more.</summary>
        internal void Stop()
        {
            Socket socket = _socket;
            _socket = null;
            if (socket != null)
            {
                socket.Close();
            }
        }

        /// <summary>Answers at an address and a port, until <see cref="Stop"/>. Throws when they cannot be had.</summary>
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

        /// <summary>Sets what the socket needs beside its address.</summary>
        protected abstract void Prepare(Socket socket);

        /// <summary>Turns a datagram into the answer to it, in place.</summary>
        /// <param name="datagram">Holds it at its beginning.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Bytes of the answer; 0 for none.</returns>
        protected abstract int Answer(byte[] datagram, int count);

        /// <summary>To whom an answer goes.</summary>
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
                    // Closed, or the network is gone for a while; a datagram longer than the buffer is nobody's loss.
                    Thread.Sleep(Pause);
                }
            }
        }
    }
}
