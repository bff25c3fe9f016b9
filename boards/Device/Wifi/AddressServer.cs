using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The DHCP server of the device's access point. The platform's library for it takes 1.5 KB of heap more.
    /// </summary>
    internal sealed class AddressServer : DatagramServer
    {
        private const int Port = 67;
        private const int ClientPort = 68;

        private readonly byte[] _receiver = new byte[4];
        private readonly AddressOffer _offer;
        private readonly IPAddress _address;

        internal AddressServer(string address, string mask, string guest, string portal)
            : base(AddressOffer.LongestMessage)
        {
            _address = IPAddress.Parse(address);
            _offer = new AddressOffer(_address.GetAddressBytes(), IPAddress.Parse(mask).GetAddressBytes(), IPAddress.Parse(guest).GetAddressBytes(),
                System.Text.Encoding.UTF8.GetBytes(portal));
        }

        /// <summary>Answers until <see cref="DatagramServer.Stop"/>.</summary>
        /// <returns>False when the port is not available.</returns>
        internal bool Start()
        {
            try
            {
                // Bound to the device's address in that network; otherwise the answers would leave through the other
                // interface.
                Open(_address, Port);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        protected override void Prepare(Socket socket)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
        }

        /// <inheritdoc/>
        protected override int Answer(byte[] datagram, int count, IPEndPoint sender)
        {
            return _offer.Answer(datagram, count);
        }

        /// <inheritdoc/>
        protected override IPEndPoint ReceiverOf(byte[] answer, IPEndPoint sender)
        {
            return new IPEndPoint(AddressOffer.IsForOne(answer, _receiver) ? new IPAddress(_receiver) : IPAddress.Broadcast, ClientPort);
        }
    }
}
