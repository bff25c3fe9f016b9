using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>When a connection makes way for those that rest and have news, such as events; with simulated time.</summary>
    [TestClass]
    public class NewsTests
    {
        private const string Download = "GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n";

        // News, such as events: five kilobytes a second go on for as long as nobody asks for something, and three do not.
        [TestMethod]
        [DataRow(Others.News, 5, GatedPeer.Never)]
        [DataRow(Others.News, 3, 4000)]
        [DataRow(Others.News | Others.Waiting, 5, 1000)]
        [DataRow(Others.News | Others.Outside, 5, 1000)]
        public void A_transfer_goes_on_while_others_wait_for_news_only(int others, int octets, int dropped)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.MaximumTurn = 3000;
            GatedPeer client = new GatedPeer(options);
            client.Others = others;
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.Application.Announced = int.MaxValue;
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            Assert.AreEqual(dropped, client.Wait(10000, octets));
            Assert.AreEqual(dropped == 1000, client.Ended);
        }

        [TestMethod]
        public void Who_asks_waits_for_a_whole_turn_from_then_on()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.MaximumTurn = 3000;
            GatedPeer client = new GatedPeer(options);
            client.Others = Others.News;
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.Application.Announced = int.MaxValue;
            client.Peer.ReadLimit = 1000;
            client.Send(Download);
            Assert.AreEqual(GatedPeer.Never, client.Wait(5000, 40));
            client.Others = Others.News | Others.Waiting;
            Assert.AreEqual(3000, client.Wait(5000, 40));
        }

        [TestMethod]
        [DataRow(Others.News, 2000)]
        [DataRow(Others.News | Others.Waiting, 250)]
        public void A_transfer_that_pauses_is_given_longer_where_others_wait_for_news_only(int others, int dropped)
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            for (int i = 0; i < 10; i++)
            {
                // Under any pressure.
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            client.Others = others;
            client.Send("POST /sdrain HTTP/1.1\r\nHost: d\r\nContent-Length: 100000\r\n\r\nabc");
            int time = client.Wait(5000);
            Assert.IsTrue(time <= dropped && (time == dropped || dropped != 2000), "milliseconds: " + time.ToString());
        }

        [TestMethod]
        [DataRow(Others.News, 3000)]
        [DataRow(Others.News | Others.Waiting, 500)]
        public void A_response_that_the_application_owes_has_all_of_its_turn_where_others_wait_for_news_only(int others, int dropped)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.MaximumTurn = 3000;
            GatedPeer client = new GatedPeer(options);
            client.Others = others;
            client.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual(dropped, client.Wait(5000));
        }
    }
}
