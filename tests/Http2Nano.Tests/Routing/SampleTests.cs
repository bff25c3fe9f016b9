using System;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    /// <summary>The sample of <c>src/README.md</c>, and what it does over both protocols.</summary>
    [TestClass]
    public class SampleTests
    {
        // README: the sample begins here.
        private sealed class GreenhouseApplication
        {
            public readonly Router Router = new Router();
            private readonly JsonWriter _json = new JsonWriter();
            private readonly JsonReader _reader = new JsonReader();
            private readonly EventStream _events = new EventStream(4, 2048, new Clock());
            private readonly byte[] _on = Encoding.UTF8.GetBytes("on");
            private readonly byte[] _line = Encoding.UTF8.GetBytes("temperature;19.5\n");
            private readonly bool[] _valves = new bool[4];
            private readonly int _valveEvent;

            public GreenhouseApplication(AssetPack pages)
            {
                HashedSecrets gardeners = new HashedSecrets("greenhouse 7");
                gardeners.Add("anna:a long secret");
                _valveEvent = _events.AddType("valve", false);

                Router.AddField(FieldName.XContentTypeOptions, Encoding.UTF8.GetBytes("nosniff"));
                Router.MapGet("/api/valves/{id}", GetValve);
                Router.MapPut("/api/valves/{id}", PutValve);
                Router.MapGet("/api/readings", GetReadings);
                Router.MapGet("/api/events", _events.Handle);
                Router.MapAssets("/", new StaticAssets(pages));
                Router.GuardChanges("/api", Authentication.Basic("greenhouse", gardeners, new Clock()));
            }

            private void GetValve(HttpRequest request, HttpResponse response)
            {
                int id = request.GetRouteInt(0);
                if (id < 0 || id >= _valves.Length)
                {
                    Problem.Write(response, 404);
                    return;
                }

                _json.Begin(response);
                _json.BeginObject();
                _json.Member(_on, _valves[id]);
                _json.EndObject();
                _json.End();
            }

            private void PutValve(HttpRequest request, HttpResponse response)
            {
                int id = request.GetRouteInt(0);
                _reader.Begin(request);
                if (_reader.Read() != JsonToken.BeginObject || _reader.Read() != JsonToken.Name || !_reader.TextEquals(_on)
                    || (_reader.Read() != JsonToken.True && _reader.Token != JsonToken.False) || id < 0 || id >= _valves.Length)
                {
                    Problem.Write(response, 400);
                    return;
                }

                _valves[id] = _reader.Token == JsonToken.True;
                _events.Publish(_valveEvent, id + (_valves[id] ? " opened" : " closed"));
                GetValve(request, response);
            }

            private void GetReadings(HttpRequest request, HttpResponse response)
            {
                int count = request.GetQueryInt(Encoding.UTF8.GetBytes("last"));
                for (int i = 0; i < count && i < 20; i++)
                {
                    response.Write(_line);
                }
            }
        }

        // README: the sample ends here.
        private const string Anna = "Basic YW5uYTphIGxvbmcgc2VjcmV0";

        [TestMethod]
        public void Over_HTTP_1()
        {
            RouterPeer peer = new RouterPeer(Application());
            Assert.AreEqual("<p>greenhouse", peer.Get("/").BodyText);
            Assert.AreEqual("{\"on\":false}", peer.Get("/api/valves/2").BodyText);
            Assert.AreEqual(404, peer.Get("/api/valves/4").Status);
            Assert.AreEqual(401, peer.Ask("PUT", "/api/valves/2", string.Empty, "{\"on\":true}").Status);
            string signedIn = "Authorization: " + Anna + "\r\n";
            Assert.AreEqual("{\"on\":true}", peer.Ask("PUT", "/api/valves/2", signedIn, "{\"on\":true}").BodyText);
            Assert.AreEqual(400, peer.Ask("PUT", "/api/valves/2", signedIn, "{\"on\":2}").Status);
            Http1Reply reply = peer.Get("/api/readings?last=2");
            Assert.AreEqual("temperature;19.5\ntemperature;19.5\n", reply.BodyText);
            Assert.AreEqual("nosniff", reply.Field("x-content-type-options"));
            Assert.AreEqual("GET, HEAD, PUT, OPTIONS", peer.Ask("DELETE", "/api/valves/2", signedIn, string.Empty).Field("allow"));
            peer.Send("GET /api/events HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.IsTrue(peer.Text.IndexOf("content-type: text/event-stream\r\n") > 0, "content-type");
            Assert.IsTrue(peer.Text.IndexOf("event: valve\n") < 0, "event of the past");
        }

        [TestMethod]
        public void Over_HTTP_2()
        {
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Application()).Greet();
            peer.Get(1, "/").ExpectResponse(1, 200, "<p>greenhouse");
            peer.Get(3, "/api/valves/2").ExpectResponse(3, 200, "{\"on\":false}");
            peer.Get(5, "/api/valves/4").ExpectResponse(5, 404);
            peer.Headers(7, FieldBlock.Request("PUT", "/api/valves/2"), false).Data(7, "{\"on\":true}", true).ExpectResponse(7, 401);
            FieldBlock put = FieldBlock.Request("PUT", "/api/valves/2").Add("authorization", Anna);
            peer.Headers(9, put, false).Data(9, "{\"on\":true}", true).ExpectResponse(9, 200, "{\"on\":true}");
            peer.Get(11, "/api/readings?last=1").ExpectResponse(11, 200, "temperature;19.5\n");

            // An event goes to all who listen, while requests go on beside them.
            peer.Get(13, "/api/events").Get(15, "/api/events");
            peer.Headers(17, put, false).Data(17, "{\"on\":false}", true).ExpectResponse(17, 200, "{\"on\":false}");
            Assert.IsTrue(peer.Response(13).Text.IndexOf("event: valve\n") > 0, "event");
            Assert.IsTrue(peer.Response(13).Text.IndexOf("data: 2 closed\n\n") > 0, "first listener");
            Assert.IsTrue(peer.Response(15).Text.IndexOf("data: 2 closed\n\n") > 0, "second listener");
        }

        private static Router Application()
        {
            TestPack pack = new TestPack();
            pack.Add(string.Empty, "text/html", Encoding.UTF8.GetBytes("<p>greenhouse"), null, AssetPackFormat.Page);
            return new GreenhouseApplication(new AssetPack(new MemoryAssetStore(pack.Build()))).Router;
        }
    }
}
