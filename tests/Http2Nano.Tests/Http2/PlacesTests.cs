using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// RFC 9113 5.1.2: a hundred streams are announced to clients with a wide window, and servers here have places for two. A request
    /// that finds none waits unread, as long as one can become free without anything being read.
    /// </summary>
    [TestClass]
    public class PlacesTests
    {
        [TestMethod]
        public void A_hundred_requests_at_once_are_answered_by_a_server_with_two_places()
        {
            Http2Peer peer = Http2Peer.Open(TwoPlaces());
            string[] kinds = { "/", "/text/300", "/bytes/600", "/array/600", "/unknown/600" };
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                peer.Reconnect().Greet().Hold();
                for (int stream = 1; stream < 200; stream += 2)
                {
                    peer.Get(stream, kinds[kind]);
                }

                peer.Release();
                int length = kind == 0 ? 5 : kind == 1 ? 300 : 600;
                for (int stream = 1; stream < 200; stream += 2)
                {
                    Assert.AreEqual(length, peer.ExpectResponse(stream, 200).Length, stream.ToString());
                }

                peer.Nothing().HoldsNothing();
                Assert.AreEqual(0, peer.Counters.Refused);
            }
        }

        // RFC 9110 9.3.1. got and Apache end the streams with empty DATA frames behind the HEADERS of others.
        [TestMethod]
        [DataRow("GET", 16)]
        [DataRow("HEAD", 16)]
        [DataRow("GET", 2)]
        public void A_request_for_which_no_content_matters_is_answered_before_its_stream_is_ended(string method, int places)
        {
            HttpLimits limits = TwoPlaces();
            limits.MaximumStreams = places;
            Http2Peer peer = Http2Peer.Open(limits);
            int glitches = peer.Counters.Glitches;
            peer.Hold();
            for (int stream = 1; stream < 20; stream += 2)
            {
                peer.Headers(stream, FieldBlock.Request(method, "/"), false);
            }

            for (int stream = 1; stream < 20; stream += 2)
            {
                peer.Data(stream, string.Empty, true);
            }

            peer.Release();
            for (int stream = 1; stream < 20; stream += 2)
            {
                peer.ExpectResponse(stream, 200, method == "GET" ? "hello" : string.Empty);
                if (places == 2 && stream % 4 == 3 && stream < 19)
                {
                    // RFC 9113 8.1: the others wait unread until the streams of these are ended.
                    peer.Nothing().Elapse(250);
                    peer.ExpectReset(stream - 2, ErrorCode.NoError).ExpectReset(stream, ErrorCode.NoError);
                }
            }

            peer.Elapse(250);
            peer.HoldsNothing();
            Assert.AreEqual(0, peer.Counters.Refused);
            Assert.AreEqual(glitches, peer.Counters.Glitches);
        }

        [TestMethod]
        public void Content_of_a_GET_is_dropped_and_that_of_a_GET_that_says_its_length_is_waited_for()
        {
            Http2Peer peer = Http2Peer.Open(TwoPlaces());
            peer.Headers(1, FieldBlock.Get("/"), false).ExpectResponse(1, 200, "hello").Data(1, "content", true).HoldsNothing();
            peer.Headers(3, FieldBlock.Get("/").Add("content-length", "3"), false).Nothing().Data(3, "abc", true).ExpectResponse(3, 200, "hello").HoldsNothing();
        }

        [TestMethod]
        public void A_request_waits_a_second_for_a_source_that_has_nothing_and_then_clients_keep_others_back()
        {
            Http2Peer peer = Wide();
            peer.Routes.Source.StallAt = 0;
            peer.Get(1, "/unknown/10").ExpectPart(1, 0);
            peer.Get(3, "/unknown/20").ExpectPart(3, 0);
            peer.Get(5, "/").Ping().Elapse(999);
            peer.Nothing().Elapse(1);
            peer.ExpectPlaces(2).ExpectReset(5, ErrorCode.RefusedStream).Next(FrameType.Ping);

            // No other one waits, and it is said once.
            peer.Get(7, "/").ExpectReset(7, ErrorCode.RefusedStream);

            // RFC 9113 6.5.2: when all have ended there are a hundred again.
            peer.Routes.Source.StallAt = int.MaxValue;
            peer.Pump();
            peer.ExpectBody(1, 10);
            peer.ExpectBody(3, 20);
            peer.Elapse(250);
            peer.ExpectPlaces(100).Get(9, "/").ExpectResponse(9, 200, "hello").HoldsNothing().Nothing();
        }

        [TestMethod]
        public void Clients_are_told_when_all_places_are_held_for_longer_than_it_takes_to_send()
        {
            Http2Peer peer = Wide();
            peer.Routes.Source.StallAt = 0;
            peer.Get(1, "/unknown/10").ExpectPart(1, 0);
            peer.Elapse(1000);
            peer.Nothing().Post(3, "/sink");
            Assert.AreEqual("taken", peer.Response(3).Text);
            peer.Elapse(1000);
            peer.Nothing().Elapse(250);
            peer.ExpectPlaces(2).Elapse(1000);
            peer.Nothing();
            Assert.AreEqual(0, peer.Counters.Refused);
        }

        // What else the client has sent lies behind the request: a PING, the acknowledgement of SETTINGS, the rest of an upload.
        [TestMethod]
        public void A_request_waits_five_seconds_for_responses_that_are_being_sent_and_nobody_is_late_meanwhile()
        {
            HttpLimits limits = TwoPlaces();
            limits.MaximumStreams = 3;
            limits.SettingsTimeout = 1000;
            limits.BodyTimeout = 1000;
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), limits);
            peer.Begin().Settings(Setting.InitialWindowSize, 1000000).WindowUpdate(0, 1000000).Next(FrameType.Settings);
            peer.Next(FrameType.Settings);
            peer.Next(FrameType.Settings);
            peer.Post(1, "/sink");
            Assert.AreEqual("taken", peer.Response(1).Text);
            peer.ReadLimit = 0;
            peer.Get(3, "/bytes/30000").Get(5, "/bytes/30000").Get(7, "/");
            peer.Data(1, 10, true).Frame(FrameType.Settings, FrameFlags.Ack, 0).Ping();
            int quarters = 0;
            for (; peer.Counters.Refused == 0 && quarters < 40; quarters++)
            {
                peer.ReadLimit = 1000;
                peer.Elapse(250);
            }

            Assert.IsTrue(quarters > 18 && quarters < 24, quarters.ToString());
            Assert.AreEqual(10, peer.Routes.Sink.Taken);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            peer.ExpectBody(3, 30000);
            peer.ExpectBody(5, 30000);
            peer.ExpectPlaces(3).ExpectReset(7, ErrorCode.RefusedStream).Next(FrameType.Ping);
            peer.HoldsNothing();
        }

        // Nothing is received or sent when the application lets go of what a client before has left, so it has to be asked.
        [TestMethod]
        public void A_request_waits_for_an_exchange_that_the_application_keeps_for_a_client_that_has_gone()
        {
            Http2Peer peer = Http2Peer.Open(TwoPlaces());
            peer.Get(1, "/defer").Nothing().Reconnect().Greet();
            peer.Get(1, "/").Nothing().Elapse(900);
            Assert.IsTrue(peer.Nothing().Session.AwaitsApplication);
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(1, 200, "hello").HoldsNothing();
            Assert.IsFalse(peer.Session.AwaitsApplication);
        }

        // RFC 9113 6.9: what would open the window lies behind the request.
        [TestMethod]
        public void A_request_does_not_wait_for_a_window()
        {
            Http2Peer peer = Http2Peer.Open(TwoPlaces());
            peer.Settings(Setting.InitialWindowSize, 10).Next(FrameType.Settings);
            peer.Hold().Get(1, "/bytes/20").Get(3, "/bytes/20").Get(5, "/").WindowUpdate(1, 10).WindowUpdate(3, 10).Release();
            peer.ExpectBody(1, 20);
            peer.ExpectBody(3, 20);
            peer.ExpectReset(5, ErrorCode.RefusedStream).HoldsNothing();
        }

        // RFC 9113 6.8: a request that waits is not processed when the server stops.
        [TestMethod]
        public void A_request_that_waits_keeps_no_server_from_stopping()
        {
            Http2Peer peer = Http2Peer.Open(TwoPlaces());
            peer.Get(1, "/defer").Get(3, "/").Ping().Nothing();
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            peer.ExpectGracefulGoAway(1).Next(FrameType.Ping);
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(1, 200, string.Empty);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(1, peer.Routes.Handled);
        }

        // RFC 9113 6.9: with a narrow window a hundred responses would stop, each before its end.
        [TestMethod]
        public void A_hundred_streams_are_announced_to_clients_with_a_window_for_their_responses()
        {
            Http2Peer peer = Http2Peer.Open(TwoPlaces());
            peer.WindowUpdate(0, (1 << 20) - 65536).Nothing();
            peer.WindowUpdate(0, 1).ExpectPlaces(100).WindowUpdate(0, 1).Nothing();

            // Later than the first request it is seen when nothing is under way.
            peer.Reconnect().Greet().Get(1, "/defer").WindowUpdate(1, 1).Get(3, "/").WindowUpdate(0, 1 << 20).Nothing();
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(1, 200, string.Empty).ExpectResponse(3, 200, "hello").Elapse(250);
            peer.ExpectPlaces(100).HoldsNothing();
        }

        private static Http2Peer Wide()
        {
            return Http2Peer.Open(TwoPlaces()).WindowUpdate(0, 1 << 20).ExpectPlaces(100);
        }

        private static HttpLimits TwoPlaces()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 2;
            limits.MaximumPushes = 0;
            limits.Exchanges = 1;
            limits.ExchangeSize = 832;
            return limits;
        }
    }
}
