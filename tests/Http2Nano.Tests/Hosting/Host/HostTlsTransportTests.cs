using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting.Host
{
    /// <summary>TLS on the host, on the thread of the server, over real sockets.</summary>
    [TestClass]
    public class HostTlsTransportTests
    {
        private const int Piece = 1440;
        private const int WriteTimeout = 3000;

        [TestMethod]
        public void Pieces_of_a_turn_are_one_record()
        {
            using (Pair pair = Pair.Connect(false))
            {
                int before = pair.Wire.Sends;
                for (int i = 0; i < 10; i++)
                {
                    Assert.IsTrue(pair.Server.WaitForRoom(0));
                    Assert.AreEqual(Piece, pair.Server.Send(Octets(i * Piece, Piece), 0, Piece));
                }

                Assert.AreEqual(before, pair.Wire.Sends);
                Assert.IsTrue(pair.Server.Flush());
                Assert.AreEqual(before + 1, pair.Wire.Sends);

                // All of it comes with one read, which never gives more than a record.
                byte[] got = new byte[20 * Piece];
                Assert.AreEqual(10 * Piece, pair.Client.Read(got, 0, got.Length));
                AreOctets(got, 10 * Piece);
            }
        }

        [TestMethod]
        public void A_record_that_arrives_octet_by_octet_is_received_whole()
        {
            using (Pair pair = Pair.Connect(true))
            {
                Task writing = Task.Run(() => pair.Client.Write(Octets(0, 60), 0, 60));
                byte[] buffer = new byte[100];
                Stopwatch watch = Stopwatch.StartNew();
                while (!pair.Server.WaitForData(20))
                {
                    Assert.IsTrue(watch.ElapsedMilliseconds < 10000, "It does not arrive.");
                }

                Assert.AreEqual(60, pair.Server.Receive(buffer, 0, 100));
                AreOctets(buffer, 60);
                writing.Wait();
                Assert.IsFalse(pair.Server.WaitForData(0));
            }
        }

        [TestMethod]
        public void Long_records_come_in_the_parts_that_are_asked_for()
        {
            using (Pair pair = Pair.Connect(false))
            {
                byte[] octets = Octets(0, 200000);
                Task writing = Task.Run(() => pair.Client.Write(octets, 0, octets.Length));
                byte[] got = new byte[octets.Length];
                Stopwatch watch = Stopwatch.StartNew();
                for (int count = 0; count < got.Length;)
                {
                    Assert.IsTrue(watch.ElapsedMilliseconds < 10000, "received: " + count.ToString());
                    if (pair.Server.WaitForData(20))
                    {
                        count += pair.Server.Receive(got, count, Math.Min(768, got.Length - count));
                    }
                }

                AreOctets(got, got.Length);
                writing.Wait();
            }
        }

        [TestMethod]
        public void Whoever_does_not_read_is_not_waited_for_and_loses_nothing()
        {
            using (Pair pair = Pair.Connect(false))
            {
                Stopwatch watch = Stopwatch.StartNew();
                int taken = 0;
                for (int stalls = 0; stalls < 20;)
                {
                    if (pair.Server.WaitForRoom(1))
                    {
                        taken += pair.Server.Send(Octets(taken, Piece), 0, Piece);
                        continue;
                    }

                    stalls++;
                }

                Assert.IsTrue(watch.ElapsedMilliseconds < 2000, "milliseconds: " + watch.ElapsedMilliseconds.ToString());
                Assert.IsFalse(pair.Server.Flush());
                byte[] got = new byte[taken];
                Task reading = Task.Run(() => pair.Client.ReadExactly(got, 0, taken));
                while (!pair.Server.Flush())
                {
                    Assert.IsTrue(watch.ElapsedMilliseconds < 10000, "It does not go on.");
                    pair.Server.WaitForRoom(10);
                }

                Assert.IsTrue(reading.Wait(10000));
                AreOctets(got, taken);
            }
        }

        [TestMethod]
        public void One_that_takes_nothing_for_the_write_timeout_is_lost()
        {
            using (Pair pair = Pair.Connect(false, 200))
            {
                byte[] octets = Octets(0, Piece);
                Stopwatch watch = Stopwatch.StartNew();
                while (!pair.Server.WaitForRoom(20) || pair.Server.Send(octets, 0, Piece) != Transport.Lost)
                {
                    Assert.IsTrue(watch.ElapsedMilliseconds < 5000, "It is waited for still.");
                }

                Assert.IsTrue(pair.Server.Flush());
            }
        }

        [TestMethod]
        public void Closing_sends_what_is_kept_and_close_notify()
        {
            using (Pair pair = Pair.Connect(false))
            {
                pair.Server.Send(Octets(0, Piece), 0, Piece);
                int before = pair.Wire.Sends;
                pair.Server.Close(0);
                Assert.AreEqual(before + 2, pair.Wire.Sends, "the record, and the alert behind it");
                byte[] got = new byte[2 * Piece];
                pair.Client.ReadExactly(got, 0, Piece);
                AreOctets(got, Piece);
                Assert.AreEqual(0, pair.Client.Read(got, 0, got.Length));
            }
        }

        [TestMethod]
        public void The_end_and_the_loss_are_reported()
        {
            using (Pair pair = Pair.Connect(false))
            {
                pair.Client.ShutdownAsync().Wait();
                Assert.IsTrue(pair.Server.WaitForData(2000));
                Assert.AreEqual(0, pair.Server.Receive(new byte[10], 0, 10));
            }

            using (Pair pair = Pair.Connect(false))
            {
                pair.Socket.LingerState = new LingerOption(true, 0);
                pair.Socket.Close();
                Assert.IsTrue(pair.Server.WaitForData(2000));
                Assert.AreEqual(Transport.Lost, pair.Server.Receive(new byte[10], 0, 10));
                Assert.IsTrue(pair.Server.WaitForRoom(0));
                Assert.AreEqual(Transport.Lost, pair.Server.Send(new byte[10], 0, 10));
                Assert.IsTrue(pair.Server.Flush());
            }
        }

        [TestMethod]
        public void A_record_that_was_tampered_with_ends_the_connection()
        {
            using (Pair pair = Pair.Connect(false))
            {
                pair.Socket.Send(new byte[] { 23, 3, 3, 0, 30, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 });
                Assert.IsTrue(pair.Server.WaitForData(2000));
                Assert.AreEqual(Transport.Lost, pair.Server.Receive(new byte[10], 0, 10));
            }
        }

        [TestMethod]
        public void A_handshake_that_is_not_finished_ends_with_its_limit()
        {
            Refused(socket => { }, 100);
        }

        [TestMethod]
        public void A_handshake_of_something_else_fails_and_closes_the_socket()
        {
            Refused(socket => socket.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: d\r\n\r\n")), 5000);
            Refused(socket => socket.Shutdown(SocketShutdown.Send), 5000);
            Refused(
                socket =>
                {
                    socket.LingerState = new LingerOption(true, 0);
                    socket.Close();
                },
                5000);
        }

        private static void Refused(Action<Socket> client, int milliseconds)
        {
            using (Socket own = Pair.Sockets(out Socket accepted))
            {
                client(own);
                Stopwatch watch = Stopwatch.StartNew();
                Assert.IsNull(new HostTlsAcceptor(Pair.Certificate).Accept(accepted, new Limit(milliseconds), WriteTimeout));
                Assert.IsTrue(watch.ElapsedMilliseconds < milliseconds + 500, "milliseconds: " + watch.ElapsedMilliseconds.ToString());
                Assert.IsTrue(accepted.SafeHandle.IsClosed);
            }
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

        private static void AreOctets(byte[] got, int count)
        {
            Assert.IsTrue(got.AsSpan(0, count).SequenceEqual(Octets(0, count)), "other octets");
        }

        private sealed class Limit : IHandshakeLimit
        {
            private readonly Stopwatch _watch = Stopwatch.StartNew();
            private readonly int _milliseconds;

            internal Limit(int milliseconds)
            {
                _milliseconds = milliseconds;
            }

            public bool HasPassed
            {
                get { return _watch.ElapsedMilliseconds >= _milliseconds; }
            }
        }

        private sealed class CountingSocket : HostSocket
        {
            internal int Sends;

            internal override int Send(byte[] buffer, int offset, int count)
            {
                Sends++;
                return base.Send(buffer, offset, count);
            }
        }

        // Whatever is written goes out octet by octet.
        private sealed class Trickle : NetworkStream
        {
            internal Trickle(Socket socket)
                : base(socket)
            {
            }

            public override void Write(byte[] buffer, int offset, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    base.Write(buffer, offset + i, 1);
                    Thread.Yield();
                }
            }
        }

        private sealed class Pair : IDisposable
        {
            internal static readonly X509Certificate2 Certificate = Make();

            internal CountingSocket Wire = new CountingSocket();
            internal HostTlsTransport Server;
            internal SslStream Client;
            internal Socket Socket;

            internal static Pair Connect(bool trickles, int writeTimeout = WriteTimeout)
            {
                Pair pair = new Pair();
                pair.Socket = Sockets(out Socket accepted);
                pair.Socket.NoDelay = true;
                pair.Client = new SslStream(trickles ? new Trickle(pair.Socket) : new NetworkStream(pair.Socket), false, (sender, certificate, chain, errors) => true);
                SocketOptions.Apply(accepted, writeTimeout);
                pair.Server = new HostTlsTransport(accepted, pair.Wire, writeTimeout);
                Task client = Task.Run(() => pair.Client.AuthenticateAsClient("localhost"));
                Assert.IsTrue(pair.Server.Shake(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, new Limit(10000)));
                Assert.IsTrue(client.Wait(10000));
                return pair;
            }

            internal static Socket Sockets(out Socket accepted)
            {
                using (Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
                {
                    listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                    listener.Listen(1);
                    Socket client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    client.Connect(listener.LocalEndPoint);
                    accepted = listener.Accept();
                    return client;
                }
            }

            public void Dispose()
            {
                Server.Close(0);
                Client.Dispose();
                Socket.Dispose();
            }

            private static X509Certificate2 Make()
            {
                using (ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    CertificateRequest request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
                    using (X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30)))
                    {
                        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
                    }
                }
            }
        }
    }
}
