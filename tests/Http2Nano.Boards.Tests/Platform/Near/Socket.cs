using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Http2Nano.Boards.Tests;

namespace Http2Nano.Devices
{
    /// <summary>A socket for datagrams: what arrives comes from the test, what leaves is kept for it.</summary>
    internal sealed class Socket
    {
        private const int AccessDenied = 10013;
        private const int AddressInUse = 10048;
        private const int Interrupted = 10004;

        private readonly BlockingCollection<(byte[] Datagram, IPEndPoint Sender)> _arrived = new BlockingCollection<(byte[], IPEndPoint)>();
        private bool _broadcasts;

        internal Socket(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            if (family != AddressFamily.InterNetwork || type != SocketType.Dgram || protocol != ProtocolType.Udp)
            {
                throw new NotSupportedException("Only for datagrams.");
            }
        }

        /// <summary>Where it is bound.</summary>
        internal IPEndPoint Local { get; private set; }

        /// <summary>The group that it has joined, and where; or null.</summary>
        internal byte[] Membership { get; private set; }

        internal void Bind(EndPoint local)
        {
            Local = (IPEndPoint)local;
            if (FakeBoard.Present.TakenPort == Local.Port)
            {
                throw new SocketException(AddressInUse);
            }

            FakeBoard.Present.Sockets[Local.Port] = this;
        }

        internal void SetSocketOption(SocketOptionLevel level, SocketOptionName name, bool value)
        {
            _broadcasts |= level == SocketOptionLevel.Socket && name == SocketOptionName.Broadcast && value;
        }

        internal void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
        }

        internal void SetSocketOption(SocketOptionLevel level, SocketOptionName name, byte[] value)
        {
            Membership = level == SocketOptionLevel.IP && name == SocketOptionName.AddMembership ? value : Membership;
        }

        internal int ReceiveFrom(byte[] buffer, ref EndPoint sender)
        {
            byte[] datagram;
            try
            {
                (datagram, sender) = _arrived.Take();
            }
            catch (InvalidOperationException)
            {
                throw new SocketException(Interrupted);
            }

            int count = Math.Min(datagram.Length, buffer.Length);
            Array.Copy(datagram, buffer, count);
            return count;
        }

        internal int SendTo(byte[] buffer, int offset, int size, SocketFlags flags, EndPoint receiver)
        {
            if (((IPEndPoint)receiver).Address.Equals(IPAddress.Broadcast) && !_broadcasts)
            {
                throw new SocketException(AccessDenied);
            }

            FakeBoard.Present.Sent.Add((receiver.ToString(), buffer.AsSpan(offset, size).ToArray()));
            return size;
        }

        internal void Close()
        {
            _arrived.CompleteAdding();
            if (Local != null)
            {
                FakeBoard.Present.Sockets.TryRemove(Local.Port, out _);
            }
        }

        internal bool Poll(int microseconds, SelectMode mode)
        {
            // Waiting takes no time: the clock of the thread goes on instead.
            if (_arrived.Count == 0 && !_arrived.IsAddingCompleted)
            {
                System.Threading.Thread.Sleep(1);
            }

            if (_arrived.Count != 0 || _arrived.IsAddingCompleted)
            {
                return true;
            }

            Environment.Advance(microseconds / 1000);
            return false;
        }

        /// <summary>A datagram arrives.</summary>
        /// <param name="datagram">Its octets.</param>
        /// <param name="sender">Where it comes from.</param>
        internal void Arrive(byte[] datagram, string sender = "192.168.4.2:68")
        {
            _arrived.Add((datagram, IPEndPoint.Parse(sender)));
        }
    }
}
