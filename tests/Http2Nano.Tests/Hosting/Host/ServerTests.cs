using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>The server on a thread of its own, over real sockets.</summary>
    [TestClass]
    public class ServerTests
    {
        [TestMethod]
        public void A_handler_that_stops_the_server_comes_back_and_the_server_stops_behind_its_answer()
        {
            HttpServerOptions options = Make();
            StoppingApplication application = new StoppingApplication();
            HttpServer server = new HttpServer(options, application);
            application.Server = server;
            server.Start();
            int port = server.Port;
            Stopwatch watch = Stopwatch.StartNew();
            string answer = Ask(port, "GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.IsTrue(answer.StartsWith("HTTP/1.1 200 "), answer);
            while (server.Port != HttpServerOptions.Off)
            {
                Assert.IsTrue(watch.ElapsedMilliseconds < 5000, "It listens still.");
                Thread.Sleep(10);
            }

            // It can be stopped once more, and started again.
            server.Stop();
            server.Start();
            answer = Ask(server.Port, "GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.IsTrue(answer.StartsWith("HTTP/1.1 200 "), answer);
            server.Stop();
        }

        [TestMethod]
        public void A_response_without_end_keeps_nobody_from_stopping()
        {
            HttpServerOptions options = Make();
            options.Limits.DrainTimeout = 300;
            Http1.TestApplication application = new Http1.TestApplication();
            HttpServer server = new HttpServer(options, application);
            server.Start();
            using (TcpClient client = new TcpClient("127.0.0.1", server.Port))
            {
                byte[] request = Encoding.UTF8.GetBytes("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
                client.GetStream().Write(request, 0, request.Length);
                SpinWait.SpinUntil(() => application.Deferred != null, 5000);
                Stopwatch watch = Stopwatch.StartNew();
                server.Stop();
                Assert.IsTrue(watch.ElapsedMilliseconds >= 250 && watch.ElapsedMilliseconds < 3000, "milliseconds: " + watch.ElapsedMilliseconds.ToString());
            }
        }

        [TestMethod]
        public void A_connection_whose_handshake_throws_is_closed()
        {
            HttpServerOptions options = Make();
            options.TlsPort = 0;
            options.Tls = new ThrowingAcceptor();
            HttpServer server = new HttpServer(options, new Http1.TestApplication());
            server.Start();
            string answer = Ask(server.TlsPort, "\u0016\u0003\u0001\0\u0005hello");
            Assert.AreEqual(string.Empty, answer);
            answer = Ask(server.Port, "GET / HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
            Assert.IsTrue(answer.StartsWith("HTTP/1.1 200 "), answer);
            server.Stop();
        }

        private static HttpServerOptions Make()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Address = IPAddress.Loopback;
            options.Port = 0;
            return options;
        }

        // Says something and hears what comes until the server closes; a reset is an end like another.
        private static string Ask(int port, string text)
        {
            using (TcpClient client = new TcpClient("127.0.0.1", port))
            {
                client.ReceiveTimeout = 10000;
                byte[] request = Encoding.Latin1.GetBytes(text);
                client.GetStream().Write(request, 0, request.Length);
                byte[] answer = new byte[4096];
                int count = 0;
                try
                {
                    for (int part; (part = client.GetStream().Read(answer, count, answer.Length - count)) > 0; count += part)
                    {
                    }
                }
                catch (System.IO.IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
                {
                }

                return Encoding.Latin1.GetString(answer, 0, count);
            }
        }

        private sealed class ThrowingAcceptor : TlsAcceptor
        {
            public override Transport Accept(Socket socket, IHandshakeLimit limit, int writeTimeout)
            {
                throw new InvalidOperationException();
            }
        }

        private sealed class StoppingApplication : RequestDispatcher
        {
            internal HttpServer Server;

            protected override Disposition Route(HttpRequest request, HttpResponse response)
            {
                return Disposition.Gather;
            }

            protected override void Handle(HttpRequest request, HttpResponse response)
            {
                Server.Stop();
                response.Write("stopped");
            }
        }
    }
}
