using System;
using System.Text;
using Http2Nano.Events;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class EventStreamTests
    {
        private const string Retry = "retry: 2000\n\n";

        [TestMethod]
        public void Events_are_sent_as_they_are_published()
        {
            EventStream events = new EventStream(2, 1024, new TestClock());
            int log = events.AddType("log", false);
            RouterPeer peer = Subscribe(events, string.Empty);
            Assert.AreEqual(1, events.Subscribers);
            Assert.IsTrue(peer.Text.IndexOf("content-type: text/event-stream\r\n") > 0, "content-type");
            Assert.IsTrue(peer.Text.IndexOf("cache-control: no-store\r\n") > 0, "cache-control");
            Assert.IsTrue(peer.Text.IndexOf("x-accel-buffering: no\r\n") > 0, "no proxy keeps events back");
            Assert.AreEqual(Retry, Taken(peer));
            events.Publish(log, "one");
            events.Publish(log, "two\nlines");
            peer.Pump();
            string text = Taken(peer);
            string id = Id(text);
            Assert.AreEqual(
                "event: log\nid: " + id + "-1\ndata: one\n\nevent: log\nid: " + id + "-2\ndata: two\ndata: lines\n\n", text);
            peer.Disconnect();
            Assert.AreEqual(0, events.Subscribers);
        }

        [TestMethod]
        public void Clients_are_told_when_to_come_back()
        {
            int[] times = { 0, 7, 250, 9999 };
            string[] told = { "retry: 0000\n\n", "retry: 0007\n\n", "retry: 0250\n\n", "retry: 9999\n\n" };
            for (int i = 0; i < times.Length; i++)
            {
                EventStream events = new EventStream(1, 256, new TestClock());
                events.Retry = times[i];
                Assert.AreEqual(told[i], Taken(Subscribe(events, string.Empty)));
            }
        }

        [TestMethod]
        public void Times_that_are_out_of_range_are_refused()
        {
            Assert.ThrowsException(typeof(System.ArgumentException), () => Events().Retry = 10000);
            Assert.ThrowsException(typeof(System.ArgumentException), () => Events().Retry = -1);
            Assert.ThrowsException(typeof(System.ArgumentException), () => Events().KeepAlive = 99);
            Assert.ThrowsException(typeof(System.ArgumentException), () => Events().TickInterval = 9);
            Assert.AreEqual(2000, Events().Retry);
            Assert.AreEqual(15000, Events().KeepAlive);
            Assert.AreEqual(1000, Events().TickInterval);
        }

        [TestMethod]
        public void New_subscribers_get_what_comes_from_now_on()
        {
            EventStream events = new EventStream(2, 1024, new TestClock());
            int log = events.AddType("log", false);
            events.Publish(log, "old");
            RouterPeer peer = Subscribe(events, string.Empty);
            Assert.AreEqual(Retry, Taken(peer));
            events.Publish(log, "new");
            peer.Pump();
            Assert.AreEqual("log new,", Short(Taken(peer)));
        }

        [TestMethod]
        public void New_subscribers_get_what_there_is_where_there_is_a_history()
        {
            EventStream events = new EventStream(2, 1024, new TestClock());
            events.HasHistory = true;
            int log = events.AddType("log", false);
            int status = events.AddType("status", true);
            events.Publish(status, "old");
            events.Publish(log, "a");
            events.Publish(status, "older");
            events.Publish(log, "b");
            events.Publish(status, "new");
            Assert.AreEqual("log a,log b,status new,", Short(Taken(Subscribe(events, string.Empty))));
        }

        [TestMethod]
        public void Who_comes_back_gets_what_was_missed()
        {
            EventStream events = new EventStream(20, 1024, new TestClock());
            events.HasHistory = true;
            int log = events.AddType("log", false);
            events.Publish(log, "a");
            events.Publish(log, "b");
            events.Publish(log, "c");
            string epoch = Id(Taken(Subscribe(events, string.Empty)));
            Assert.AreEqual("log c,", Short(Taken(Subscribe(events, epoch + "-2"))));
            Assert.AreEqual("log b,log c,", Short(Taken(Subscribe(events, epoch + "-1"))));
            Assert.AreEqual(string.Empty, Short(Taken(Subscribe(events, epoch + "-3"))));

            // Nothing of these is an event of this server's life.
            string[] others = { "1" + epoch + "-2", epoch + "-4", epoch + "-x", epoch, "-2", "x", epoch + "-99999999999" };
            for (int i = 0; i < others.Length; i++)
            {
                Assert.AreEqual("log a,log b,log c,", Short(Taken(Subscribe(events, others[i]))), others[i]);
            }
        }

        [TestMethod]
        public void The_oldest_go_first()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            events.HasHistory = true;
            int log = events.AddType("log", false);
            for (int i = 10; i < 100; i++)
            {
                Assert.IsTrue(events.Publish(log, i.ToString() + " some text to fill the ring"));
            }

            string text = Taken(Subscribe(events, string.Empty));
            Assert.IsTrue(text.EndsWith("data: 99 some text to fill the ring\n\n"), text);
            Assert.IsTrue(text.StartsWith(Retry + "event: log\nid: "), text);
            Assert.IsTrue(text.IndexOf("data: 98 ") > 0, text);
            Assert.IsTrue(text.IndexOf("data: 90 ") < 0, text);
        }

        [TestMethod]
        public void Events_too_large_are_refused()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            int log = events.AddType("log", false);
            Assert.IsFalse(events.Publish(log, new string('x', 250)));
            Assert.IsTrue(events.Publish(log, new string('x', 200)));
            Assert.IsFalse(events.Publish(log, new string('\n', 60)));
        }

        [TestMethod]
        public void Who_is_overtaken_in_an_event_is_broken_off()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            int log = events.AddType("log", false);
            byte[] buffer = new byte[64];
            RouterPeer peer = Subscribe(events, string.Empty);
            peer.ReadLimit = 0;
            events.Publish(log, "first of them");

            // As if little could be sent: some of the event is out.
            Assert.AreEqual(10, events.Read(0, 1000, buffer, 0, 10));
            for (int i = 0; i < 20; i++)
            {
                events.Publish(log, "more and more");
            }

            Assert.AreEqual(BodySource.Failed, events.Read(0, 1010, buffer, 0, 10));
        }

        [TestMethod]
        public void Who_is_overtaken_between_events_misses_them()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            int log = events.AddType("log", false);
            byte[] buffer = new byte[1000];
            RouterPeer peer = Subscribe(events, string.Empty);
            for (int i = 10; i < 40; i++)
            {
                events.Publish(log, "number " + i.ToString());
            }

            int count = events.Read(0, 1000, buffer, 0, buffer.Length);
            string text = Encoding.UTF8.GetString(buffer, 0, count);
            Assert.IsTrue(text.StartsWith("event: log\nid: "), text);
            Assert.IsTrue(text.EndsWith("data: number 39\n\n"), text);
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void Octet_by_octet()
        {
            EventStream events = new EventStream(1, 300, new TestClock());
            int log = events.AddType("log", false);
            Subscribe(events, string.Empty);
            byte[] buffer = new byte[1];
            for (int i = 0; i < 50; i++)
            {
                events.Publish(log, "number " + i.ToString());
                string text = string.Empty;
                while (events.Read(0, 1000, buffer, 0, 1) == 1)
                {
                    text += ((char)buffer[0]).ToString();
                }

                Assert.IsTrue(text.EndsWith("\ndata: number " + i.ToString() + "\n\n"), text);
            }
        }

        [TestMethod]
        public void Silence_is_broken_by_a_comment()
        {
            TestClock clock = new TestClock();
            EventStream events = new EventStream(1, 256, clock);
            events.KeepAlive = 5000;
            RouterPeer peer = Subscribe(events, string.Empty);
            Taken(peer);
            clock.Time += 4999;
            peer.Pump();
            Assert.AreEqual(string.Empty, Taken(peer));
            clock.Time += 1;
            peer.Pump();
            Assert.AreEqual(":\n\n", Taken(peer));
            peer.Pump();
            Assert.AreEqual(string.Empty, Taken(peer));
        }

        [TestMethod]
        public void Ticks_publish_while_somebody_listens()
        {
            TestClock clock = new TestClock();
            EventStream events = new EventStream(1, 512, clock);
            events.AddType("tick", true);
            events.TickInterval = 2000;
            events.OnTick = PublishTick;
            RouterPeer peer = Subscribe(events, string.Empty);
            Assert.AreEqual("tick now,", Short(Taken(peer)));
            clock.Time += 1999;
            peer.Pump();
            Assert.AreEqual(string.Empty, Taken(peer));
            clock.Time += 1;
            peer.Pump();
            Assert.AreEqual("tick now,", Short(Taken(peer)));
        }

        [TestMethod]
        public void More_subscribers_than_there_are_refused()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            RouterPeer first = Subscribe(events, string.Empty);
            Router router = new Router();
            router.MapGet("/events", events.Handle);
            Assert.AreEqual(503, new RouterPeer(router).Get("/events").Status);
            first.Disconnect();
            RouterPeer peer = Subscribe(events, string.Empty);
            Assert.AreEqual(1, events.Subscribers);
            peer.Disconnect();
        }

        [TestMethod]
        public void Stopping_ends_the_streams()
        {
            EventStream events = new EventStream(2, 256, new TestClock());
            int log = events.AddType("log", false);
            RouterPeer peer = Subscribe(events, string.Empty);
            events.Publish(log, "last");
            peer.Pump();
            events.Stop();
            peer.Pump();
            Assert.IsTrue(peer.Next(false).BodyText.EndsWith("data: last\n\n"));
            Assert.AreEqual(0, events.Subscribers);
            Router router = new Router();
            router.MapGet("/events", events.Handle);
            Assert.AreEqual(503, new RouterPeer(router).Get("/events").Status);
        }

        [TestMethod]
        public void A_handler_that_has_answered_takes_no_place()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            Router router = new Router();
            router.MapGet("/", (request, response) =>
            {
                response.Write("page");
                events.Handle(request, response);
            });
            Assert.AreEqual(500, new RouterPeer(router).Get("/").Status);
            Assert.AreEqual(0, events.Subscribers);
        }

        [TestMethod]
        public void HEAD_holds_nothing()
        {
            EventStream events = new EventStream(1, 256, new TestClock());
            Router router = new Router();
            router.MapGet("/events", events.Handle);
            Assert.AreEqual(200, new RouterPeer(router).Ask("HEAD", "/events", string.Empty, string.Empty).Status);
            Assert.AreEqual(0, events.Subscribers);
        }

        [TestMethod]
        [DataRow(0, 256)]
        [DataRow(101, 256)]
        [DataRow(1, 255)]
        [DataRow(1, 32769)]
        public void Sizes_are_checked(int subscribers, int ring)
        {
            bool thrown = false;
            try
            {
                new EventStream(subscribers, ring, new TestClock());
            }
            catch (ArgumentException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown);
        }

        private static void PublishTick(EventStream events)
        {
            events.Publish(0, "now");
        }

        private static EventStream Events()
        {
            return new EventStream(1, 256, new TestClock());
        }

        private static RouterPeer Subscribe(EventStream events, string lastId)
        {
            Router router = new Router();
            router.MapGet("/events", events.Handle);
            RouterPeer peer = new RouterPeer(router);
            string last = lastId.Length == 0 ? string.Empty : "Last-Event-ID: " + lastId + "\r\n";
            peer.Send("GET /events HTTP/1.1\r\nHost: device\r\n" + last + "\r\n");
            return peer;
        }

        // What has come of the body since the last time.
        private static string Taken(RouterPeer peer)
        {
            Http1Reply reply = Http1Reply.Parse(peer.Received, 0, peer.ReceivedCount, false, false);
            Assert.IsNotNull(reply, peer.Text);
            string text = reply.BodyText.Substring(peer.Seen);
            peer.Seen += text.Length;
            return text;
        }

        private static string Id(string text)
        {
            int at = text.IndexOf("id: ") + 4;
            return text.Substring(at, text.IndexOf("-", at) - at);
        }

        // "type data," for each event.
        private static string Short(string text)
        {
            string result = string.Empty;
            int at = text.IndexOf("event: ");
            while (at >= 0)
            {
                int end = text.IndexOf("\n", at);
                int data = text.IndexOf("data: ", end) + 6;
                int line = text.IndexOf("\n", data);
                result += text.Substring(at + 7, end - at - 7) + " " + text.Substring(data, line - data) + ",";
                at = text.IndexOf("event: ", line);
            }

            return result;
        }
    }
}
