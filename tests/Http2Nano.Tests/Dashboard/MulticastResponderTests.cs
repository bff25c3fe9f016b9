using System;
using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The name of the device in the local network (RFC 6762), and its service (RFC 6763).</summary>
    [TestClass]
    public class MulticastResponderTests
    {
        private const string Host = "http2nano.local";
        private const string Kind = "_http._tcp.local";
        private const string Instance = "Board._http._tcp.local";
        private const string Here = "C0A80107";
        private const string There = "C0A80108";
        private const int Port = MulticastResponder.Port;

        private static readonly byte[] s_message = new byte[MulticastResponder.LongestMessage];
        private static long s_now;

        [TestMethod]
        public void The_name_is_asked_for_three_times_before_it_is_announced_twice()
        {
            MulticastResponder responder = Make();
            Assert.IsTrue(responder.Wait(s_now) < 250);
            string probe = "000000000002000000020000" + Dns.Name(Host) + "00FF8001" + Dns.Name("Board._http._tcp").Substring(0, 34) + "C016" + "00FF8001"
                + "C00C" + "00010001" + "00000078" + "0004" + Here
                + "C021" + "00210001" + "00000078" + "0008" + "000000000050" + "C00C";
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(0, responder.Advance(s_message, s_now - 1));
                Wait(responder);
                Assert.AreEqual(probe, Next(responder));
                Assert.AreEqual(250, responder.Wait(s_now));
                Assert.IsFalse(responder.HasName);
                Assert.AreEqual(0, Ask(responder, Host, Dns.A, 1, Port), "A name that is not taken yet is not answered for.");
            }

            Wait(responder);
            string first = Next(responder);
            Assert.IsTrue(responder.HasName);
            Assert.AreEqual(1000, responder.Wait(s_now));
            Wait(responder);
            string second = Next(responder);
            Assert.AreEqual(first, second);
            Assert.AreEqual(-1, responder.Wait(s_now));

            // Six records, and what the name has not; the two that others may have do not flush caches (10.2).
            Assert.AreEqual("000084000000000600000001" + Dns.Name(Host) + "00018001" + "00000078" + "0004" + Here
                + Dns.Name("7.1.168.192.in-addr.arpa") + "000C8001" + "00000078" + "0002" + "C00C"
                + Dns.Name("_services._dns-sd._udp").Substring(0, 46) + "C016" + "000C0001" + "00001194" + "000D" + "055F68747470045F746370C016"
                + "C074" + "000C0001" + "00001194" + "0008" + "05426F617264C074"
                + "C08D" + "00218001" + "00000078" + "0008" + "000000000050C00C"
                + "C08D" + "00108001" + "00001194" + "0007" + "06706174683D2F"
                + "C00C" + "002F8001" + "00000078" + "0005" + "C00C000140", first);
        }

        [TestMethod]
        public void A_one_shot_question_is_answered_to_its_asker_with_its_identifier_and_question()
        {
            MulticastResponder responder = Settled();
            byte[] question = Dns.Question("HTTP2Nano.local", Dns.A, 1);
            question[0] = 0x12;
            question[1] = 0x34;
            question[2] = 1;

            // RFC 6762 6.7: ten seconds at most, and no bit that flushes caches. That there is no AAAA is said with it.
            string expected = "123484000001000100000001" + Dns.Name("HTTP2Nano.local") + "00010001"
                + Dns.Name(Host) + "00010001" + "0000000A" + "0004" + Here
                + "C021" + "002F0001" + "0000000A" + "0005" + "C021" + "000140";
            Assert.AreEqual(expected, Dns.Hex(s_message, 0, Give(responder, question, 40000)));
            Assert.AreEqual(-1, responder.Wait(s_now), "Nobody else is told.");
        }

        [TestMethod]
        public void The_target_of_a_service_is_not_compressed_for_a_one_shot_asker()
        {
            MulticastResponder responder = Settled();
            int length = Give(responder, Dns.Question(Instance, Dns.Location, 1), 40000);
            Assert.IsTrue(Contains(Dns.Hex(s_message, 0, length), "0017" + "000000000050" + Dns.Name(Host)));
        }

        [TestMethod]
        public void Types_that_there_are_not_are_denied_at_once()
        {
            MulticastResponder responder = Settled();
            Assert.AreEqual(0, Ask(responder, Host, Dns.Ipv6, 1, Port));
            Assert.AreEqual(0, responder.Wait(s_now));
            Assert.AreEqual("000084000000000100000000" + Dns.Name(Host) + "002F8001" + "00000078" + "0005" + "C00C" + "000140", Next(responder));

            Ask(responder, Instance, Dns.A, 1, Port);
            string answer = Next(responder);
            Assert.AreEqual("002F8001" + "00001194" + "0009" + "C00C" + "00050000800040", answer.Substring(24 + Dns.Name(Instance).Length));
        }

        [TestMethod]
        public void Other_names_types_and_classes_are_not_answered()
        {
            MulticastResponder responder = Settled();
            string[] names = { "http2nan.local", "http2nanoo.local", "http2nano.locals", "http2nano", "a.http2nano.local", "8.1.168.192.in-addr.arpa", "_ipp._tcp.local" };
            for (int i = 0; i < names.Length; i++)
            {
                Assert.AreEqual(0, Ask(responder, names[i], Dns.Any, 1, Port), names[i]);
                Assert.AreEqual(0, Ask(responder, names[i], Dns.Any, 1, 40000), names[i]);
            }

            Ask(responder, Host, Dns.A, 3, Port);
            Ask(responder, Kind, Dns.A, 1, Port);
            Assert.AreEqual(-1, responder.Wait(s_now));
        }

        [TestMethod]
        public void A_name_is_found_behind_others_and_compressed()
        {
            MulticastResponder responder = Settled();

            // As avahi asks: several names that share their ends.
            byte[] question = Dns.Octets("000000000003000000000000" + Dns.Name("other.local") + "00010001" + "09" + "68747470326E616E6F" + "C012" + "00018001" + "C01D" + "001C8001");
            int length = Give(responder, question, Port);
            Assert.AreEqual("000084000000000200000000", Dns.Hex(s_message, 0, 12));
            Assert.IsTrue(length > 40);
        }

        [TestMethod]
        public void As_message_that_ends_anywhere_or_goes_round_is_not_answered()
        {
            MulticastResponder responder = Settled();
            byte[] question = Dns.Question(Host, Dns.A, 1);
            for (int i = 0; i < question.Length; i++)
            {
                Array.Copy(question, s_message, question.Length);
                Assert.AreEqual(0, responder.Receive(s_message, i, 40000, s_now));
            }

            question[12] = 0xC0;
            question[13] = 12;
            Assert.AreEqual(0, Give(responder, question, 40000));
            question[12] = 63;
            Assert.AreEqual(0, Give(responder, question, 40000));
            question = Dns.Question(Host, Dns.A, 1);
            question[4] = 0xFF;
            Assert.AreEqual(0, Give(responder, question, 40000), "More questions than there are.");
            question[4] = 0;
            question[2] = 0x28;
            Assert.AreEqual(0, Give(responder, question, 40000), "Another operation.");
            question[2] = 0;
            question[3] = 3;
            Assert.AreEqual(0, Give(responder, question, 40000), "A result in a question.");
            question[3] = 0;
            Assert.IsTrue(Give(responder, question, 40000) > 0);
        }

        [TestMethod]
        public void As_many_questions_as_fit_are_answered_once()
        {
            MulticastResponder responder = Settled();
            string questions = Dns.Name(Host) + "00010001";
            int count = 1;
            for (; count < 70; count++)
            {
                questions += "C00C" + "00010001";
            }

            byte[] question = Dns.Octets("00000000" + Dns.Number(count) + "000000000000" + questions);
            Assert.IsTrue(Give(responder, question, Port) == 0);
            Assert.AreEqual("000084000000000100000001", Next(responder).Substring(0, 24));

            // To one that asks so, with all questions, as much as has room, which is said.
            int length = Give(responder, question, 40000);
            Assert.IsTrue(length > question.Length && length <= s_message.Length);
        }

        [TestMethod]
        public void What_the_asker_knows_is_not_told()
        {
            MulticastResponder responder = Settled();
            string question = Dns.Name(Kind) + "000C0001";
            Give(responder, Dns.Octets("000000000001000100000000" + question + Dns.Record(Kind, Dns.Pointer, 2250, Dns.Name(Instance))), Port);
            Assert.AreEqual(-1, responder.Wait(s_now));

            // Less than half of its time is left (7.1); another's service; a name that goes past its record.
            string[] records =
            {
                Dns.Record(Kind, Dns.Pointer, 2249, Dns.Name(Instance)), Dns.Record(Kind, Dns.Pointer, 4500, Dns.Name("Other._http._tcp.local")),
                Dns.Record(Kind, Dns.Pointer, 4500, "05426F61"),
            };
            for (int i = 0; i < records.Length; i++)
            {
                s_now += 5000;
                Give(responder, Dns.Octets("000000000001000100000000" + question + records[i]), Port);
                Assert.IsTrue(responder.Wait(s_now) >= 20 && responder.Wait(s_now) < 120, "What others may have is told a little later (6).");
                Wait(responder);
                Assert.AreEqual("000084000000000100000004", Next(responder).Substring(0, 24));
            }
        }

        [TestMethod]
        public void What_the_asker_knows_may_come_in_a_seconds_message()
        {
            MulticastResponder responder = Settled();
            byte[] question = Dns.Question(Kind, Dns.Pointer, 1);
            question[2] = 2;
            Give(responder, question, Port);
            Assert.IsTrue(responder.Wait(s_now) >= 400 && responder.Wait(s_now) < 500);
            Give(responder, Dns.Octets("000000000000000100000000" + Dns.Record(Kind, Dns.Pointer, 4500, Dns.Name(Instance))), Port);
            Assert.AreEqual(-1, responder.Wait(s_now));
        }

        [TestMethod]
        public void Nothing_is_told_to_all_twice_within_a_second()
        {
            MulticastResponder responder = Settled();
            Ask(responder, Host, Dns.A, 1, Port);
            Assert.IsTrue(Next(responder).Length > 0);
            s_now += 999;
            Ask(responder, Host, Dns.A, 1, Port);
            Assert.AreEqual(string.Empty, Next(responder));
            s_now += 1;
            Ask(responder, Host, Dns.A, 1, Port);
            Assert.IsTrue(Next(responder).Length > 0);
        }

        [TestMethod]
        public void Who_wants_to_be_told_alone_is_while_the_others_were_told_lately()
        {
            MulticastResponder responder = Settled();
            Assert.IsTrue(Ask(responder, Host, Dns.A, 0x8001, Port) > 0);
            s_now += 30000;
            Assert.AreEqual(0, Ask(responder, Host, Dns.A, 0x8001, Port));
            Assert.IsTrue(Next(responder).Length > 0);
            Assert.IsTrue(Ask(responder, Host, Dns.A, 0x8001, Port) > 0);
        }

        [TestMethod]
        public void The_service_is_found_by_its_kind_and_its_kind_among_all()
        {
            MulticastResponder responder = Settled();
            int length = Give(responder, Dns.Question(Kind, Dns.Pointer, 1), 40000);
            Assert.AreEqual("0001000100000004", Dns.Hex(s_message, 4, 12), "With it where it is, its text, its host.");
            Assert.IsTrue(length < s_message.Length);
            Give(responder, Dns.Question("_services._dns-sd._udp.local", Dns.Pointer, 1), 40000);
            Assert.AreEqual("00010001", Dns.Hex(s_message, 4, 8));
            Give(responder, Dns.Question("7.1.168.192.in-addr.arpa", Dns.Pointer, 1), 40000);
            Assert.AreEqual("00010001", Dns.Hex(s_message, 4, 8));
        }

        [TestMethod]
        public void A_name_that_another_has_is_left_to_it()
        {
            MulticastResponder responder = Make();
            Wait(responder);
            Next(responder);
            Give(responder, Response(Host, Dns.A, There), Port);
            Assert.AreEqual("http2nano-2", responder.HostName);
            Settle(responder);
            Assert.AreEqual(0, Ask(responder, Host, Dns.A, 1, 40000));
            Assert.IsTrue(Ask(responder, "http2nano-2.local", Dns.A, 1, 40000) > 0);
            Assert.IsTrue(Ask(responder, "Board (2)._http._tcp.local", Dns.Text, 1, 40000) > 0);
        }

        [TestMethod]
        public void A_record_of_any_type_says_that_the_name_is_another_s_while_it_is_asked_for()
        {
            MulticastResponder responder = Make();
            Give(responder, Response(Host, Dns.Ipv6, There), Port);
            Assert.AreEqual("http2nano-2", responder.HostName);
            Give(responder, Response("Board (2)._http._tcp.local", Dns.Text, "00"), Port);
            Assert.AreEqual("http2nano-3", responder.HostName);

            // What says the same, what has ended, what does not come from the port of multicast DNS.
            Give(responder, Response("http2nano-3.local", Dns.A, Here), Port);
            Give(responder, Dns.Octets("000084000000000100000000" + Dns.Record("http2nano-3.local", Dns.A, 0, There)), Port);
            Give(responder, Response("http2nano-3.local", Dns.A, There), 40000);
            Assert.AreEqual("http2nano-3", responder.HostName);
        }

        [TestMethod]
        public void A_name_that_was_taken_is_asked_for_again_before_it_is_given_up()
        {
            MulticastResponder responder = Settled();
            Give(responder, Response(Host, Dns.Ipv6, There), Port);
            Assert.IsTrue(responder.HasName, "Types that the device has not are no contradiction.");
            Give(responder, Response(Host, Dns.A, There), Port);
            Assert.IsFalse(responder.HasName);
            Assert.AreEqual("http2nano", responder.HostName);
            Give(responder, Response(Host, Dns.A, There), Port);
            Assert.AreEqual("http2nano-2", responder.HostName);
        }

        [TestMethod]
        public void After_many_contradictions_the_device_takes_its_time()
        {
            MulticastResponder responder = Make();
            for (int i = 0; i < 15; i++)
            {
                Give(responder, Response(responder.HostName + ".local", Dns.A, There), Port);
                Assert.IsTrue(responder.Wait(s_now) < 250);
            }

            Give(responder, Response(responder.HostName + ".local", Dns.A, There), Port);
            Assert.AreEqual(5000, responder.Wait(s_now));
        }

        [TestMethod]
        public void Of_two_that_ask_at_a_time_the_one_with_less_to_say_waits()
        {
            // RFC 6762 8.2: a higher address wins; so does more to say of the same.
            string[] lost = { Dns.Record(Host, Dns.A, 120, There), Dns.Record(Host, Dns.A, 120, Here) + Dns.Record(Host, Dns.Ipv6, 120, "00"), Dns.Record(Host, Dns.Ipv6, 120, "00"),
                Dns.Record(Instance, Dns.Location, 120, "000000000051" + Dns.Name(Host)) };
            string[] won = { Dns.Record(Host, Dns.A, 120, "C0A80106"), Dns.Record(Host, Dns.A, 120, "C0A80106") + Dns.Record(Host, Dns.Ipv6, 120, "00"), Dns.Record(Host, Dns.A, 120, Here),
                Dns.Record(Instance, Dns.Text, 120, "00"), Dns.Record(Instance, Dns.Location, 120, "00000000004F" + Dns.Name(Host)), "C0" };
            for (int i = 0; i < lost.Length; i++)
            {
                MulticastResponder responder = Make();
                Give(responder, Probe(lost[i], lost[i].Length > 100 ? 2 : 1), Port);
                Assert.AreEqual(1000, responder.Wait(s_now), lost[i]);
            }

            for (int i = 0; i < won.Length; i++)
            {
                MulticastResponder responder = Make();
                Give(responder, Probe(won[i], won[i].Length > 100 ? 2 : 1), Port);
                Assert.IsTrue(responder.Wait(s_now) < 250, won[i]);
                Assert.AreEqual("http2nano", responder.HostName);
            }
        }

        [TestMethod]
        public void A_taken_name_is_defended_at_once()
        {
            MulticastResponder responder = Settled();
            s_now += 300;
            Give(responder, Probe(Dns.Record(Host, Dns.A, 120, There), 1), Port);
            string answer = responder.Wait(s_now) == 0 ? Next(responder) : Dns.Hex(s_message, 0, 60);
            Assert.IsTrue(Contains(answer, Here), answer);
        }

        [TestMethod]
        public void The_end_is_told()
        {
            Assert.AreEqual(0, Make().End(s_message));
            MulticastResponder responder = Settled();
            int length = responder.End(s_message);
            string message = Dns.Hex(s_message, 0, length);
            Assert.AreEqual("000084000000000600000000" + Dns.Name(Host) + "00018001" + "00000000" + "0004" + Here, message.Substring(0, 24 + 34 + 28));
            Assert.IsFalse(Contains(message, "00001194"));
        }

        [TestMethod]
        public void The_longest_names_fit()
        {
            string label = "a23456789-123456789-123456789-123456789-123456789-123456789-123";
            MulticastResponder responder = new MulticastResponder(label, label, Dns.Octets(Here), 80, false, 1, s_now);
            Give(responder, Response(label + ".local", Dns.A, There), Port);
            Assert.AreEqual(63, responder.HostName.Length);
            Settle(responder);
            Give(responder, Dns.Question(Kind, Dns.Any, 1), 40000);
            Assert.AreEqual("0001000100000004", Dns.Hex(s_message, 4, 12));
        }

        [TestMethod]
        public void Lies_in_records_change_nothing()
        {
            MulticastResponder responder = Settled();
            byte[] response = Response(Host, Dns.A, There);
            for (int i = 0; i < response.Length; i++)
            {
                Array.Copy(response, s_message, response.Length);
                responder.Receive(s_message, i, Port, s_now);
                Assert.IsTrue(responder.HasName, i.ToString());
            }
        }

        private static MulticastResponder Make()
        {
            s_now += 1000000;
            return new MulticastResponder("http2nano", "Board", Dns.Octets(Here), 80, false, 7, s_now);
        }

        private static MulticastResponder Settled()
        {
            MulticastResponder responder = Make();
            Settle(responder);
            s_now += 1000;
            return responder;
        }

        private static void Settle(MulticastResponder responder)
        {
            while (responder.Wait(s_now) >= 0)
            {
                Wait(responder);
                Next(responder);
            }
        }

        private static void Wait(MulticastResponder responder)
        {
            s_now += responder.Wait(s_now);
        }

        private static string Next(MulticastResponder responder)
        {
            return Dns.Hex(s_message, 0, responder.Advance(s_message, s_now));
        }

        private static int Ask(MulticastResponder responder, string name, int type, int kind, int port)
        {
            return Give(responder, Dns.Question(name, type, kind), port);
        }

        private static int Give(MulticastResponder responder, byte[] datagram, int port)
        {
            Array.Copy(datagram, s_message, datagram.Length);
            return responder.Receive(s_message, datagram.Length, port, s_now);
        }

        private static byte[] Response(string name, int type, string data)
        {
            return Dns.Octets("000084000000000100000000" + Dns.Record(name, type, 120, data));
        }

        private static byte[] Probe(string records, int count)
        {
            return Dns.Octets("00000000000100000" + "00" + count.ToString() + "0000" + Dns.Name(Host) + "00FF0001" + records);
        }

        private static bool Contains(string text, string part)
        {
            return text.IndexOf(part) >= 0;
        }
    }
}
