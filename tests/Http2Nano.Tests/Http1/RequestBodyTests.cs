using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>Bodies of requests on their way to a handler: gathered, streamed, dropped (RFC 9112 6, 9.3).</summary>
    [TestClass]
    public class RequestBodyTests
    {
        private const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";

        [TestMethod]
        public void An_echo_goes_both_ways_at_once()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            byte[] body = TestApplication.Octets(4000);
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nContent-Length: 4000\r\n\r\n");
            peer.Send(body);
            IsBody(peer.Next(), 4000);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsTrue(peer.Application.Ring.Complete);
            Assert.AreEqual(1, peer.Application.Ring.SourceClosings);
            Assert.IsFalse(peer.Closed);
            Assert.IsTrue(peer.Session.IsBetweenRequests);
        }

        [TestMethod]
        public void An_echo_of_chunks_goes_both_ways_at_once()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nfa0\r\n");
            peer.Send(TestApplication.Octets(4000));
            Assert.AreEqual(4000, peer.NextIncomplete().Body.Length);
            peer.Send("\r\n0\r\n\r\n");
            IsBody(peer.Next(), 4000);
        }

        [TestMethod]
        public void An_echo_is_the_same_however_it_is_cut()
        {
            string request = "POST /secho HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\n\r\nabcdeGET / HTTP/1.1\r\nHost: d\r\n\r\n";
            Http1Peer peer = new Http1Peer(new TestApplication());
            for (int cut = 1; cut < request.Length; cut++)
            {
                peer.Reconnect(false);
                peer.Send(request.Substring(0, cut));
                peer.Send(request.Substring(cut));
                Assert.AreEqual("abcde", peer.Next().BodyText, "cut at " + cut.ToString());
                Assert.AreEqual("hello", peer.Next().BodyText, "cut at " + cut.ToString());
            }
        }

        [TestMethod]
        public void An_echo_waits_for_a_client_that_does_not_read()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.ReadLimit = 0;
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nContent-Length: 4000\r\n\r\n");
            peer.Send(TestApplication.Octets(4000));
            Assert.IsTrue(peer.Unsent > 2000);
            Assert.IsTrue(peer.Session.AwaitsApplication);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            IsBody(peer.Next(), 4000);
        }

        [TestMethod]
        public void A_sink_is_given_no_more_than_it_has_room_for()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Ring.Capacity = 10;
            peer.Send("POST /staken HTTP/1.1\r\nHost: d\r\nContent-Length: 25\r\n\r\n");
            peer.Send(TestApplication.Octets(25));
            Assert.AreEqual(10, peer.Application.Ring.Total);
            Assert.IsTrue(peer.Session.AwaitsApplication);

            // It is not the client that is late.
            peer.Elapse(100000);
            Assert.IsFalse(peer.Closed);
            peer.Application.Ring.Count = 0;
            peer.Pump();
            Assert.AreEqual(20, peer.Application.Ring.Total);
            peer.Application.Ring.Count = 0;
            peer.Pump();
            Assert.AreEqual(25, peer.Application.Ring.Total);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsTrue(peer.Application.Ring.Complete);
            peer.Application.Deferred.Complete();
            peer.Pump();
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_response_may_be_complete_before_the_body()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n");
            Assert.AreEqual("taken", peer.Next().BodyText);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
            Assert.IsFalse(peer.Session.IsBetweenRequests);
            peer.Send("0123456789" + Get);
            Assert.AreEqual(10, peer.Application.Ring.Total);
            Assert.IsTrue(peer.Application.Ring.Complete);
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_streamed_request_without_a_body_closes_the_sink_at_once()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n" + Get);
            peer.NextIs(200);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsTrue(peer.Application.Ring.Complete);
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_sink_of_a_gathering_route_is_closed_too()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gtake HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\n\r\nabc" + Get);
            peer.NextIs(200);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsFalse(peer.Application.Ring.Complete);
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_sink_that_throws_ends_the_connection_after_the_response()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Ring.Throws = true;
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n0123");
            Assert.AreEqual("taken", peer.Next().BodyText);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsFalse(peer.Application.Ring.Complete);
            Assert.AreEqual(1, peer.Counters.HandlerFailures);
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void A_sink_that_runs_out_of_memory_is_counted_as_that(int call)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Ring.RunsOutAt = call;
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nContent-Length: 4\r\n\r\n0123");
            Assert.AreEqual("taken", peer.Next().BodyText);
            Assert.AreEqual(1, peer.Counters.OutOfMemory);
            Assert.AreEqual(0, peer.Counters.HandlerFailures);
        }

        [TestMethod]
        public void A_source_that_runs_out_of_memory_at_its_end_is_counted_as_that()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Source.Length = 10;
            peer.Application.Source.ClosingRunsOut = true;
            peer.Send("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n" + Get);
            peer.NextIs(200);
            peer.NextIs(200);
            Assert.AreEqual(1, peer.Counters.OutOfMemory);
            Assert.AreEqual(0, peer.Counters.HandlerFailures);
        }

        [TestMethod]
        public void A_body_that_nobody_wants_is_dropped()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /s HTTP/1.1\r\nHost: d\r\nContent-Length: 4000\r\n\r\n");
            Assert.IsNull(peer.Next().Field("connection"));
            peer.Send(new byte[4000]);
            peer.Send("POST /a HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + Get);
            peer.NextIs(404);
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_body_that_nobody_wants_and_is_too_long_ends_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /s HTTP/1.1\r\nHost: d\r\nContent-Length: 16385\r\n\r\n");
            Assert.AreEqual("close", peer.Next().Field("connection"));
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_chunked_body_that_nobody_wants_and_is_too_long_ends_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /s HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n");
            peer.NextIs(200);
            for (int i = 0; i < 40 && !peer.Closed; i++)
            {
                peer.Send(new byte[1000]);
            }

            Assert.IsTrue(peer.Closed);
            peer.NothingMore();
        }

        [TestMethod]
        public void A_malformed_chunk_ends_a_stream_that_is_answered()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n");
            Assert.AreEqual("taken", peer.Next().BodyText);
            peer.Send("x\r\n" + Get);
            Assert.IsFalse(peer.Application.Ring.Complete);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            peer.NothingMore();
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(1, peer.Application.Routed);
        }

        [TestMethod]
        public void A_malformed_chunk_refuses_a_stream_that_is_not_answered()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /staken HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
            peer.Refused(400);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsFalse(peer.Application.Ring.Complete);
        }

        [TestMethod]
        public void A_malformed_chunk_breaks_an_echo_off()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nx\r\n");
            Assert.AreEqual("hi", peer.NextIncomplete().BodyText);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(1, peer.Application.Ring.SourceClosings);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        [TestMethod]
        public void A_malformed_chunk_in_the_middle_of_an_echo_is_no_failure_of_the_server()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd");
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(1, peer.Application.Ring.SourceClosings);
            Assert.AreEqual(0, peer.Counters.HandlerFailures + peer.Counters.ConnectionErrors);
        }

        [TestMethod]
        public void A_malformed_chunk_of_a_body_that_nobody_wants_ends_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /s HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n" + Get);
            peer.NextIs(200);
            peer.NothingMore();
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(1, peer.Application.Routed);
        }

        private static void IsBody(Http1Reply reply, int length)
        {
            Assert.AreEqual(length, reply.Body.Length, "length of the body");
            for (int i = 0; i < length; i++)
            {
                if (reply.Body[i] != TestSource.At(i))
                {
                    Assert.AreEqual((int)TestSource.At(i), (int)reply.Body[i], "octet " + i.ToString());
                }
            }
        }
    }
}
