using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 8.1: trailer sections of requests and of responses.</summary>
    [TestClass]
    public class TrailerTests
    {
        [TestMethod]
        public void Trailers_of_a_gathered_request_reach_the_handler()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/gather").Data(1, 300, false).Headers(1, new FieldBlock().Add("x-sum", "123").Add("x-more", "4"), true);
                peer.ExpectResponse(1, 200, "300").HoldsNothing();
                Assert.AreEqual("x-sum: 123\nx-more: 4\n", peer.Routes.Trailers);
                peer.Post(3, "/gather").Headers(3, new FieldBlock(), true).ExpectResponse(3, 200, "0");
                peer.Get(5, "/gather").ExpectResponse(5, 200, "0");
                Assert.IsTrue(peer.Routes.Trailers == null);
            });
        }

        [TestMethod]
        public void Trailers_end_every_kind_of_body()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                peer.Data(1, 30, false).Headers(1, new FieldBlock().Add("x-sum", "1"), true).Nothing().HoldsNothing();
                Assert.IsTrue(peer.Routes.Sink.Complete);
                peer.Post(3, "/answered").Headers(3, new FieldBlock().Add("x-sum", "1"), true).ExpectResponse(3, 404, "not here").HoldsNothing();
            });
        }

        // RFC 9113 8.1: HEADERS without END_STREAM in the middle of a body.
        [TestMethod]
        public void A_second_field_section_without_END_STREAM_is_a_PROTOCOL_ERROR_of_the_stream()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/gather").Data(1, 30, false).Headers(1, new FieldBlock().Add("x-sum", "1"), false);
                peer.ExpectReset(1, ErrorCode.ProtocolError).HoldsNothing().ExpectAlive();
            });
        }

        // RFC 9113 8.1, 8.2.1, 8.3
        [TestMethod]
        public void Malformed_trailers_are_a_PROTOCOL_ERROR_of_the_stream()
        {
            Ways.PlayAll(peer =>
            {
                int stream = 1;
                string[] routes = { "/gather", "/sinkdefer", "/answered" };
                for (int i = 0; i < routes.Length; i++)
                {
                    string[] names =
                    {
                        ":method", ":status", ":path", ":foo", "X-Sum", "x y",

                        // RFC 9113 8.2.2
                        "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te",
                    };
                    for (int j = 0; j < names.Length; j++, stream += 2)
                    {
                        peer.Post(stream, routes[i]).Headers(stream, new FieldBlock().Add("x-ok", "1").Add(names[j], "GET"), true);
                        peer.ExpectReset(stream, ErrorCode.ProtocolError).HoldsNothing();
                        if (i == 1)
                        {
                            Assert.IsFalse(peer.Routes.Sink.Complete);
                            peer.Routes.Deferred.Complete();
                        }
                    }
                }
            });
        }

        [TestMethod]
        public void Trailers_too_large_to_keep_are_431()
        {
            Ways.PlayAll(peer =>
            {
                FieldBlock block = new FieldBlock();
                for (int i = 0; i < 80; i++)
                {
                    block.Add("x-" + i.ToString(), "y");
                }

                peer.Post(1, "/gather").Data(1, peer.Limits.InitialWindowSize, false).Headers(1, block, true).ExpectResponse(1, 431, string.Empty).HoldsNothing().ExpectAlive();
                Assert.AreEqual(0, peer.Routes.Handled);
            });
        }

        [TestMethod]
        public void Response_trailers_follow_every_kind_of_body()
        {
            Ways.PlayAll(peer =>
            {
                string[] bodies = { string.Empty, "hello" };
                int stream = 1;
                for (int kind = 0; kind < 6; kind++, stream += 2)
                {
                    PeerResponse response = peer.Get(stream, "/trailers/" + kind.ToString()).ExpectResponse(stream, 200);
                    Assert.AreEqual("x-after: 2\n" + (kind == 5 ? "x-late: known now\n" : string.Empty), response.Trailers);
                    Assert.AreEqual("1", response.Field("x-before"));
                    Assert.AreEqual(null, response.Field("x-after"), "among the fields");
                    Assert.AreEqual(kind < 2 ? bodies[kind].Length : 50, response.Length);
                    peer.Nothing().HoldsNothing();
                }
            });
        }

        [TestMethod]
        public void Response_trailers_wait_for_the_window_of_their_body()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 49).Next(FrameType.Settings);
                for (int kind = 2; kind < 5; kind++)
                {
                    peer.Get((kind * 2) + 1, "/trailers/" + kind.ToString()).ExpectPart((kind * 2) + 1, 49);

                    // A body of unknown length may be longer, so its end is found only with a window for more.
                    peer.WindowUpdate((kind * 2) + 1, kind == 4 ? 2 : 1);
                    Assert.AreEqual("x-after: 2\n", peer.ExpectResponse((kind * 2) + 1, 200).Trailers);
                }

                peer.HoldsNothing();
            });
        }
    }
}
