using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Devices
{
    /// <summary>Gives an address to the one guest of the device's own Wi-Fi. The library for it takes 1.5 KB of heap more.</summary>
    internal sealed class AddressServer
    {
        private const int Port = 67;
        private const int ClientPort = 68;
        private const int Pause = 1000;

        private readonly byte[] _message = new byte[AddressOffer.LongestMessage];
        private readonly byte[] _receiver = new byte[4];
        private readonly AddressOffer _offer;
        private readonly IPAddress _address;
        private Socket _socket;

        internal AddressServer(string address, string mask, string guest)
        {
            _address = IPAddress.Parse(address);
            _offer = new AddressOffer(_address.GetAddressBytes(), IPAddress.Parse(mask).GetAddressBytes(), IPAddress.Parse(guest).GetAddressBytes());
        }

        /// <summary>Answers on a thread of its own, until <see cref="Stop"/>.</summary>
        /// <returns>False when the port cannot be had.</returns>
        internal bool Start()
        {
            try
            {
                // At the device's own address of that network, or the answers would leave by the other one.
                Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                _socket = socket;
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
                socket.Bind(new IPEndPoint(_address, Port));
                new Thread(Run).Start();
                return true;
            }
            catch (Exception)
            {
                Stop();
                return false;
            }
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

        private void Run()
        {
            Socket socket = _socket;
            EndPoint client = new IPEndPoint(IPAddress.Any, 0);
            while (socket != null && socket == _socket)
            {
                try
                {
                    int length = _offer.Answer(_message, socket.ReceiveFrom(_message, ref client));
                    if (length != 0)
                    {
                        IPAddress receiver = AddressOffer.IsForOne(_message, _receiver) ? new IPAddress(_receiver) : IPAddress.Broadcast;
                        socket.SendTo(_message, 0, length, SocketFlags.None, new IPEndPoint(receiver, ClientPort));
                    }
                }
                catch (Exception)
                {
                    // Closed, or the network is gone for a while; a message longer than the buffer is nobody's loss.
                    Thread.Sleep(Pause);
                }
            }
        }
    }
}
