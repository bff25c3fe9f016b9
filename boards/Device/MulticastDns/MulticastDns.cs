using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Makes the device reachable by a name instead of its address, <c>http://http2nano.local</c> (RFC 6762), and lets
    /// tools find its web server (RFC 6763).
    /// </summary>
    public sealed class MulticastDns : NetworkName
    {
        private string _hostName;
        private MulticastSocket _socket;

        /// <summary>Takes the name.</summary>
        /// <param name="hostName">1 to 63 letters, digits and hyphens, without <c>.local</c>.</param>
        public MulticastDns(string hostName)
        {
            int length = System.Text.Encoding.UTF8.GetBytes(hostName).Length;
            if (length == 0 || length > DnsName.LongestLabel)
            {
                throw new ArgumentException("MulticastDns: a host name has 1 to 63 characters; \"" + hostName + "\" has " + length.ToString() + ".");
            }

            _hostName = hostName;
        }

        /// <inheritdoc/>
        public override string HostName
        {
            get { return _hostName; }
            set { _hostName = value; }
        }

        /// <inheritdoc/>
        public override void Start(string deviceName, string address, int port, bool secure, DeviceLog log)
        {
            try
            {
                byte[] octets = IPAddress.Parse(address).GetAddressBytes();

                // Two devices that start at the same time should not probe at the same time.
                int random = (int)Environment.TickCount64 ^ octets[3] << 16 ^ octets[2] << 24 ^ new Random().Next();
                MulticastResponder responder = new MulticastResponder(_hostName, deviceName, octets, port, secure, random, Environment.TickCount64);
                _socket = new MulticastSocket(_hostName, responder, log);
                _socket.Start(octets);
            }
            catch (Exception exception)
            {
                log.Complain("The device has no name in the network, only its address: " + exception.Message);
            }
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            if (_socket != null)
            {
                _socket.End();
                _socket = null;
            }
        }
    }
}
