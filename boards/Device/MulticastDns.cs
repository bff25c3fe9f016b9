using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Http2Nano.Devices
{
    /// <summary>Lets the device be found by a name instead of its address: <c>http://http2nano.local</c> (RFC 6762).</summary>
    internal sealed class MulticastDns
    {
        private const int Port = 5353;
        private const int TimeToLive = 255;
        private const int Pause = 1000;

        private readonly byte[] _group = { 224, 0, 0, 251 };
        private readonly byte[] _question = new byte[DnsAnswer.LongestMessage];
        private readonly byte[] _reply = new byte[DnsAnswer.LongestMessage];
        private readonly DnsAnswer _answer;
        private readonly DeviceLog _log;
        private Socket _socket;
        private byte[] _address;

        internal MulticastDns(string hostName, DeviceLog log)
        {
            _answer = new DnsAnswer(hostName);
            _log = log;
        }

        /// <summary>Answers for an address, until <see cref="Stop"/>.</summary>
        /// <returns>False when it cannot, which is said.</returns>
        internal bool Start(string address)
        {
            Stop();
            try
            {
                _address = IPAddress.Parse(address).GetAddressBytes();
                Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                _socket = socket;
                socket.Bind(new IPEndPoint(IPAddress.Any, Port));

                // The group and the interface to join it at.
                byte[] membership = new byte[8];
                Array.Copy(_group, 0, membership, 0, 4);
                Array.Copy(_address, 0, membership, 4, 4);
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, membership);
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, TimeToLive);
                new Thread(Run).Start();
                return true;
            }
            catch (Exception exception)
            {
                _log.Complain("The device has no name in the network, only its address: " + exception.Message);
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
            IPEndPoint everybody = new IPEndPoint(new IPAddress(_group), Port);
            EndPoint asker = new IPEndPoint(IPAddress.Any, 0);
            while (socket != null && socket == _socket)
            {
                try
                {
                    int count = socket.ReceiveFrom(_question, ref asker);
                    int length = _answer.Write(_question, count, _address, _reply);
                    if (length != 0)
                    {
                        socket.SendTo(_reply, 0, length, SocketFlags.None, everybody);
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
