using Http2Nano.Hosting;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>When a connection makes way for a client that waits (RFC 9112 9.4, 9.5), with simulated time.</summary>
    [TestClass]
    public class GateTests
    {
        private const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";
        private const string Download = "GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n";
        private const string Upload = "POST /staken HTTP/1.1\r\nHost: d\r\nContent-Length: 100000\r\n\r\n";
        private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

        [TestMethod]
        public void Nobody_makes_way_for_nobody()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Send(Get);
            for (int i = 0; i < 16; i++)
            {
                client.Peer.Elapse(200);
                client.Alone();
                Assert.IsFalse(client.Peer.Closed);
            }

            Assert.AreEqual(0, client.Peer.Counters.GaveWay);
        }

        [TestMethod]
        public void A_newcomer_has_its_grace_for_the_first_request()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.NewcomerGrace = 120;
            GatedPeer client = new GatedPeer(options);
            client.Send("GET / HTTP/1.1\r\n");
            Assert.AreEqual(120, client.Wait(1000));
            Assert.AreEqual(1, client.Peer.Counters.GaveWay);
        }

        // Behind a TLS handshake, for instance.
        [TestMethod]
        public void Newcomers_that_say_nothing_leave_each_other_less_time()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            int last = client.Wait(1000);
            Assert.AreEqual(250, last);
            for (int i = 0; i < 20; i++)
            {
                client.Connect();
                int time = client.Wait(1000);
                Assert.IsTrue(time > 0 && time <= last, "not shorter: " + time.ToString());
                last = time;
            }

            Assert.AreEqual(5, last);
        }

        [TestMethod]
        public void Behind_a_handshake_the_first_request_is_waited_for_before_the_connection_is_set_aside()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.ConnectSecurely();
            Assert.AreEqual(GatedPeer.Never, client.Wait(40));
            client.Send(Get);
            client.Peer.NextIs(200);
            client.Wait(1000);
            Assert.IsTrue(client.IsSetAside);

            client.ConnectSecurely();
            Assert.AreEqual(50, client.Wait(1000));
            Assert.IsTrue(client.IsSetAside);
            for (int i = 0; i < 10; i++)
            {
                client.Connect();
                client.Send("G");
                client.Wait(1000);
            }

            client.ConnectSecurely();
            Assert.AreEqual(3, client.Wait(1000));
            Assert.IsTrue(client.IsSetAside);
        }

        [TestMethod]
        public void A_client_that_is_cut_off_while_it_sends_is_listened_to_for_less_time_in_a_crowd()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Send(Upload + "abc");
            Assert.AreEqual(GatedPeer.Never, client.Wait(100));
            Assert.IsTrue(client.HasMoved);
            client.Connect();
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            client.Send(Upload + "abc");
            Assert.IsTrue(client.Wait(1000) < 10);
            Assert.IsFalse(client.HasMoved);
        }

        [TestMethod]
        public void A_request_that_comes_within_the_grace_is_answered_with_close()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Send("GET / HTTP/1.1\r\n");
            Assert.AreEqual(GatedPeer.Never, client.Wait(200));
            client.Peer.Session.GiveWay = true;
            client.Send("Host: d\r\n\r\n");
            Http1Reply reply = client.Peer.Next();
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("close", reply.Field("connection"));
            Assert.IsTrue(client.Peer.Closed);
        }

        // RFC 9112 9.6. What is set aside loses its place only if somebody needs it who finds none.
        [TestMethod]
        [DataRow(Others.Nobody, true, false)]
        [DataRow(Others.Quiet, true, false)]
        [DataRow(Others.Waiting, true, false)]
        [DataRow(Others.Waiting, false, true)]
        [DataRow(Others.Quiet, false, false)]
        [DataRow(Others.Outside, true, true)]
        [DataRow(Others.Waiting | Others.Full, true, true)]
        [DataRow(Others.Served, false, false)]
        public void A_response_says_close_where_another_client_needs_the_place(int others, bool parkable, bool closes)
        {
            Assert.AreEqual(closes, new GatedPeer(new HttpServerOptions()).IsToClose(others, parkable));
        }

        [TestMethod]
        public void An_idle_connection_gives_way_after_a_moment_for_what_is_on_its_way()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Send(Get);
            client.Peer.NextIs(200);
            client.Peer.Elapse(1000);
            client.Alone();
            client.Peer.Elapse(1000);
            int time = client.Wait(1000);
            Assert.IsTrue(time <= 6, "milliseconds: " + time.ToString());
            Assert.IsTrue(client.Ended);
            client.Peer.NothingMore();
        }

        [TestMethod]
        public void Connections_that_are_idle_over_http_1_leave_newcomers_their_time()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 20; i++)
            {
                client.Send(Get);
                client.Wait(1000);
                Assert.IsTrue(client.Ended);
                client.Connect();
            }

            Assert.AreEqual(250, client.ParkedGrace);
        }

        [TestMethod]
        public void A_request_that_may_be_on_its_way_over_http_1_has_its_round_trip_in_any_crowd()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            client.Send(Get);
            client.Peer.NextIs(200);
            int time = client.Wait(1000);
            Assert.IsTrue(time >= 200 && time <= 210, "milliseconds: " + time.ToString());
        }

        [TestMethod]
        public void Each_connection_that_holds_others_up_shortens_the_time_of_the_next_one()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            int all = 0;
            int last = int.MaxValue;
            for (int i = 0; i < 200; i++)
            {
                client.Send("G");
                int time = client.Wait(1000);
                Assert.IsTrue(time > 0 && time <= last, "not shorter: " + time.ToString());
                last = time;
                all += time;
                client.Connect();
            }

            Assert.IsTrue(all < 1500, "two hundred took milliseconds: " + all.ToString());
            Assert.AreEqual(3, last);
        }

        [TestMethod]
        public void Quick_requests_between_do_not_give_a_crowd_its_time_back()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            int all = 0;
            for (int i = 0; i < 100; i++)
            {
                client.Send("G");
                all += client.Wait(1000);
                client.Connect();
                client.Send(Get);
                client.Connect();
            }

            Assert.IsTrue(all < 1500, "milliseconds: " + all.ToString());
        }

        [TestMethod]
        public void A_silence_counts_even_when_the_connection_comes_to_its_end_by_itself()
        {
            // The last response lingers for as long as a stall may take.
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            int all = 0;
            for (int i = 0; i < 200; i++)
            {
                client.Peer.Session.GiveWay = true;
                client.Send(Get + "GET");
                all += client.Wait(1000);
                client.Connect();
            }

            Assert.IsTrue(all < 1500, "milliseconds: " + all.ToString());
        }

        [TestMethod]
        public void The_full_grace_is_back_when_nobody_waits()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            Assert.AreEqual(5, client.ParkedGrace);
            client.Alone();
            client.Connect();
            Assert.AreEqual(250, client.ParkedGrace);
            client.Send("G");
            Assert.AreEqual(250, client.Wait(1000));
        }

        [TestMethod]
        public void A_crowd_that_pauses_for_less_than_a_second_is_still_one()
        {
            // Who finds the backlog full comes back a second later.
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            client.Alone(900);
            Assert.AreEqual(3, client.Grace(250));
            client.Send("G");
            Assert.IsTrue(client.Wait(1000) <= 4);
        }

        [TestMethod]
        public void Each_client_that_is_answered_gives_the_next_one_some_of_its_time_back()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            Assert.AreEqual(3, client.Grace(250));
            int last = 3;
            for (int i = 0; i < 12; i++)
            {
                client.Peer.Session.GiveWay = true;
                client.Send(Get);
                client.Connect();
                Assert.IsTrue(client.Grace(250) >= last, "less: " + client.Grace(250).ToString());
                last = client.Grace(250);
            }

            Assert.AreEqual(250, last);
            Assert.AreEqual(250, client.ParkedGrace);
        }

        [TestMethod]
        public void A_download_that_is_not_read_is_dropped_when_it_stalls()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.StallGrace = 150;
            GatedPeer client = new GatedPeer(options);
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            int time = client.Wait(1000, 0);
            Assert.AreEqual(150, time);
            Assert.IsFalse(client.Peer.Closed, "what is unsent was to be dropped");
        }

        [TestMethod]
        public void An_upload_that_stalls_is_dropped()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Send(Upload + "abc");
            Assert.IsTrue(client.Wait(1000) <= 500);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(4)]
        [DataRow(10)]
        public void A_slow_reader_is_dropped_within_a_second(int octets)
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            int time = client.Wait(5000, octets);
            Assert.IsTrue(time > 400 && time <= 1010, "milliseconds: " + time.ToString());
        }

        [TestMethod]
        public void A_good_download_goes_on_while_others_wait_up_to_the_longest_turn()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.MaximumTurn = 3000;
            GatedPeer client = new GatedPeer(options);
            client.Peer.Application.Source.Length = 100000;
            client.Peer.Application.Announced = 100000;
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            int time = client.Wait(10000, 40);
            Assert.IsTrue(time > 2300 && time < 2600, "milliseconds: " + time.ToString());
            Assert.AreEqual(100000, client.Peer.Next().Body.Length);

            client.Connect();
            client.Alone();
            client.Peer.ReadLimit = 1000;
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.Application.Announced = int.MaxValue;
            client.Send(Download);
            Assert.AreEqual(3000, client.Wait(10000, 40));
        }

        [TestMethod]
        public void A_good_download_has_no_longest_turn_while_one_served_longer_can_make_way()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.MaximumTurn = 500;
            GatedPeer client = new GatedPeer(options);
            client.Others |= Others.Younger;
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            Assert.AreEqual(GatedPeer.Never, client.Wait(3000, 40));
            Assert.IsFalse(client.Ended);
        }

        [TestMethod]
        public void A_deferred_response_is_waited_for_however_many_have_held_others_up_before()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            Assert.AreEqual(500, Defer(client));
            for (int i = 0; i < 10; i++)
            {
                client.Connect();
                client.Send("G");
                client.Wait(1000);
            }

            client.Connect();
            Assert.AreEqual(250, Defer(client));
        }

        [TestMethod]
        public void The_silence_before_a_deferred_response_is_not_the_clients()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 20; i++)
            {
                client.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
                Assert.AreEqual(GatedPeer.Never, client.Wait(200));
                client.Peer.Application.Deferred.Complete();
                client.Peer.Pump();
                client.Peer.NextIs(200);
                client.Connect();
                Assert.AreEqual(250, client.ParkedGrace);
            }
        }

        [TestMethod]
        public void A_deferred_response_does_not_excuse_an_upload_that_stalls()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            client.Send(Upload + "abc");
            int time = client.Wait(1000);
            Assert.IsTrue(time < 10, "milliseconds: " + time.ToString());
            client.Peer.Application.Deferred.Complete();
        }

        [TestMethod]
        public void Http_2_without_a_request_makes_way_like_any_newcomer_and_idle_after_its_grace()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.GiveWayGrace = 80;
            GatedPeer client = new GatedPeer(options);
            client.Send(Preface);
            Assert.AreEqual(250, client.Wait(1000));
            client.Connect();
            client.Alone();

            GetOverHttp2(client);
            int before = client.Peer.ReceivedCount;
            int time = client.Wait(1000);
            Assert.IsTrue(client.Ended);
            Assert.IsTrue(time >= 80 && time < 90, "milliseconds: " + time.ToString());

            // GOAWAY.
            Assert.IsTrue(client.Peer.ReceivedCount > before);
            Assert.AreEqual(7, (int)client.Peer.Received[before + 3]);
        }

        [TestMethod]
        public void Idle_connections_shorten_the_time_of_idle_ones_and_of_no_response()
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Peer.Application.Source.Length = int.MaxValue;
            int all = 0;
            for (int i = 0; i < 200; i++)
            {
                GetOverHttp2(client);
                all += client.Wait(1000);
                client.Connect();
            }

            Assert.IsTrue(all < 1500, "two hundred took milliseconds: " + all.ToString());
            Assert.AreEqual(5, client.ParkedGrace);
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            Assert.AreEqual(250, client.Wait(1000, 0));
        }

        private static void GetOverHttp2(GatedPeer client)
        {
            // SETTINGS, its acknowledgement, and GET / on stream 1.
            byte[] rest = { 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x84, 0x86, 0x01, 1, 0x64 };
            client.Send(Preface);
            client.Send(rest);
        }

        private static int Defer(GatedPeer client)
        {
            client.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            int time = client.Wait(1000);
            client.Peer.Application.Deferred.Complete();
            return time;
        }
    }
}
