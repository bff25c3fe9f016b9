using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 8.1.1, 8.2, 8.3 and 8.5: which field sections make a request.</summary>
    [TestClass]
    public class RequestFieldTests
    {
        private static int _stream;

        // RFC 9113 8.3.1
        [TestMethod]
        public void The_pseudo_header_fields_reach_the_handler()
        {
            Ways.PlayAll(peer => peer.Headers(1, FieldBlock.Get("/fields").Add("x-one", "1").Add("cookie", "a=b").Add("cookie", "c=d").Add("te", "trailers"), true)
                .ExpectResponse(1, 200, ":method: GET\n:scheme: http\n:path: /fields\n:authority: device\nx-one: 1\ncookie: a=b\ncookie: c=d\nte: trailers\n"));
        }

        [TestMethod]
        public void Pseudo_header_fields_are_all_there_once_and_first()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] names = { ":method", ":scheme", ":path", ":authority" };
                string[] values = { "GET", "http", "/", "device" };
                for (int missing = 0; missing < 3; missing++)
                {
                    FieldBlock block = new FieldBlock();
                    for (int i = 0; i < 4; i++)
                    {
                        if (i != missing)
                        {
                            block.Add(names[i], values[i]);
                        }
                    }

                    Malformed(peer, block);
                }

                for (int i = 0; i < 4; i++)
                {
                    Malformed(peer, FieldBlock.Get("/").Add(names[i], values[i]));
                    Malformed(peer, new FieldBlock().Add("x-first", "1").Add(names[i], values[i]));
                    FieldBlock late = new FieldBlock();
                    for (int j = 0; j < 4; j++)
                    {
                        if (j != i)
                        {
                            late.Add(names[j], values[j]);
                        }
                    }

                    Malformed(peer, late.Add("x-between", "1").Add(names[i], values[i]));
                }

                Malformed(peer, new FieldBlock());
            });
        }

        // RFC 9113 8.3: response pseudo-header fields and unknown ones.
        [TestMethod]
        public void Other_pseudo_header_fields_make_a_request_malformed()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] names = { ":status", ":protocol", ":foo", ":", ":Method" };
                for (int i = 0; i < names.Length; i++)
                {
                    Malformed(peer, FieldBlock.Get("/").Add(names[i], "200"));
                }
            });
        }

        // RFC 9113 8.2 and 8.2.1
        [TestMethod]
        public void Names_with_capital_letters_or_octets_that_are_no_token_are_malformed()
        {
            Http2Peer peer = Http2Peer.Open();
            byte[] value = { (byte)'v' };
            for (int octet = 0; octet < 256; octet++)
            {
                bool token = (octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || "!#$%&'*+-.^_`|~".IndexOf((char)octet) >= 0 && octet != 0;
                peer.Reconnect().Greet();
                _stream = 1;
                FieldBlock block = FieldBlock.Get("/").Add(new byte[] { (byte)'x', (byte)octet, (byte)'y' }, value);
                if (token)
                {
                    peer.Headers(1, block, true).ExpectResponse(1, 200, "hello");
                }
                else
                {
                    Malformed(peer, block);
                }
            }

            Malformed(peer.Reconnect().Greet(), FieldBlock.Get("/").Add(string.Empty, "v"));
        }

        [TestMethod]
        public void Values_with_control_octets_or_blanks_at_their_ends_are_malformed()
        {
            Http2Peer peer = Http2Peer.Open();
            byte[] name = { (byte)'x', (byte)'z' };
            for (int octet = 0; octet < 256; octet++)
            {
                peer.Reconnect().Greet();
                _stream = 1;
                bool forbidden = (octet < ' ' && octet != '\t') || octet == 0x7F;
                FieldBlock within = FieldBlock.Get("/").Add(name, new byte[] { (byte)'a', (byte)octet, (byte)'b' });
                FieldBlock before = FieldBlock.Get("/").Add(name, new byte[] { (byte)octet, (byte)'b' });
                FieldBlock behind = FieldBlock.Get("/").Add(name, new byte[] { (byte)'b', (byte)octet });
                Judge(peer, within, forbidden);
                Judge(peer, before, forbidden || octet == ' ' || octet == '\t');
                Judge(peer, behind, forbidden || octet == ' ' || octet == '\t');
            }
        }

        // RFC 9113 8.2.2
        [TestMethod]
        public void Connection_specific_fields_are_malformed()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] names = { "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" };
                for (int i = 0; i < names.Length; i++)
                {
                    Malformed(peer, FieldBlock.Get("/").Add(names[i], "x"));
                    Malformed(peer, FieldBlock.Get("/").Add(names[i], string.Empty));
                }

                string[] te = { "gzip", "trailers, gzip", "Trailers ", "trailersx", string.Empty };
                for (int i = 0; i < te.Length; i++)
                {
                    Malformed(peer, FieldBlock.Get("/").Add("te", te[i]));
                }

                peer.Headers(_stream, FieldBlock.Get("/").Add("te", "trailers"), true).ExpectResponse(_stream, 200, "hello");
            });
        }

        // RFC 9113 8.3.1
        [TestMethod]
        public void A_path_begins_with_a_solidus_or_is_an_asterisk_for_OPTIONS()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] paths = { string.Empty, "x", "*", "http://device/", "?q", "/ x", "/\u0001" };
                for (int i = 0; i < paths.Length; i++)
                {
                    Malformed(peer, FieldBlock.Get(paths[i]));
                }

                peer.Headers(_stream, FieldBlock.Request("OPTIONS", "*"), true).ExpectResponse(_stream, 200);
                peer.Headers(_stream + 2, FieldBlock.Get("/#f"), true).ExpectResponse(_stream + 2, 400);
                peer.Headers(_stream + 4, FieldBlock.Get("/\u00fc"), true).ExpectResponse(_stream + 4, 400);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void A_scheme_has_the_grammar_of_one()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] bad = { string.Empty, "http://x/y?", "1http", "ht tp", "http:", "h\u00e9", "+", "h_p" };
                for (int i = 0; i < bad.Length; i++)
                {
                    Malformed(peer, new FieldBlock().Add(":method", "GET").Add(":scheme", bad[i]).Add(":path", "/").Add(":authority", "d"));
                }

                string[] others = { "https", "HTTPS", "ftp", "h+t-t.p2" };
                for (int i = 0; i < others.Length; i++, _stream += 2)
                {
                    FieldBlock block = new FieldBlock().Add(":method", "GET").Add(":scheme", others[i]).Add(":path", "/").Add(":authority", "d");
                    peer.Headers(_stream, block, true).ExpectResponse(_stream, i < 2 ? 421 : 400);
                }

                // Those of the static table.
                peer.Headers(_stream, new FieldBlock().Raw(0x82, 0x86, 0x84).Add(":authority", "d"), true).ExpectResponse(_stream, 200);
                peer.Headers(_stream + 2, new FieldBlock().Raw(0x82, 0x87, 0x84).Add(":authority", "d"), true).ExpectResponse(_stream + 2, 421);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void An_authority_is_there_and_agrees_with_host()
        {
            Ways.Play(peer =>
            {
                FieldBlock bare = new FieldBlock().Add(":method", "GET").Add(":scheme", "http").Add(":path", "/");
                peer.Headers(1, bare, true).ExpectResponse(1, 400);
                bare.Add("host", "device");
                peer.Headers(3, bare, true).ExpectResponse(3, 200);
                _stream = 5;
                Malformed(peer, bare.Add("host", "device"));
                Malformed(peer, FieldBlock.Get("/").Add("host", "other"));
                Malformed(peer, FieldBlock.Get("/").Add("host", "device:80"));
                peer.Headers(_stream, FieldBlock.Get("/").Add("host", "DEVICE"), true).ExpectResponse(_stream, 200);
                string[] bad = { string.Empty, "user@device", "a b", "de/vice", ":80", "[::1", "x:y" };
                for (int i = 0; i < bad.Length; i++)
                {
                    _stream += 2;
                    FieldBlock block = new FieldBlock().Add(":method", "GET").Add(":scheme", "http").Add(":path", "/").Add(":authority", bad[i]);
                    peer.Headers(_stream, block, true).ExpectResponse(_stream, 400);
                }

                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void Methods_are_tokens_and_case_matters()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] bad = { string.Empty, "G ET", "GE,T", "G\u00e9T", "GET(" };
                for (int i = 0; i < bad.Length; i++)
                {
                    Malformed(peer, FieldBlock.Request(bad[i], "/"));
                }

                peer.Headers(_stream, FieldBlock.Request("get", "/"), true).ExpectResponse(_stream, 200);
                peer.Headers(_stream + 2, FieldBlock.Request("A-VERY-LONG-METHOD", "/"), true).ExpectResponse(_stream + 2, 200);
            });
        }

        // RFC 9113 8.5 and RFC 8441 4
        [TestMethod]
        public void CONNECT_is_refused_cleanly_and_malformed_with_scheme_or_path()
        {
            Ways.Play(peer =>
            {
                FieldBlock connect = new FieldBlock().Add(":method", "CONNECT").Add(":authority", "device:443");
                peer.Headers(1, connect, false).ExpectResponse(1, 501);
                peer.ExpectReset(1, ErrorCode.NoError).HoldsNothing();
                peer.Headers(3, connect, true).ExpectResponse(3, 501);
                _stream = 5;
                Malformed(peer, FieldBlock.Request("CONNECT", "/"));
                Malformed(peer, new FieldBlock().Add(":method", "CONNECT"));
                Malformed(peer, FieldBlock.Request("CONNECT", "/chat").Add(":protocol", "websocket"));
            });
        }

        // RFC 9110 9.3.8
        [TestMethod]
        public void TRACE_shows_nothing()
        {
            Ways.Play(peer =>
            {
                peer.Headers(1, FieldBlock.Request("TRACE", "/").Add("cookie", "secret"), true).ExpectResponse(1, 501, string.Empty);
                _stream = 3;
                Malformed(peer, FieldBlock.Request("TRACE", "no path"));
            });
        }

        // RFC 9113 8.1.1
        [TestMethod]
        public void A_body_of_another_length_than_content_length_is_malformed()
        {
            Ways.PlayAll(peer =>
            {
                _stream = 1;
                string[] routes = { "/gather", "/sinkdefer", "/answered" };
                for (int i = 0; i < routes.Length; i++)
                {
                    FieldBlock block = FieldBlock.Request("POST", routes[i]).Add("content-length", "10");
                    peer.Headers(_stream, block, false).Data(_stream, 9, true).ExpectReset(_stream, ErrorCode.ProtocolError).HoldsNothing();
                    Complete(peer);
                    _stream += 2;
                    peer.Headers(_stream, block, false).Data(_stream, 9, false).Data(_stream, 2, false).ExpectReset(_stream, ErrorCode.ProtocolError).HoldsNothing();
                    Complete(peer);
                    _stream += 2;
                    peer.Headers(_stream, block, false).Data(_stream, 3, false).Headers(_stream, new FieldBlock().Add("x", "y"), true);
                    peer.ExpectReset(_stream, ErrorCode.ProtocolError).HoldsNothing();
                    Complete(peer);
                    _stream += 2;
                    Malformed(peer, block);
                }

                peer.Headers(_stream, FieldBlock.Request("POST", "/gather").Add("content-length", "10"), false).Data(_stream, 4, false).Data(_stream, 6, true);
                peer.ExpectResponse(_stream, 200, "10");
                _stream += 2;
                peer.Headers(_stream, FieldBlock.Request("POST", "/gather").Add("content-length", "0"), true).ExpectResponse(_stream, 200, "0").HoldsNothing();
            });
        }

        [TestMethod]
        public void A_content_length_that_is_no_number_or_two_is_malformed()
        {
            Ways.Play(peer =>
            {
                _stream = 1;
                string[] values = { string.Empty, "-1", "+1", "1.0", "0x1", "1 2", "1, 1", "a", "99999999999999999999" };
                for (int i = 0; i < values.Length; i++)
                {
                    Malformed(peer, FieldBlock.Get("/").Add("content-length", values[i]));
                }

                Malformed(peer, FieldBlock.Request("POST", "/").Add("content-length", "1").Add("content-length", "2"));
                Malformed(peer, FieldBlock.Get("/").Add("content-length", "0").Add("content-length", "0"));
            });
        }

        // RFC 6585 5, RFC 9113 10.5.1: the connection lives, and the table stays right.
        [TestMethod]
        public void A_field_section_that_is_too_large_is_431()
        {
            Ways.PlayAll(peer =>
            {
                FieldBlock many = FieldBlock.Get("/");
                for (int i = 0; i < 100; i++)
                {
                    many.Add("x-" + i.ToString(), "y");
                }

                peer.Headers(1, many, true).ExpectResponse(1, 431);
                byte[] large = new byte[peer.Limits.MaximumFieldSectionSize];
                for (int i = 0; i < large.Length; i++)
                {
                    large[i] = (byte)'v';
                }

                peer.Headers(3, FieldBlock.Get("/").Add(new byte[] { (byte)'x' }, large), true).ExpectResponse(3, 431);
                peer.Headers(5, new FieldBlock().Add(":method", "GET").Add(":scheme", "http").Add(ScriptedDispatcher.Bytes(":path"), large).Add(":authority", "d"), true).ExpectResponse(5, 414);
                FieldBlock table = FieldBlock.WithTable("/").Add(new byte[] { (byte)'x' }, large).Raw(0x40, 2, (byte)'x', (byte)'y', 2, (byte)'z', (byte)'z');
                peer.Headers(7, table, true).ExpectResponse(7, 431);
                Assert.IsTrue(peer.Headers(9, FieldBlock.WithTable("/fields").Raw(0xBE), true).ExpectResponse(9, 200).Text.IndexOf("xy: zz\n") > 0);
                peer.HoldsNothing();
            });
        }

        // On another connection it would be too large too: REFUSED_STREAM would have the client try for ever.
        [TestMethod]
        public void What_is_too_large_is_431_also_where_it_refers_to_a_field_for_which_memory_was_short()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.DecoderTableSize = 4096;
            limits.DecoderMemory = 512;
            limits.ExchangeSize = 512;
            limits.Kept.Add("x");
            Http2Peer peer = Http2Peer.Open(limits);
            byte[] large = new byte[limits.ExchangeSize];
            for (int i = 0; i < large.Length; i++)
            {
                large[i] = (byte)'v';
            }

            // A literal that goes into the table, and twice the reference to it.
            FieldBlock block = new FieldBlock().Raw(0x3F, 0xE1, 0x1F).Add(":method", "GET").Add(":scheme", "http").Add(":path", "/").Add(":authority", "device");
            block.Raw(0x40, 1, (byte)'x', 0x7F, 0x81, 0x03).Raw(large).Raw(0xBE, 0xBE);
            peer.Headers(1, block, true).ExpectResponse(1, 431);
            peer.Get(3, "/").ExpectResponse(3, 200, "hello").HoldsNothing();
        }

        // RFC 9113 6.10: blocks in any number of frames.
        [TestMethod]
        public void A_field_block_may_be_cut_anywhere_into_frames()
        {
            byte[] block = FieldBlock.Get("/fields").Add("x-y", "z").ToArray();
            Http2Peer peer = Http2Peer.Open();
            for (int cut = 0; cut <= block.Length; cut++)
            {
                byte[] first = new byte[cut];
                byte[] second = new byte[block.Length - cut];
                System.Array.Copy(block, 0, first, 0, cut);
                System.Array.Copy(block, cut, second, 0, second.Length);
                peer.Reconnect().Greet().Frame(FrameType.Headers, FrameFlags.EndStream, 1, first).Frame(FrameType.Continuation, 0, 1).Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1, second);
                peer.ExpectResponse(1, 200, ":method: GET\n:scheme: http\n:path: /fields\n:authority: device\nx-y: z\n");
            }

            // Nothing else may come in between, not even of another stream.
            peer.Frame(FrameType.Headers, FrameFlags.EndStream, 3, block).Frame(FrameType.Continuation, FrameFlags.EndHeaders, 5).ExpectGoAway(ErrorCode.ProtocolError, 1);
            peer.Frame(FrameType.Headers, FrameFlags.EndStream, 1, block).Get(3, "/").ExpectGoAway(ErrorCode.ProtocolError, 0);
            peer.Frame(FrameType.Continuation, FrameFlags.EndHeaders, 0).ExpectGoAway(ErrorCode.ProtocolError, 0);
            peer.Get(1, "/").ExpectResponse(1, 200, "hello").Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1).ExpectGoAway(ErrorCode.ProtocolError, 1);
        }

        private static void Judge(Http2Peer peer, FieldBlock block, bool malformed)
        {
            if (malformed)
            {
                Malformed(peer, block);
            }
            else
            {
                peer.Headers(_stream, block, true).ExpectResponse(_stream, 200, "hello");
                _stream += 2;
            }
        }

        // RFC 9113 8.1.1: a stream error of type PROTOCOL_ERROR.
        private static void Malformed(Http2Peer peer, FieldBlock block)
        {
            int handled = peer.Routes.Handled;
            peer.Headers(_stream, block, true).ExpectReset(_stream, ErrorCode.ProtocolError).HoldsNothing();
            Assert.AreEqual(handled, peer.Routes.Handled, "requests handled");
            _stream += 2;
        }

        private static void Complete(Http2Peer peer)
        {
            if (peer.Routes.Deferred != null)
            {
                peer.Routes.Deferred.Complete();
                peer.Routes.Deferred = null;
            }
        }
    }
}
