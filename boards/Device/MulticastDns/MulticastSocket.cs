using System;
using System.Net;
using System.Net.Sockets;

namespace Http2Nano.Devices
{
    /// <summary>The socket of multicast DNS: sends the responder's messages, and logs the state of its name.</summary>
    internal sealed class MulticastSocket : DatagramServer
    {
        private const int TimeToLive = 255;

        private readonly byte[] _group = { 224, 0, 0, 251 };
        private readonly IPEndPoint _everybody;
        private readonly MulticastResponder _responder;
        private readonly string _wanted;
        private readonly DeviceLog _log;
        private byte[] _address;
        private string _said;

        internal MulticastSocket(string wanted, MulticastResponder responder, DeviceLog log)
            : base(MulticastResponder.LongestMessage)
        {
            _wanted = wanted;
            _responder = responder;
            _everybody = new IPEndPoint(new IPAddress(_group), MulticastResponder.Port);
            _log = log;
        }

        /// <summary>
        /// Answers for an address, until <see cref="End"/>. Throws when the port or the group is not available.
        /// </summary>
        internal void Start(byte[] address)
        {
            _address = address;
            Open(IPAddress.Any, MulticastResponder.Port);
        }

        /// <summary>Withdraws the name and stops answering.</summary>
        internal void End()
        {
            byte[] message = new byte[MulticastResponder.LongestMessage];
            lock (_responder)
            {
                Send(message, _responder.End(message), _everybody);
                Stop();
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
        protected override int Answer(byte[] datagram, int count, IPEndPoint sender)
        {
            lock (_responder)
            {
                return _responder.Receive(datagram, count, sender.Port, Environment.TickCount64);
            }
        }

        /// <inheritdoc/>
        protected override IPEndPoint ReceiverOf(byte[] answer, IPEndPoint sender)
        {
            return sender;
        }

        /// <inheritdoc/>
        protected override int Wait()
        {
            return _responder.Wait(Environment.TickCount64);
        }

        /// <inheritdoc/>
        protected override void Advance(byte[] datagram)
        {
            lock (_responder)
            {
                Send(datagram, _responder.Advance(datagram, Environment.TickCount64), _everybody);
            }

            string name = _responder.HostName;
            if (_responder.HasName && name != _said)
            {
                _said = name;
                _log.Say("The device is called " + name + ".local, too" + (name == _wanted ? "." : ": another device has the name " + _wanted + ".local."));
            }
        }
    }
}
