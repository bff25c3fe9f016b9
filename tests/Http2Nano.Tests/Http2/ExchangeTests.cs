using System;
using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 8.1: requests and their responses, in all shapes.</summary>
    [TestClass]
    public class ExchangeTests
    {
        // RFC 9113 8.1
        [TestMethod]
        public void A_GET_is_answered()
        {
            Ways.PlayAll(peer => peer.Get(1, "/").ExpectResponse(1, 200, "hello").HoldsNothing().ExpectAlive());
        }

        [TestMethod]
        public void Bodies_of_every_kind_and_length_arrive_whole()
        {
            Ways.PlayAll(Bodies);
        }

        private static void Bodies(Http2Peer peer)
        {
            // A text lies in the exchange, beside the fields.
            Bodies(peer, "/bytes/", int.MaxValue, 1);
            Bodies(peer, "/unknown/", int.MaxValue, 101);
            Bodies(peer, "/array/", 5000, 201);
            Bodies(peer, "/text/", peer.Limits.ExchangeSize * 2 / 3, 301);
        }

        private static void Bodies(Http2Peer peer, string kind, int longest, int stream)
        {
            int[] lengths = { 0, 1, 2, 100, 450, 500, 512, 600, 1000, 1024, 2048, 5000, 16383, 16384, 16385, 40000 };
            for (int i = 0; i < lengths.Length && lengths[i] <= longest; i++, stream += 2)
            {
                if (lengths[i] > 1)
                {
                    peer.WindowUpdate(0, lengths[i]);
                }

                peer.Get(stream, kind + lengths[i].ToString()).ExpectBody(stream, lengths[i]);
                peer.HoldsNothing();
            }
        }

        // RFC 9110 8.6
        [TestMethod]
        public void Content_length_is_said_where_it_is_known()
        {
            Http2Peer peer = Http2Peer.Open();
            Assert.AreEqual("5", peer.Get(1, "/").ExpectResponse(1, 200).Field("content-length"));
            Assert.AreEqual("700", peer.Get(3, "/bytes/700").ExpectResponse(3, 200).Field("content-length"));
            Assert.AreEqual(null, peer.Get(5, "/unknown/700").ExpectResponse(5, 200).Field("content-length"));
            Assert.AreEqual("0", peer.Get(7, "/nothing").ExpectResponse(7, 200).Field("content-length"));
        }

        // RFC 9110 6.6.1
        [TestMethod]
        public void Responses_are_dated_once_where_the_clock_is_set()
        {
            Http2Peer peer = Http2Peer.Open();
            string date = peer.Get(1, "/").ExpectResponse(1, 200).Field("date");
            DateTime now = DateTime.UtcNow;
            if (now.Year < 2024)
            {
                Assert.IsNull(date);
            }
            else
            {
                Assert.AreEqual(29, date.Length);
                Assert.AreEqual(now.Year.ToString(), date.Substring(12, 4));
            }

            string fields = peer.Get(3, "/dated").ExpectResponse(3, 200).Fields;
            Assert.IsTrue(fields.IndexOf("date: Sun, 06 Nov 1994 08:49:37 GMT\n") > 0, fields);
            Assert.AreEqual(fields.IndexOf("date: "), fields.LastIndexOf("date: "));
        }

        // RFC 9113 8.1.1: a response whose length is not that of its body is malformed, so a handler cannot make one.
        [TestMethod]
        public void A_content_length_of_the_handler_never_contradicts_the_body()
        {
            Http2Peer peer = Http2Peer.Open();
            Assert.AreEqual("5", peer.Get(1, "/wronglength/77").ExpectResponse(1, 200).Field("content-length"));
            Assert.AreEqual("0", peer.Get(3, "/length/77").ExpectResponse(3, 200).Field("content-length"));
            PeerResponse response = peer.Headers(5, FieldBlock.Request("HEAD", "/length/77"), true).ExpectResponse(5, 200);
            Assert.AreEqual("77", response.Field("content-length"), "to HEAD");
        }

        // RFC 9110 9.3.2, 15.3.5, 15.3.6, 15.4.5
        [TestMethod]
        public void HEAD_and_statuses_without_content_have_no_DATA()
        {
            Ways.PlayAll(peer =>
            {
                string[] paths = { "/", "/bytes/700", "/unknown/700", "/array/10", "/trailers/1", "/statussource/200" };
                int stream = 1;
                for (int i = 0; i < paths.Length; i++, stream += 2)
                {
                    PeerResponse response = peer.Headers(stream, FieldBlock.Request("HEAD", paths[i]), true).ExpectResponse(stream, 200);
                    Assert.IsTrue(response.Body == null, paths[i]);
                    Assert.IsTrue(response.Trailers == null, paths[i]);
                    peer.HoldsNothing();
                }

                int[] statuses = { 204, 205, 304 };
                for (int i = 0; i < statuses.Length; i++, stream += 2)
                {
                    string path = (stream & 2) == 0 ? "/status/" : "/statussource/";
                    PeerResponse response = peer.Get(stream, path + statuses[i].ToString()).ExpectResponse(stream, statuses[i]);
                    Assert.IsTrue(response.Body == null);
                    Assert.AreEqual(statuses[i] == 205 ? "0" : null, response.Field("content-length"));
                    peer.HoldsNothing();
                }
            });
        }

        // RFC 9113 8.3.2: a final status has three digits, and 1xx is not final.
        [TestMethod]
        public void A_status_that_is_none_becomes_500()
        {
            Http2Peer peer = Http2Peer.Open();
            int[] statuses = { 0, 1, 99, 100, 101, 103, 199, 600, 1000 };
            int stream = 1;
            for (int i = 0; i < statuses.Length; i++, stream += 2)
            {
                peer.Get(stream, "/status/" + statuses[i].ToString()).ExpectResponse(stream, 500, string.Empty);
            }

            peer.Get(stream, "/status/599").ExpectResponse(stream, 599, "body");
            peer.HoldsNothing();
        }

        // RFC 9113 8.2.2
        [TestMethod]
        public void Connection_specific_fields_of_a_handler_are_left_out()
        {
            Http2Peer peer = Http2Peer.Open();
            PeerResponse response = peer.Get(1, "/hop").ExpectResponse(1, 200);
            Assert.AreEqual(":status: 200\nx-first: 1\ndate: today\nx-last: 2\ncontent-length: 5\n", response.Fields);
        }

        [TestMethod]
        public void A_handler_that_throws_gets_500_and_harms_nobody()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/throw").ExpectResponse(1, 500, string.Empty);
                peer.Get(3, "/throwlate").ExpectResponse(3, 500, string.Empty);
                peer.Get(5, "/routethrow").ExpectResponse(5, 500, string.Empty);
                Assert.AreEqual(3, peer.Routes.Failures);
                peer.Get(7, "/").ExpectResponse(7, 200, "hello").HoldsNothing();
            });
        }

        [TestMethod]
        public void Fields_that_can_never_be_sent_become_500()
        {
            Http2Peer peer = Http2Peer.Open(Ways.Small());
            peer.Get(1, "/many/3").ExpectResponse(1, 200, "hello");
            peer.Get(3, "/many/12").ExpectResponse(3, 500, string.Empty).HoldsNothing().ExpectAlive();
        }

        // Up to the last octet of the transmit buffer, RST_STREAM still has room behind the fields.
        [TestMethod]
        public void Fields_of_every_length_leave_room_for_what_follows()
        {
            Http2Peer peer = Http2Peer.Open(Ways.Small());
            int refused = 0;
            for (int length = 400; length < 520; length++)
            {
                int stream = ((length - 400) * 2) + 1;
                peer.Post(stream, "/ignorewide/" + length.ToString());
                PeerResponse response = peer.Response(stream);
                Assert.IsTrue(response.Ended && (response.Status == 200 || response.Status == 500), length.ToString());
                refused += response.Status == 500 ? 1 : 0;
                peer.ExpectReset(stream, ErrorCode.NoError).HoldsNothing();
                peer.Elapse(100);
            }

            Assert.IsTrue(refused > 0 && refused < 120, "both");
        }

        // RFC 9113 8.1: the whole response, and then RST_STREAM with NO_ERROR asks the client to stop.
        [TestMethod]
        public void A_response_may_come_before_the_body_of_its_request_ends()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/ignore").ExpectResponse(1, 200, "hello");
                peer.ExpectReset(1, ErrorCode.NoError).HoldsNothing();

                // What it had sent by then is dropped.
                peer.Data(1, 500, false).Data(1, 500, true).ExpectAlive().Nothing();
                peer.Headers(1, new FieldBlock().Add("x-late", "trailer"), true).Reset(1, ErrorCode.Cancel).ExpectAlive().Nothing();
            });
        }

        [TestMethod]
        public void A_short_body_that_nobody_wants_is_read_to_its_end()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/answered").Nothing().Data(1, 300, false).Nothing().Data(1, 10, true);
                peer.ExpectResponse(1, 404, "not here").Nothing().HoldsNothing();

                // It is granted what it needs, and no more than MaximumDrain.
                peer.Post(3, "/answered").Nothing();
                peer.Data(3, 1000, false);
                Assert.AreEqual(peer.Limits.MaximumDrain, peer.Granted(3) + peer.Limits.InitialWindowSize, "granted");
                peer.Data(3, 10000, false).Nothing().Data(3, 5384, false).ExpectResponse(3, 404, "not here");
                peer.ExpectReset(3, ErrorCode.NoError).HoldsNothing();

                // And one that announces more is not begun.
                peer.Headers(5, FieldBlock.Request("POST", "/answered").Add("content-length", "16385"), false);
                peer.ExpectResponse(5, 404, "not here").ExpectReset(5, ErrorCode.NoError).HoldsNothing();
            });
        }

        [TestMethod]
        public void A_deferred_response_comes_when_it_is_completed()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/defer").Nothing().ExpectAlive();
                peer.Get(3, "/").ExpectResponse(3, 200, "hello");
                Assert.IsTrue(peer.Session.AwaitsApplication);
                peer.Routes.Deferred.Write("later");
                peer.Nothing();
                peer.Routes.Deferred.Complete();
                peer.Pump();
                peer.ExpectResponse(1, 200, "later").HoldsNothing();
                Assert.IsFalse(peer.Session.AwaitsApplication);
            });
        }

        [TestMethod]
        public void The_storage_of_a_deferred_response_is_nobody_elses_before_it_is_completed()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 1;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Get(1, "/defer").Reset(1, ErrorCode.Cancel);
            peer.Get(3, "/").Nothing();
            peer.Routes.Deferred.Write("into the void");
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(3, 200, "hello").HoldsNothing();
        }

        [TestMethod]
        public void A_request_waits_a_second_for_a_deferred_response_to_be_completed()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 1;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Get(1, "/defer").Get(3, "/").Get(5, "/").Nothing();
            peer.Elapse(999);
            peer.Nothing();
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(1, 200, string.Empty).ExpectResponse(3, 200, "hello").ExpectResponse(5, 200, "hello");

            // Then it is refused, and so are those behind it, until there is storage again.
            peer.Get(7, "/defer").Get(9, "/").Get(11, "/").Nothing();
            peer.Elapse(1000);
            peer.ExpectReset(9, ErrorCode.RefusedStream).ExpectReset(11, ErrorCode.RefusedStream).ExpectAlive();
            peer.Get(13, "/").ExpectReset(13, ErrorCode.RefusedStream);
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(7, 200, string.Empty).HoldsNothing();
        }

        // RFC 9113 8.1: a body that breaks off is no complete response.
        [TestMethod]
        public void A_source_that_fails_or_lies_about_its_length_resets_its_stream()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Source.FailAt = 100;
                peer.Get(1, "/bytes/700").ExpectPart(1, 100);
                peer.ExpectReset(1, ErrorCode.InternalError).HoldsNothing();
                Assert.IsFalse(peer.Routes.Source.Complete);
                peer.Routes.Source.FailAt = int.MaxValue;

                peer.Routes.Source.ThrowAt = 10;
                peer.Get(3, "/unknown/700").ExpectPart(3, 10);
                peer.ExpectReset(3, ErrorCode.InternalError).HoldsNothing();
                peer.Routes.Source.ThrowAt = int.MaxValue;

                peer.Routes.Source.EndAt = 50;
                peer.Get(5, "/bytes/700").ExpectPart(5, 50);
                peer.ExpectReset(5, ErrorCode.InternalError).HoldsNothing();
                peer.Routes.Source.EndAt = int.MaxValue;

                peer.Routes.Source.ThrowsOnClose = true;
                peer.Get(7, "/bytes/70").ExpectBody(7, 70);
                peer.HoldsNothing().ExpectAlive().Nothing();
            });
        }

        [TestMethod]
        public void A_source_without_news_is_asked_again_and_stalls_nobody()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Source.StallAt = 300;
                peer.Get(1, "/unknown/700").ExpectPart(1, 300);
                Assert.IsTrue(peer.Session.AwaitsApplication);
                peer.Get(3, "/").ExpectResponse(3, 200, "hello").ExpectAlive();
                peer.Routes.Source.StallAt = int.MaxValue;
                peer.Pump();
                peer.ExpectBody(1, 700);
                peer.HoldsNothing();
                Assert.IsFalse(peer.Session.AwaitsApplication);
            });
        }
    }
}
