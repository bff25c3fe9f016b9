using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class BodyPipesTests
    {
        [TestMethod]
        public void What_goes_in_comes_out()
        {
            BodyPipes pipes = new BodyPipes(2, 64);
            byte[] bytes = TestApplication.Octets(1000);
            byte[] got = new byte[1000];
            int ring = pipes.Take();
            int put = 0;
            int taken = 0;
            int step = 1;
            while (taken < bytes.Length)
            {
                step = ((step * 7) + 3) % 41;
                int count = Least(Least(pipes.Sink.Room(ring), bytes.Length - put), step);
                pipes.Sink.Write(ring, bytes, put, count);
                put += count;
                step = ((step * 7) + 3) % 41;
                if (step > 0)
                {
                    taken += pipes.Source.Read(ring, taken, got, taken, Least(step, got.Length - taken));
                }
            }

            CollectionAssert.AreEqual(bytes, got);
            Assert.AreEqual(0, pipes.Source.Read(ring, taken, got, 0, 1), "nothing yet");
            pipes.Sink.Close(ring, true);
            Assert.AreEqual(BodySource.EndOfBody, pipes.Source.Read(ring, taken, got, 0, 1));
            Assert.AreEqual(1, pipes.InUse);
            pipes.Source.Close(ring, true);
            Assert.AreEqual(0, pipes.InUse);
        }

        [TestMethod]
        public void Rings_are_free_when_both_ends_are_closed()
        {
            BodyPipes pipes = new BodyPipes(2, 64);
            int first = pipes.Take();
            int second = pipes.Take();
            Assert.AreEqual(-1, pipes.Take());
            pipes.Source.Close(first, false);
            Assert.AreEqual(-1, pipes.Take());
            Assert.AreEqual(int.MaxValue, pipes.Sink.Room(first), "what nobody reads is dropped");
            pipes.Sink.Write(first, new byte[100], 0, 100);
            pipes.Sink.Close(first, false);
            Assert.AreEqual(first, pipes.Take());
            pipes.Sink.Close(second, true);
            Assert.AreEqual(-1, pipes.Take());
            pipes.Source.Close(second, true);
            Assert.AreEqual(second, pipes.Take());
        }

        [TestMethod]
        public void A_broken_body_breaks_the_other()
        {
            BodyPipes pipes = new BodyPipes(1, 64);
            int ring = pipes.Take();
            pipes.Sink.Write(ring, new byte[2], 0, 2);
            pipes.Sink.Close(ring, false);
            byte[] got = new byte[4];
            Assert.AreEqual(2, pipes.Source.Read(ring, 0, got, 0, 4));
            Assert.AreEqual(BodySource.Failed, pipes.Source.Read(ring, 2, got, 0, 4));
        }

        [TestMethod]
        [DataRow(0, 64)]
        [DataRow(1, 63)]
        public void Rings_that_are_too_small_are_refused(int rings, int size)
        {
            bool thrown = false;
            try
            {
                new BodyPipes(rings, size);
            }
            catch (ArgumentException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(100)]
        [DataRow(100000)]
        public void An_echo_of_any_length(int length)
        {
            EchoRoute echo = new EchoRoute();
            RouterPeer peer = new RouterPeer(echo.Router);
            byte[] body = TestApplication.Octets(length);
            for (int round = 0; round < 3; round++)
            {
                peer.Send("POST /echo HTTP/1.1\r\nHost: device\r\nContent-Type: a/b\r\nContent-Length: " + length + "\r\n\r\n");
                peer.Send(body);
                Http1Reply reply = peer.Next(false);
                Assert.AreEqual(200, reply.Status);
                Assert.AreEqual("a/b", reply.Field("content-type"));
                Assert.AreEqual(length.ToString(), reply.Field("content-length"));
                CollectionAssert.AreEqual(body, reply.Body);
                Assert.AreEqual(0, echo.Pipes.InUse);
            }
        }

        [TestMethod]
        public void The_echo_begins_before_the_request_ends()
        {
            EchoRoute echo = new EchoRoute();
            RouterPeer peer = new RouterPeer(echo.Router);
            peer.Send("POST /echo HTTP/1.1\r\nHost: device\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            Assert.IsTrue(peer.Text.IndexOf("hello") > 0, "the first chunk has come back");
            peer.Send("0\r\n\r\n");
            Assert.AreEqual("hello", peer.Next(false).BodyText);
            Assert.AreEqual(0, echo.Pipes.InUse);
        }

        [TestMethod]
        public void A_lost_connection_frees_the_ring()
        {
            EchoRoute echo = new EchoRoute();
            RouterPeer peer = new RouterPeer(echo.Router);
            peer.Send("POST /echo HTTP/1.1\r\nHost: device\r\nContent-Length: 10\r\n\r\nhello");
            Assert.AreEqual(1, echo.Pipes.InUse);
            peer.Disconnect();
            Assert.AreEqual(0, echo.Pipes.InUse);
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }

        private class EchoRoute
        {
            internal readonly BodyPipes Pipes = new BodyPipes(1, 256);
            internal readonly Router Router = new Router();

            internal EchoRoute()
            {
                Router.MapStream(HttpMethod.Post, "/echo", Echo);
            }

            private void Echo(HttpRequest request, HttpResponse response)
            {
                int ring = Pipes.Take();
                int field = request.Headers.Find(FieldName.ContentLength);
                request.CopyHeader(FieldName.ContentType, response);
                request.ReadBody(Pipes.Sink, ring);
                response.SetBody(Pipes.Source, ring, field < 0 ? HttpResponse.UnknownLength : request.Headers.ParseNumber(field));
            }
        }
    }
}
