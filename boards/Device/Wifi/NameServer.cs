using System;
using System.Net;

namespace Http2Nano.Devices
{
    /// <summary>The DNS server of the device's access point: every name is the device.</summary>
    internal sealed class NameServer : DatagramServer
    {
        private const int Port = 53;

        private readonly EveryName _names;
        private readonly IPAddress _address;

        internal NameServer(string address)
            : base(EveryName.LongestMessage)
        {
            _address = IPAddress.Parse(address);
            _names = new EveryName(_address.GetAddressBytes());
        }

        /// <summary>Answers until <see cref="DatagramServer.Stop"/>.</summary>
        /// <returns>False when the port is not available.</returns>
        internal bool Start()
        {
            try
            {
                Open(_address, Port);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        protected override int Answer(byte[] datagram, int count, IPEndPoint sender)
        {
            return _names.Answer(datagram, count);
        }

        /// <inheritdoc/>
        protected override IPEndPoint ReceiverOf(byte[] answer, IPEndPoint sender)
        {
            return sender;
        }
    }
}
