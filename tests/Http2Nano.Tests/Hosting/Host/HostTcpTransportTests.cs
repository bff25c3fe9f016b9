using System.Linq;
using System.Net.Sockets;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting.Host
{
    /// <summary>The transport of the host gathers what it sends, and never holds more than its buffer.</summary>
    [TestClass]
    public class HostTcpTransportTests
    {
        private const int Capacity = 65536;
        private const int Piece = 1440;
        private const int WriteTimeout = 300;

        // Microseconds until a full network stack is asked again.
        private const int Pause = 20;

        [TestMethod]
        public void Pieces_leave_in_one_send_when_they_are_flushed()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            for (int i = 0; i < 10; i++)
            {
                Assert.IsTrue(transport.WaitForRoom(0));
                Assert.AreEqual(Piece, transport.Send(Octets(i * Piece, Piece), 0, Piece));
            }

            Assert.AreEqual(0, socket.Sent.Count);
            Assert.IsTrue(transport.Flush());
            Assert.AreEqual(1, socket.Sent.Count);
            HasSent(socket, 10 * Piece);
            Assert.IsTrue(transport.Flush());
            Assert.AreEqual(1, socket.Sent.Count);
        }

        [TestMethod]
        public void They_leave_before_a_wait_for_input()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            transport.Send(Octets(0, Piece), 0, Piece);
            Assert.IsFalse(transport.WaitForData(0));
            HasSent(socket, Piece);
        }

        [TestMethod]
        public void A_full_buffer_is_sent_and_goes_on_taking_octets()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            int count = Fill(transport, 100 * Piece);
            Assert.AreEqual(100 * Piece, count);
            transport.Flush();
            HasSent(socket, count);
            Assert.IsTrue(socket.Sent.Count <= 5, "sends: " + socket.Sent.Count.ToString());
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(1000)]
        [DataRow(Piece)]
        [DataRow(Capacity - 1)]
        [DataRow(Capacity)]
        [DataRow(Capacity + 1)]
        public void Whoever_does_not_read_fills_no_more_than_the_buffer_and_loses_nothing(int room)
        {
            Transport transport = Begin(out ScriptedSocket socket, room);
            int taken = Fill(transport, 1000000);
            Assert.IsFalse(transport.Flush());
            taken += Fill(transport, 1000000 - taken, taken);
            Assert.IsTrue(taken <= room + Capacity, "taken: " + taken.ToString());
            Assert.IsFalse(transport.WaitForRoom(5));

            // A little room is used, and is not enough for new octets.
            socket.Room = 10;
            socket.Elapse(Pause);
            Assert.IsFalse(transport.WaitForRoom(0));
            socket.Room = int.MaxValue;
            socket.Elapse(Pause);
            Assert.IsTrue(transport.WaitForRoom(0));
            taken += Fill(transport, 5 * Piece, taken);
            Assert.IsTrue(transport.Flush());
            HasSent(socket, taken);
        }

        [TestMethod]
        public void While_the_network_stack_is_full_nothing_more_is_taken()
        {
            Transport transport = Begin(out ScriptedSocket socket, 100);
            transport.Send(Octets(0, Piece), 0, Piece);
            Assert.IsTrue(transport.WaitForRoom(0));
            Assert.IsFalse(transport.Flush());
            Assert.IsFalse(transport.WaitForRoom(0));
            Assert.IsFalse(transport.WaitForRoom(2));
        }

        [TestMethod]
        public void A_long_piece_for_a_lost_connection_is_not_kept()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            socket.IsReset = true;
            Assert.IsTrue(transport.WaitForRoom(0));
            Assert.AreEqual(Transport.Lost, transport.Send(Octets(0, Capacity), 0, Capacity));
        }

        [TestMethod]
        public void A_full_network_stack_is_not_asked_again_and_again()
        {
            Transport transport = Begin(out ScriptedSocket socket, 0);
            transport.Send(Octets(0, Piece), 0, Piece);
            for (int i = 0; i < 50; i++)
            {
                Assert.IsFalse(transport.Flush());
            }

            Assert.IsTrue(socket.Refusals <= 5, "refusals: " + socket.Refusals.ToString());
        }

        [TestMethod]
        public void A_wait_for_room_ends_when_there_is_some()
        {
            Transport transport = Begin(out ScriptedSocket socket, 0);
            int taken = Fill(transport, 1000000);
            socket.RoomAt = socket.Micros + 3000;
            socket.MoreRoom = int.MaxValue;
            Assert.IsTrue(transport.WaitForRoom(20));
            Assert.IsTrue(socket.Micros < 5000);
            HasSent(socket, taken);
        }

        [TestMethod]
        public void A_wait_for_input_sends_what_was_kept_as_soon_as_there_is_room()
        {
            Transport transport = Begin(out ScriptedSocket socket, 0);
            transport.Send(Octets(0, Piece), 0, Piece);
            socket.RoomAt = socket.Micros + 3000;
            socket.MoreRoom = int.MaxValue;
            Assert.IsFalse(transport.WaitForData(20));
            HasSent(socket, Piece);
        }

        [TestMethod]
        public void Long_pieces_are_not_copied()
        {
            Transport transport = Begin(out ScriptedSocket socket, Capacity - 7);
            Assert.AreEqual(Capacity - 7, transport.Send(Octets(0, Capacity), 0, Capacity));
            Assert.AreEqual(1, socket.Sent.Count);
            Assert.IsTrue(transport.Flush());

            // Without room they are kept.
            Assert.AreEqual(Capacity, transport.Send(Octets(Capacity - 7, Capacity), 0, Capacity));
            Assert.IsFalse(transport.Flush());
            socket.Room = int.MaxValue;
            socket.Elapse(Pause);
            Assert.IsTrue(transport.Flush());
            HasSent(socket, (2 * Capacity) - 7);
        }

        [TestMethod]
        public void Long_pieces_do_not_overtake_short_ones()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            transport.Send(Octets(0, Piece), 0, Piece);
            int count = transport.Send(Octets(Piece, Capacity), 0, Capacity);
            Assert.AreEqual(Capacity, count);
            transport.Flush();
            HasSent(socket, Piece + Capacity);
        }

        [TestMethod]
        public void A_connection_is_lost_when_its_peer_takes_nothing_for_the_write_timeout()
        {
            Transport transport = Begin(out ScriptedSocket socket, 0);
            transport.Send(Octets(0, Piece), 0, Piece);
            Assert.IsFalse(transport.Flush());
            socket.Elapse((WriteTimeout - 1) * 1000);
            Assert.IsFalse(transport.Flush());

            // A single octet is enough for as long a time again.
            socket.Room = 1;
            socket.Elapse(Pause);
            Assert.IsFalse(transport.Flush());
            socket.Elapse((WriteTimeout - 1) * 1000);
            Assert.IsFalse(transport.Flush());
            socket.Elapse(2000);
            Assert.IsTrue(transport.Flush());
            Assert.IsTrue(transport.WaitForRoom(0));
            Assert.AreEqual(Transport.Lost, transport.Send(Octets(0, 1), 0, 1));
        }

        [TestMethod]
        public void An_error_while_octets_are_flushed_is_reported_by_the_next_send()
        {
            Transport transport = Begin(out ScriptedSocket socket, 100);
            transport.Send(Octets(0, Piece), 0, Piece);
            Assert.IsFalse(transport.Flush());
            socket.IsReset = true;
            socket.Elapse(Pause);
            Assert.IsTrue(transport.Flush());
            Assert.IsTrue(transport.WaitForRoom(0));
            Assert.AreEqual(Transport.Lost, transport.Send(Octets(0, 1), 0, 1));
            Assert.IsTrue(transport.WaitForData(0));
            Assert.AreEqual(Transport.Lost, transport.Receive(new byte[10], 0, 10));
        }

        [TestMethod]
        public void Closing_waits_for_the_last_octets_as_long_as_it_may()
        {
            Transport transport = Begin(out ScriptedSocket socket, 100);
            transport.Send(Octets(0, Piece), 0, Piece);
            transport.Flush();
            socket.RoomAt = socket.Micros + 3000;
            socket.MoreRoom = int.MaxValue;
            transport.Close(10);
            HasSent(socket, Piece);
        }

        [TestMethod]
        public void Closing_at_once_or_for_one_who_does_not_read_takes_no_longer()
        {
            Transport transport = Begin(out ScriptedSocket socket, 100);
            transport.Send(Octets(0, Piece), 0, Piece);
            long start = socket.Micros;
            transport.Close(10);
            Assert.IsTrue(socket.Micros - start < 11000);
            HasSent(socket, 100);

            transport = Begin(out socket);
            transport.Send(Octets(0, Piece), 0, Piece);
            transport.Close();
            Assert.AreEqual(0, socket.Waits);
            HasSent(socket, Piece);
        }

        [TestMethod]
        public void The_next_connection_begins_with_nothing_of_the_one_before()
        {
            AcceptedTransport transport = Begin(out ScriptedSocket socket);
            socket.Arrives = Octets(0, 10);
            socket.ArrivesAt = 0;
            Assert.IsTrue(transport.WaitForData(0));
            socket.Room = 0;
            transport.Send(Octets(0, Piece), 0, Piece);
            transport.Close();
            socket.Room = int.MaxValue;
            Begin(socket, transport);
            Assert.IsFalse(transport.WaitForData(0));
            Assert.IsTrue(transport.Flush());
            Assert.AreEqual(0, socket.Sent.Count);
            Assert.IsTrue(transport.WaitForRoom(0));
        }

        [TestMethod]
        public void A_connection_that_is_set_aside_has_spoken_when_its_octets_have_been_received()
        {
            AcceptedTransport transport = Begin(out ScriptedSocket socket);
            socket.Arrives = Octets(0, 10);
            socket.ArrivesAt = 0;
            Assert.IsTrue(transport.WaitForData(0));
            Assert.AreEqual(AcceptedTransport.Spoken, transport.Look());
            Assert.AreEqual(10, transport.Receive(new byte[20], 0, 20));
            socket.HasEnded = true;
            Assert.IsTrue(transport.WaitForData(0));
            Assert.AreEqual(AcceptedTransport.Ended, transport.Look());
        }

        [TestMethod]
        public void Octets_come_before_the_end_and_the_end_is_told_again()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            socket.Arrives = Octets(0, 10);
            socket.ArrivesAt = 0;
            socket.HasEnded = true;
            byte[] buffer = new byte[20];
            Assert.IsTrue(transport.WaitForData(5));
            Assert.AreEqual(4, transport.Receive(buffer, 3, 4));
            Assert.AreEqual(6, transport.Receive(buffer, 7, 10));
            Assert.IsTrue(buffer.Skip(3).Take(10).SequenceEqual(Octets(0, 10)));
            for (int i = 0; i < 2; i++)
            {
                Assert.IsTrue(transport.WaitForData(5));
                Assert.AreEqual(0, transport.Receive(buffer, 0, 20));
            }
        }

        [TestMethod]
        public void A_peer_that_answers_at_once_is_waited_for_awake_and_a_slow_one_is_not()
        {
            if (System.Environment.ProcessorCount == 1)
            {
                return;
            }

            Transport transport = Begin(out ScriptedSocket socket);
            Assert.AreEqual(1, WaitsFor(socket, transport, 30));
            Assert.AreEqual(0, WaitsFor(socket, transport, 30));
            Assert.AreEqual(0, WaitsFor(socket, transport, 40));

            // Awake for a moment only, and then not again.
            int receives = socket.Receives;
            Assert.AreEqual(1, WaitsFor(socket, transport, 4000));
            Assert.IsTrue(socket.Receives - receives < 60, "receives: " + (socket.Receives - receives).ToString());
            receives = socket.Receives;
            Assert.AreEqual(1, WaitsFor(socket, transport, 4000));
            Assert.AreEqual(2, socket.Receives - receives);
        }

        [TestMethod]
        public void Whoever_comes_only_when_the_server_sleeps_is_waited_for_awake_less_and_less()
        {
            Transport transport = Begin(out ScriptedSocket socket);
            socket.SpeaksWhenWaitedFor = true;
            for (int i = 0; i < 200; i++)
            {
                Assert.AreEqual(1, WaitsFor(socket, transport, 0));
            }

            // Two for a wait that is not made awake.
            Assert.IsTrue(socket.Receives < 400 + (10 * 30), "receives: " + socket.Receives.ToString());
        }

        private static int WaitsFor(ScriptedSocket socket, Transport transport, int micros)
        {
            int waits = socket.Waits;
            socket.Arrives = Octets(0, 10);
            socket.ArrivesAt = socket.Micros + micros;
            Assert.IsTrue(transport.WaitForData(20));
            Assert.AreEqual(10, transport.Receive(new byte[20], 0, 20));
            return socket.Waits - waits;
        }

        // Begins a connection whose network stack has room for so many octets.
        private static AcceptedTransport Begin(out ScriptedSocket socket, int room = int.MaxValue)
        {
            socket = new ScriptedSocket();
            socket.Room = room;
            AcceptedTransport transport = new HostTcpTransport(socket);
            Begin(socket, transport);
            return transport;
        }

        private static void Begin(ScriptedSocket socket, AcceptedTransport transport)
        {
            ((TcpTransport)transport).Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            transport.Begin(WriteTimeout);
        }

        // Sends as the loop does, until there is no room.
        private static int Fill(Transport transport, int count, int start = 0)
        {
            int taken = 0;
            while (taken < count && transport.WaitForRoom(0))
            {
                taken += transport.Send(Octets(start + taken, Piece), 0, count - taken < Piece ? count - taken : Piece);
            }

            return taken;
        }

        private static byte[] Octets(int start, int count)
        {
            byte[] octets = new byte[count];
            for (int i = 0; i < count; i++)
            {
                octets[i] = (byte)((start + i) % 251);
            }

            return octets;
        }

        private static void HasSent(ScriptedSocket socket, int count)
        {
            byte[] sent = socket.Sent.SelectMany(octets => octets).ToArray();
            Assert.AreEqual(count, sent.Length);
            Assert.IsTrue(sent.SequenceEqual(Octets(0, count)), "other octets");
        }
    }
}
