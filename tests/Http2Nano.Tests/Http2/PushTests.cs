using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 8.4 and 6.6: promises; RFC 8297: early hints.</summary>
    [TestClass]
    public class PushTests
    {
        [TestMethod]
        public void A_promise_comes_before_the_response_that_refers_to_it()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, FieldBlock.Get("/push").Add("accept-encoding", "br"), true);
                PeerFrame promise = peer.Next(FrameType.PushPromise);
                Assert.AreEqual(1, promise.Stream);
                Assert.AreEqual(2, promise.Int32(0));
                Assert.AreEqual(FrameFlags.EndHeaders, promise.Flags);

                // RFC 9113 8.4.1: a GET of the same origin.
                Assert.AreEqual(":method: GET\n:scheme: http\n:authority: device\n:path: /pushed\naccept-encoding: br\n", promise.Fields);
                peer.ExpectResponse(2, 200, "hello").ExpectResponse(1, 200, "page").Nothing().HoldsNothing();
                Assert.AreEqual("/push /pushed ", peer.Routes.Seen);

                // RFC 9113 5.1.1: identifiers grow.
                Assert.AreEqual(4, peer.Get(3, "/push").Next(FrameType.PushPromise).Int32(0));
            });
        }

        // RFC 9113 6.5.2
        [TestMethod]
        public void Nothing_is_promised_to_a_client_that_takes_no_push()
        {
            Ways.Play(peer =>
            {
                peer.Settings(Setting.EnablePush, 0).Next(FrameType.Settings);
                peer.Get(1, "/push").ExpectResponse(1, 200, "page").Nothing();
                Assert.AreEqual(0, peer.Routes.Promised);
                peer.Settings(Setting.EnablePush, 1).Next(FrameType.Settings);
                peer.Get(3, "/push").Next(FrameType.PushPromise);
                peer.Reconnect().Greet(Setting.EnablePush, 0).Get(1, "/push").ExpectResponse(1, 200, "page").Nothing();
            });
        }

        // RFC 9113 5.1.2
        [TestMethod]
        public void The_clients_stream_limit_holds_for_promises()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumPushes = 5;
            limits.Exchanges = 6;
            limits.ExchangeSize = 512;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Settings(Setting.InitialWindowSize, 0, Setting.MaxConcurrentStreams, 2).Next(FrameType.Settings);
            peer.Get(1, "/pushmany/4");
            Assert.AreEqual(3, peer.Routes.Promised, "the first one has no body");
            peer.Settings(Setting.MaxConcurrentStreams, 0).Get(3, "/pushmany/4");
            Assert.AreEqual(4, peer.Routes.Promised - 0 + 1);
            peer.Settings(Setting.InitialWindowSize, 100);
            peer.Get(5, "/pushmany/2");
            peer.ExpectResponse(5, 200, "page").HoldsNothing();
        }

        [TestMethod]
        public void The_servers_own_limit_holds_for_promises()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumPushes = 0;
            NothingIsPromised(limits);
            limits.MaximumPushes = 2;
            limits.Exchanges = 1;
            NothingIsPromised(limits);
        }

        private static void NothingIsPromised(HttpLimits limits)
        {
            Http2Peer.Open(limits).Get(1, "/push").ExpectResponse(1, 200, "page").Nothing().HoldsNothing();
        }

        // RFC 9113 8.4: only on a stream that the client opened; a path begins with a solidus.
        [TestMethod]
        public void A_promised_request_makes_no_promises_and_nonsense_is_not_promised()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/pushpush").Next(FrameType.PushPromise);
            peer.ExpectResponse(1, 200, "page").ExpectResponse(2, 200, "page").Nothing();
            peer.Get(3, "/pushbad").ExpectResponse(3, 200, "page").Nothing().HoldsNothing();
        }

        [TestMethod]
        public void A_promise_that_throws_leaves_no_exchange_taken()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int stream = 1; stream < 10; stream += 2)
            {
                peer.Get(stream, "/pushnull").ExpectResponse(stream, 500, string.Empty).HoldsNothing();
            }

            peer.Get(11, "/push").Next(FrameType.PushPromise);
            peer.ExpectResponse(11, 200, "page").ExpectResponse(2, 200, "hello").HoldsNothing();
        }

        // RFC 9113 8.4.2 and 5.1
        [TestMethod]
        public void A_promised_stream_can_be_refused()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/pushbytes/100000").Next(FrameType.PushPromise);
                peer.Reset(2, ErrorCode.Cancel).Response(2);
                peer.ExpectResponse(1, 200, "page").ExpectAlive().Nothing().HoldsNothing();
            });
        }

        // RFC 9113 6.8
        [TestMethod]
        public void Nothing_is_promised_after_a_clients_GOAWAY_or_the_servers()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.GoAway(0, 0).Get(1, "/push").ExpectResponse(1, 200, "page").Nothing();
        }

        [TestMethod]
        public void Promises_respect_the_windows()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 7).Next(FrameType.Settings);
                peer.Get(1, "/pushbytes/100").Next(FrameType.PushPromise);
                peer.ExpectResponse(1, 200, "page").ExpectPart(2, 7);
                peer.WindowUpdate(2, 93).ExpectBody(2, 100);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void HEAD_may_have_promises_too()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Headers(1, FieldBlock.Request("HEAD", "/push"), true).Next(FrameType.PushPromise);
            peer.ExpectResponse(2, 200, "hello").ExpectResponse(1, 200, string.Empty).HoldsNothing();
        }

        // RFC 8297 2, RFC 9113 8.1
        [TestMethod]
        public void Early_hints_come_before_the_final_response_and_do_not_end_the_stream()
        {
            Ways.PlayAll(peer =>
            {
                PeerResponse response = peer.Get(1, "/hints").ExpectResponse(1, 200);
                Assert.AreEqual(":status: 103\nlink: </style.css>; rel=preload; as=style\n", response.Informational);
                Assert.AreEqual("page", response.Text);
                Assert.AreEqual(null, response.Field("link"));
                Assert.AreEqual(1, peer.Routes.Promised);
                peer.HoldsNothing();
            });
        }
    }
}
