using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 6.3, 7.1 and 8: bodies of responses, from arrays and from sources.</summary>
    [TestClass]
    public class ResponseBodyTests
    {
        private const string Get = "GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n";

        [TestMethod]
        public void An_array_larger_than_the_transmit_buffer_is_sent_whole()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.ArrayLength = 4000;
            peer.Send("GET /garray HTTP/1.1\r\nHost: d\r\n\r\n");
            IsBody(peer.Next(), 4000);
            Assert.IsTrue(peer.Session.IsBetweenRequests);
        }

        [TestMethod]
        public void A_source_of_known_length_is_counted()
        {
            Http1Peer peer = With(4000, 4000);
            peer.Send(Get);
            Http1Reply reply = peer.Next();
            Assert.AreEqual("4000", reply.Field("content-length"));
            Assert.IsNull(reply.Field("transfer-encoding"));
            IsBody(reply, 4000);
            Assert.AreEqual(7, peer.Application.Source.Key);
            ClosedOnce(peer, true);
        }

        [TestMethod]
        public void A_source_of_unknown_length_is_chunked()
        {
            Http1Peer peer = With(2500, HttpResponse.UnknownLength);
            peer.Send(Get + Get);
            Http1Reply reply = peer.Next();
            Assert.AreEqual("chunked", reply.Field("transfer-encoding"));
            Assert.IsNull(reply.Field("content-length"));
            IsBody(reply, 2500);
            IsBody(peer.Next(), 2500);
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void Every_length_of_a_body_is_sent_whole()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.TransmitBufferSize = 512;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            for (int length = 0; length < 1100; length += 7)
            {
                peer.Application.Source.Length = length;
                peer.Application.Announced = HttpResponse.UnknownLength;
                peer.Send(Get);
                IsBody(peer.Next(), length);
                peer.Application.Announced = length;
                peer.Send(Get);
                IsBody(peer.Next(), length);
                peer.Application.ArrayLength = length;
                peer.Send("GET /garray HTTP/1.1\r\nHost: d\r\n\r\n");
                IsBody(peer.Next(), length);
            }
        }

        [TestMethod]
        public void Trailers_follow_a_chunked_body()
        {
            Http1Peer peer = With(3000, HttpResponse.UnknownLength);
            peer.Send("GET /gtrailers HTTP/1.1\r\nHost: d\r\n\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n");
            Http1Reply reply = peer.Next();
            IsBody(reply, 3000);
            Assert.AreEqual("content-type: text/plain\r\nx-check: ok\r\n", reply.Trailers);
            Assert.IsNull(reply.Field("x-check"));
            peer.NextIs(200);
        }

        [TestMethod]
        public void Trailers_wait_until_there_is_room()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.TransmitBufferSize = 512;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            for (int length = 0; length < 600; length += 3)
            {
                peer.Application.Source.Length = length;
                peer.ReadLimit = 0;
                peer.Send("GET /gtrailers HTTP/1.1\r\nHost: d\r\n\r\n");
                peer.ReadLimit = int.MaxValue;
                peer.Pump();
                Http1Reply reply = peer.Next();
                IsBody(reply, length);
                Assert.AreEqual("content-type: text/plain\r\nx-check: ok\r\n", reply.Trailers);
            }
        }

        [TestMethod]
        public void Without_chunks_there_are_no_trailers()
        {
            Http1Peer peer = With(10, 10);
            peer.Send("GET /gtrailers HTTP/1.1\r\nHost: d\r\n\r\nHEAD /gtrailers HTTP/1.1\r\nHost: d\r\n\r\n");
            IsBody(peer.Next(), 10);
            Assert.IsNull(peer.Next(true).Field("x-check"));
            peer.Application.Announced = HttpResponse.UnknownLength;
            peer.Send("GET /gtrailers HTTP/1.0\r\n\r\n");
            IsBody(peer.Next(), 10);
        }

        [TestMethod]
        public void An_empty_source_is_an_empty_chunked_body()
        {
            Http1Peer peer = With(0, HttpResponse.UnknownLength);
            peer.Send(Get);
            Http1Reply reply = peer.Next();
            Assert.AreEqual(0, reply.Chunks);
            Assert.AreEqual(0, reply.Body.Length);
            ClosedOnce(peer, true);
        }

        [TestMethod]
        public void A_source_of_unknown_length_ends_with_the_connection_of_1_0()
        {
            Http1Peer peer = With(3000, HttpResponse.UnknownLength);
            peer.Send("GET /gsource HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            Http1Reply reply = peer.Next();
            Assert.IsNull(reply.Field("transfer-encoding"));
            Assert.AreEqual("close", reply.Field("connection"));
            IsBody(reply, 3000);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_slow_reader_gets_everything()
        {
            Http1Peer peer = With(3000, HttpResponse.UnknownLength);
            peer.ReadLimit = 0;
            peer.Send(Get);
            for (int i = 0; i < 1000; i++)
            {
                peer.ReadLimit = 5;
                peer.Pump();
            }

            IsBody(peer.Next(), 3000);

            peer.Application.ArrayLength = 3000;
            peer.ReadLimit = 0;
            peer.Send("GET /garray HTTP/1.1\r\nHost: d\r\n\r\n");
            for (int i = 0; i < 1000; i++)
            {
                peer.ReadLimit = 5;
                peer.Pump();
            }

            IsBody(peer.Next(), 3000);
        }

        [TestMethod]
        public void A_reader_that_stops_stops_the_source()
        {
            Http1Peer peer = With(100000, 100000);
            peer.ReadLimit = 0;
            peer.Send(Get);
            Assert.AreEqual(0, peer.Application.Source.Closings);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            IsBody(peer.Next(), 100000);
        }

        [TestMethod]
        public void A_source_that_has_nothing_yet_is_asked_again()
        {
            Http1Peer peer = With(300, HttpResponse.UnknownLength);
            peer.Application.Source.StallAt = 100;
            peer.Send(Get);
            Http1Reply reply = peer.NextIncomplete();
            Assert.AreEqual(100, reply.Body.Length);
            Assert.IsTrue(peer.Session.AwaitsApplication);
            peer.Elapse(100000);
            Assert.IsFalse(peer.Closed);
            peer.Application.Source.StallAt = int.MaxValue;
            peer.Pump();
            Assert.IsFalse(peer.Session.AwaitsApplication);
            IsBody(peer.Next(), 300);
        }

        [TestMethod]
        public void A_source_may_yield_a_few_octets_at_a_time()
        {
            Http1Peer peer = With(1000, HttpResponse.UnknownLength);
            peer.Application.Source.Step = 3;
            peer.Send(Get);
            IsBody(peer.Next(), 1000);
        }

        [TestMethod]
        public void A_source_that_fails_breaks_the_response_off()
        {
            Http1Peer peer = With(1000, HttpResponse.UnknownLength);
            peer.Application.Source.FailAt = 500;
            peer.Send(Get + Get);
            Broken(peer, 500);
        }

        [TestMethod]
        public void A_source_that_throws_breaks_the_response_off()
        {
            Http1Peer peer = With(1000, 1000);
            peer.Application.Source.ThrowAt = 500;
            peer.Send(Get);
            Broken(peer, 500);
            Assert.AreEqual(1, peer.Counters.HandlerFailures);
        }

        [TestMethod]
        public void A_source_that_ends_early_breaks_the_response_off()
        {
            Http1Peer peer = With(500, 1000);
            peer.Send(Get);
            Broken(peer, 500);
        }

        [TestMethod]
        public void A_source_that_claims_too_much_breaks_the_response_off()
        {
            Http1Peer peer = With(5000, 1000);
            peer.Application.Source.Lies = true;
            peer.Send(Get);
            Broken(peer, 0);
            peer = With(5000, HttpResponse.UnknownLength);
            peer.Application.Source.Lies = true;
            peer.Send(Get);
            Broken(peer, 0);
        }

        [TestMethod]
        public void A_source_is_not_read_beyond_its_length()
        {
            Http1Peer peer = With(5000, 1000);
            peer.Send(Get);
            IsBody(peer.Next(), 1000);
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void A_source_is_not_read_for_head()
        {
            Http1Peer peer = With(1000, 1000);
            peer.Application.Source.ThrowAt = 0;
            peer.Send("HEAD /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual("1000", peer.Next(true).Field("content-length"));
            ClosedOnce(peer, false);
            peer.Application.Announced = HttpResponse.UnknownLength;
            peer.Send("HEAD /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            Http1Reply reply = peer.Next(true);
            Assert.IsNull(reply.Field("content-length"));
            Assert.IsNull(reply.Field("transfer-encoding"));
            peer.Send("HEAD /gsource HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            Assert.AreEqual("keep-alive", peer.Next(true).Field("connection"));
            peer.NothingMore();
            Assert.AreEqual(3, peer.Application.Source.Closings);
        }

        [TestMethod]
        [DataRow(204)]
        [DataRow(205)]
        [DataRow(304)]
        public void A_source_is_not_read_for_a_status_without_content(int status)
        {
            Http1Peer peer = With(1000, HttpResponse.UnknownLength);
            peer.Application.Status = status;
            peer.Application.Source.ThrowAt = 0;
            peer.Send("GET /gstatussource HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual(status, peer.Next().Status);
            peer.NothingMore();
            Assert.IsFalse(peer.Closed);
            ClosedOnce(peer, false);
        }

        [TestMethod]
        public void A_deferred_response_is_sent_when_it_is_complete()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NothingMore();
            Assert.IsTrue(peer.Session.AwaitsApplication);
            Assert.IsFalse(peer.Session.IsBetweenRequests);
            peer.Elapse(100000);
            Assert.IsFalse(peer.Closed);
            peer.Application.Deferred.Write("late");
            peer.Application.Deferred.Complete();
            peer.Pump();
            Assert.AreEqual("late", peer.Next().BodyText);
            Assert.AreEqual("hello", peer.Next().BodyText);
            Assert.IsFalse(peer.Session.AwaitsApplication);
        }

        private static Http1Peer With(int length, int announced)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Source.Length = length;
            peer.Application.Announced = announced;
            return peer;
        }

        private static void IsBody(Http1Reply reply, int length)
        {
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(length, reply.Body.Length, "length of the body");
            for (int i = 0; i < length; i++)
            {
                if (reply.Body[i] != TestSource.At(i))
                {
                    Assert.AreEqual((int)TestSource.At(i), (int)reply.Body[i], "octet " + i.ToString());
                }
            }
        }

        private static void Broken(Http1Peer peer, int length)
        {
            Http1Reply reply = peer.NextIncomplete();
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(length, reply.Body.Length);
            Assert.IsTrue(peer.Closed);
            ClosedOnce(peer, false);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        private static void ClosedOnce(Http1Peer peer, bool complete)
        {
            Assert.AreEqual(1, peer.Application.Source.Closings, "closings");
            Assert.AreEqual(complete, peer.Application.Source.Complete, "complete");
        }
    }
}
