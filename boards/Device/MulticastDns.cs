using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Makes the device reachable by a name instead of its address: <c>http://http2nano.local</c> (RFC 6762).
    /// </summary>
    internal sealed class MulticastDns : DatagramServer
    {
        private const int Port = 5353;
        private const int TimeToLive = 255;

        private readonly byte[] _group = { 224, 0, 0, 251 };
        private readonly IPEndPoint _everybody;
        private readonly DnsAnswer _answer;
        private readonly DeviceLog _log;
        private byte[] _address;

        internal MulticastDns(string hostName, DeviceLog log)
            : base(DnsAnswer.LongestMessage)
        {
            _answer = new DnsAnswer(hostName);
            _everybody = new IPEndPoint(new IPAddress(_group), Port);
            _log = log;
        }

        /// <summary>Answers for an address, until <see cref="DatagramServer.Stop"/>.</summary>
        /// <returns>False when the port is not available, which is reported.</returns>
        internal bool Start(string address)
        {
            try
            {
                _address = IPAddress.Parse(address).GetAddressBytes();
                Open(IPAddress.Any, Port);
                return true;
            }
            catch (Exception exception)
            {
                _log.Complain("The device has no name in the network, only its address: " + exception.Message);
                return false;
            }
        }

        /// <inheritdoc/>
        protected override void Prepare(Socket socket)
        {
            // The multicast group, followed by the address of the interface.
            byte[] membership = new byte[8];
            Array.Copy(_group, 0, membership, 0, 4);
            Array.Copy(_address, 0, membership, 4, 4);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, membership);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, TimeToLive);
        }

        /// <inheritdoc/>
        protected override int Answer(byte[] datagram, int count)
        {
            // The query is not read any more when the answer is written, so the answer may overwrite it.
            return _answer.Write(datagram, count, _address, datagram);
        }

        /// <inheritdoc/>
        protected override IPEndPoint ReceiverOf(byte[] answer)
        {
            return _everybody;
        }
    }
}
