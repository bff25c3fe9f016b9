using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Socket = System.Net.Sockets.Socket;
using Thread = System.Threading.Thread;

namespace Http2Nano.Boards.Tests
{
    /// <summary>The board's name as avahi sees it, through a network.</summary>
    [TestClass]
    public class AvahiTests
    {
        [TestMethod]
        public void Avahi_resolves_the_name_finds_the_service_and_sees_it_end()
        {
            using NetworkOfThree network = new NetworkOfThree();
            network.StartAvahi("neighbour");
            using (BoardOnSocket board = new BoardOnSocket(network, "http2nano"))
            {
                board.AwaitName("http2nano");
                StringAssert.Contains(network.Ask("avahi-resolve", "-4", "-n", "http2nano.local"), NetworkOfThree.BoardAddress);
                StringAssert.Contains(network.Ask("avahi-resolve", "-a", NetworkOfThree.BoardAddress), "http2nano.local");
                string services = network.Ask("avahi-browse", "-a", "-k", "-r", "-t", "-p");
                StringAssert.Contains(services, ";Board;_http._tcp;local;http2nano.local;" + NetworkOfThree.BoardAddress + ";80;\"path=/\"", services);
            }

            // RFC 6762 10.1: what has ended is forgotten a second later.
            Thread.Sleep(2000);
            string left = network.Ask("avahi-browse", "-a", "-t", "-p");
            Assert.IsFalse(left.Contains("Board"), left);
        }

        [TestMethod]
        public void A_name_that_avahi_has_is_left_to_it()
        {
            using NetworkOfThree network = new NetworkOfThree();
            network.StartAvahi("http2nano");
            using BoardOnSocket board = new BoardOnSocket(network, "http2nano");
            board.AwaitName("http2nano-2");
            StringAssert.Contains(network.Ask("avahi-resolve", "-4", "-n", "http2nano-2.local"), NetworkOfThree.BoardAddress);
            StringAssert.Contains(network.Ask("avahi-resolve", "-4", "-n", "http2nano.local"), NetworkOfThree.OtherAddress);
        }

        [TestMethod]
        public void Of_two_boards_one_gets_the_name_and_the_other_another()
        {
            using NetworkOfThree network = new NetworkOfThree();
            network.StartAvahi("neighbour");
            using BoardOnSocket first = new BoardOnSocket(network, "http2nano");
            first.AwaitName("http2nano");
            using BoardOnSocket second = new BoardOnSocket(network, "http2nano", NetworkOfThree.SecondBoardAddress);
            second.AwaitName("http2nano-2");
            StringAssert.Contains(network.Ask("avahi-resolve", "-4", "-n", "http2nano.local"), NetworkOfThree.BoardAddress);
            StringAssert.Contains(network.Ask("avahi-resolve", "-4", "-n", "http2nano-2.local"), NetworkOfThree.SecondBoardAddress);
            string services = network.Ask("avahi-browse", "-r", "-t", "-p", "_http._tcp");
            StringAssert.Contains(services, "http2nano.local;" + NetworkOfThree.BoardAddress);
            StringAssert.Contains(services, "http2nano-2.local;" + NetworkOfThree.SecondBoardAddress);
        }

        // The responder on a socket of the board's network.
        private sealed class BoardOnSocket : IDisposable
        {
            private readonly Socket _socket;
            private readonly MulticastResponder _responder;
            private readonly Thread _thread;
            private readonly IPEndPoint _group = new IPEndPoint(IPAddress.Parse("224.0.0.251"), MulticastResponder.Port);
            private volatile bool _ends;

            internal BoardOnSocket(NetworkOfThree network, string name, string address = NetworkOfThree.BoardAddress)
            {
                _socket = network.Open(address);
                _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                _socket.Bind(new IPEndPoint(IPAddress.Any, MulticastResponder.Port));
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(_group.Address, IPAddress.Parse(address)));
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Parse(address).GetAddressBytes());
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 255);
                _responder = new MulticastResponder(name, "Board", IPAddress.Parse(address).GetAddressBytes(), 80, false, address.GetHashCode(), System.Environment.TickCount64);
                _thread = new Thread(Run);
                _thread.Start();
            }

            internal void AwaitName(string name)
            {
                Assert.IsTrue(SpinWait.SpinUntil(() => _responder.HasName && _responder.HostName == name, 30000), _responder.HostName);

                // Both announcements.
                Thread.Sleep(1500);
            }

            public void Dispose()
            {
                _ends = true;
                _thread.Join();
                _socket.Dispose();
            }

            private void Run()
            {
                byte[] message = new byte[MulticastResponder.LongestMessage];
                byte[] arrived = new byte[9000];
                while (!_ends)
                {
                    long now = System.Environment.TickCount64;
                    int wait = _responder.Wait(now);
                    if (wait == 0)
                    {
                        Send(message, _responder.Advance(message, now), _group);
                    }
                    else if (_socket.Poll(Math.Min(wait < 0 ? 100 : wait, 100) * 1000, SelectMode.SelectRead))
                    {
                        EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
                        int count = Math.Min(_socket.ReceiveFrom(arrived, ref sender), message.Length);
                        Array.Copy(arrived, message, count);
                        Send(message, _responder.Receive(message, count, ((IPEndPoint)sender).Port, System.Environment.TickCount64), sender);
                    }
                }

                Send(message, _responder.End(message), _group);
            }

            private void Send(byte[] message, int count, EndPoint receiver)
            {
                if (count > 0)
                {
                    _socket.SendTo(message, 0, count, SocketFlags.None, receiver);
                }
            }
        }
    }
}
