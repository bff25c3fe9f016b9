using System;
using Http2Nano.Access;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Access
{
    /// <summary>Who guesses is slowed down, by address; who does not is not.</summary>
    [TestClass]
    public class GuessingTests
    {
        private const string Right = "Authorization: Basic YTpi\r\n";
        private const string Wrong = "Authorization: Basic YTpj\r\n";

        [TestMethod]
        public void One_address_does_not_slow_another()
        {
            RouterPeer peer = Peer(new TestClock());
            From(peer, "10.0.0.1");
            Guess(peer, 5);
            Assert.AreEqual(429, peer.Get("/", Right).Status);
            From(peer, "10.0.0.2");
            Assert.AreEqual(200, peer.Get("/", Right).Status);
            Guess(peer, 5);
            Assert.AreEqual(429, peer.Get("/", Right).Status);
            From(peer, "10.0.0.3");
            Assert.AreEqual(200, peer.Get("/", Right).Status);
        }

        [TestMethod]
        public void It_is_forgotten_with_time()
        {
            TestClock clock = new TestClock();
            RouterPeer peer = Peer(clock);
            From(peer, "10.0.0.1");
            Guess(peer, 5);
            clock.Time += 1000;
            Assert.AreEqual(200, peer.Get("/", Right).Status);
            Guess(peer, 1);
            Assert.AreEqual(429, peer.Get("/", Right).Status);
            clock.Time += 6000;
            Guess(peer, 5);
            Assert.AreEqual(429, peer.Get("/", Wrong).Status);
        }

        [TestMethod]
        public void Many_addresses_share_what_is_left()
        {
            TestClock clock = new TestClock();
            RouterPeer peer = Peer(clock);
            for (int i = 0; i < 7; i++)
            {
                From(peer, "10.0.1." + i);
                Guess(peer, 5);
            }

            // No place is left: all others have one count together.
            for (int i = 0; i < 5; i++)
            {
                From(peer, "10.0.2." + i);
                Guess(peer, 1);
            }

            From(peer, "10.0.3.1");
            Assert.AreEqual(429, peer.Get("/", Right).Status);
            From(peer, "10.0.1.3");
            Assert.AreEqual(429, peer.Get("/", Right).Status);
            clock.Time += 6000;
            Assert.AreEqual(200, peer.Get("/", Right).Status);
        }

        [TestMethod]
        public void Without_an_address_it_works_as_well()
        {
            RouterPeer peer = Peer(new TestClock());
            Guess(peer, 5);
            Assert.AreEqual(429, peer.Get("/", Right).Status);
        }

        [TestMethod]
        public void The_address_is_the_requests_too()
        {
            Router router = new Router();
            router.MapGet("/", SayAddress);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("()", peer.Get("/").BodyText);
            From(peer, "10.0.0.9");
            Assert.AreEqual("(10.0.0.9)", peer.Get("/").BodyText);
        }

        private static void SayAddress(HttpRequest request, HttpResponse response)
        {
            response.Write("(" + request.PeerAddress + ")");
        }

        private static RouterPeer Peer(TestClock clock)
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("a:b");
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            router.Guard("/", Authentication.Basic("lab", users, clock));
            return new RouterPeer(router);
        }

        private static void From(RouterPeer peer, string address)
        {
            peer.Session.Peer = new NamedPeer(address);
        }

        private static void Guess(RouterPeer peer, int times)
        {
            for (int i = 0; i < times; i++)
            {
                Assert.AreEqual(401, peer.Get("/", Wrong).Status);
            }
        }

        private class NamedPeer : ConnectionPeer
        {
            private readonly string _address;

            internal NamedPeer(string address)
            {
                _address = address;
            }

            public override string PeerAddress
            {
                get { return _address; }
            }
        }
    }
}
