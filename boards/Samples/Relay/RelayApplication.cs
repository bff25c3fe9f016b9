using System.Text;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Samples.Relay
{
    /// <summary>Switches relays: JSON in both directions, a password for changes, events for all open pages.</summary>
    public sealed class RelayApplication
    {
        private const int Pages = 4;
        private const int RingSize = 1024;

        private readonly RelayOutputs _outputs;
        private readonly EventStream _events = new EventStream(Pages, RingSize, new Clock());
        private readonly int _relayEvent;

        // README: JSON begins here.
        private readonly byte[] _on = Encoding.UTF8.GetBytes("on");
        private readonly JsonReader _reader = new JsonReader();
        private readonly JsonWriter _writer = new JsonWriter();

        private void GetRelay(HttpRequest request, HttpResponse response)
        {
            int relay = request.GetRouteInt(0);
            if (relay < 0 || relay >= _outputs.Count)
            {
                Problem.Write(response, 404);
                return;
            }

            _writer.Begin(response);
            _writer.BeginObject();
            _writer.Member(_on, _outputs.IsOn(relay));
            _writer.EndObject();
            _writer.End();
        }

        // Reads {"on":true}. A text is valid only when its end has been read.
        private bool TryReadSwitch(HttpRequest request, out bool on)
        {
            on = false;
            _reader.Begin(request);
            if (_reader.Read() != JsonToken.BeginObject || _reader.Read() != JsonToken.Name || !_reader.TextEquals(_on))
            {
                return false;
            }

            JsonToken value = _reader.Read();
            on = value == JsonToken.True;
            return (on || value == JsonToken.False) && _reader.Read() == JsonToken.EndObject && _reader.Read() == JsonToken.End;
        }

        // README: JSON ends here.

        /// <summary>Maps the routes.</summary>
        /// <param name="pages">The page.</param>
        /// <param name="outputs">The relays.</param>
        /// <param name="users">The users who may switch, each as name, colon and password.</param>
        public RelayApplication(StaticAssets pages, RelayOutputs outputs, HashedSecrets users)
        {
            _outputs = outputs;
            _relayEvent = _events.AddType("relay", false);

            // README: access begins here.
            Router = new Router();
            Router.MapGet("/api/relays/{id}", GetRelay);
            Router.MapPut("/api/relays/{id}", PutRelay);
            Router.GuardChanges("/api", Authentication.Basic("relays", users, new Clock()));

            // README: access ends here.
            Router.MapGet("/api/events", _events.Handle);
            Router.MapAssets("/", pages);
        }

        /// <summary>The dispatcher for the server.</summary>
        public Router Router { get; }

        /// <summary>Believes a reverse proxy about its clients. To be called before the server starts.</summary>
        /// <param name="network">Its address, or a network.</param>
        // README: proxy begins here.
        public void TrustProxy(string network)
        {
            Router.Proxies = new TrustedProxies(new string[] { network });
        }

        // README: proxy ends here.

        /// <summary>Ends the event streams. To be called just before the server is stopped.</summary>
        public void Stop()
        {
            _events.Stop();
        }

        private void PutRelay(HttpRequest request, HttpResponse response)
        {
            int relay = request.GetRouteInt(0);
            if (relay < 0 || relay >= _outputs.Count)
            {
                Problem.Write(response, 404);
            }
            else if (!TryReadSwitch(request, out bool on))
            {
                Problem.Write(response, 400);
            }
            else
            {
                _outputs.Switch(relay, on);
                _events.Publish(_relayEvent, relay.ToString() + (on ? " on" : " off"));
                GetRelay(request, response);
            }
        }
    }
}
