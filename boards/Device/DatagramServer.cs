using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Answers datagrams on a thread of its own, each with at most one datagram, and sends unsolicited ones.
    /// </summary>
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

        /// <summary>Sends a datagram; it is lost when the network does not take it.</summary>
        protected void Send(byte[] datagram, int count, IPEndPoint receiver)
        {
            Socket socket = _socket;
            if (count == 0 || socket == null)
            {
                return;
            }

            try
            {
                socket.SendTo(datagram, 0, count, SocketFlags.None, receiver);
            }
            catch (Exception)
            {
                // The network is lost for a while.
            }
        }

        /// <summary>Sets the options of the socket.</summary>
        protected virtual void Prepare(Socket socket)
        {
        }

        /// <summary>Replaces a datagram by its answer, in place.</summary>
        /// <param name="datagram">Holds the datagram at its beginning.</param>
        /// <param name="count">Its length.</param>
        /// <param name="sender">Its sender.</param>
        /// <returns>Bytes of the answer; 0 for none.</returns>
        protected abstract int Answer(byte[] datagram, int count, IPEndPoint sender);

        /// <summary>The receiver of an answer.</summary>
        protected abstract IPEndPoint ReceiverOf(byte[] answer, IPEndPoint sender);

        /// <summary>
        /// Milliseconds until <see cref="Advance"/> has to be called; -1 for not before the next datagram.
        /// </summary>
        protected virtual int Wait()
        {
            return -1;
        }

        /// <summary>Sends the unsolicited datagrams that are due.</summary>
        /// <param name="datagram">A free buffer.</param>
        protected virtual void Advance(byte[] datagram)
        {
        }

        private void Run()
        {
            Socket socket = _socket;
            EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
            while (socket != null && socket == _socket)
            {
                try
                {
                    int wait = Wait();
                    if (wait < 0 || (wait > 0 && socket.Poll(wait * 1000, SelectMode.SelectRead)))
                    {
                        int length = Answer(_datagram, socket.ReceiveFrom(_datagram, ref sender), (IPEndPoint)sender);
                        Send(_datagram, length, length == 0 ? null : ReceiverOf(_datagram, (IPEndPoint)sender));
                    }
                    else
                    {
                        Advance(_datagram);
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
