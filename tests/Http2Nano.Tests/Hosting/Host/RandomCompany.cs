using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Tests.Http1;

namespace Http2Nano.Tests.Hosting.Host
{
    /// <summary>A server with one place and whoever a seed brings: listeners, pollers, uploads, newcomers of all kinds.</summary>
    internal sealed class RandomCompany
    {
        // When the server stops, and when the last of them come; in milliseconds.
        private const int End = 6000;
        private const int LastArrival = 3000;

        // The longest that an honest request may take.
        private const int Bound = 3000;

        private readonly Random _random;
        private readonly Application _application = new Application();
        private readonly ScriptedPlatform _platform;
        private readonly List<Listener> _listeners = new List<Listener>();
        private readonly List<ScriptedClient> _honest = new List<ScriptedClient>();
        private readonly List<string> _faults = new List<string>();

        // Whether somebody says what is no HTTP: "P", or more of a body than was announced.
        private bool _errs;

        internal RandomCompany(int seed)
        {
            _random = new Random(seed);
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = _random.Next(1, 4);
            options.Limits.Exchanges = _random.Next(1, 3);
            options.Limits.DrainTimeout = 300;
            options.Limits.IdleTimeout = _random.Next(2) == 0 ? 30000 : 1500;
            options.Limits.DecoderMemory = _random.Next(2) == 0 ? 3072 : 512;
            _application.AlwaysReady = _random.Next(4) == 0;
            _platform = new ScriptedPlatform(options, _application);
            _platform.Add(new Pulse(_application, _random.Next(20, 300)));
            int listeners = _random.Next(1, 4);
            for (int i = 0; i < listeners; i++)
            {
                Listener listener = new Listener(_random.Next(2) == 0);
                listener.LeavesAt = _random.Next(4) == 0 ? _random.Next(LastArrival, End) : ScriptedClient.Never;
                _listeners.Add(listener);
                _platform.Add(listener, _random.Next(1, 1500));
            }

            int others = _random.Next(2, 7);
            for (int i = 0; i < others; i++)
            {
                AddOther(_random.Next(8));
            }
        }

        /// <summary>Runs it, and once more with one request.</summary>
        /// <returns>What was not as it has to be.</returns>
        internal IReadOnlyList<string> Run()
        {
            _platform.Run(End);
            foreach (Listener listener in _listeners)
            {
                Check(listener);
            }

            for (int key = 0; key < _application.Closings.Count; key++)
            {
                Expect(_application.Closings[key] == 1, $"source {key} was closed {_application.Closings[key]} times");
            }

            foreach (ScriptedClient client in _honest)
            {
                Expect(client.Answers == client.Wanted, $"client {client.Number} has {client.Answers} answers of {client.Wanted}");
                Expect(client.Longest <= Bound, $"client {client.Number} waited for {client.Longest} ms");
            }

            Expect(_platform.Open == 0, $"{_platform.Open} connections are open");
            Expect(_errs || _platform.Server.Counters.ConnectionErrors == 0, $"{_platform.Server.Counters.ConnectionErrors} errors of connections");
            Expect(_platform.Server.Counters.OutOfMemory == 0, "out of memory");
            Expect(_platform.Server.Counters.HandlerFailures == 0, "a handler failed");

            // All exchanges and places are there again.
            ScriptedClient last = _platform.Add(new ScriptedClient(), _platform.Time + 10);
            _platform.Run(_platform.Time + 200);
            Expect(last.Answers == 1 && last.Longest <= 20, "afterwards nobody is served");
            return _faults;
        }

        private void AddOther(int kind)
        {
            ScriptedClient client = new ScriptedClient();
            int due = _random.Next(1, LastArrival);
            switch (kind)
            {
                case 0:
                case 1:
                    // Who asks again and again.
                    client.Wanted = _random.Next(1, 12);
                    client.Pause = _random.Next(0, 120);
                    client.ConnectsAnew = _random.Next(2) == 0;
                    client.Request = _random.Next(2) == 0 ? ScriptedClient.Get
                        : "GET /?" + new string('q', _random.Next(200)) + " HTTP/1.1\r\nHost: d\r\nCookie: " + new string('c', _random.Next(150)) + "\r\n\r\n";
                    _honest.Add(client);
                    break;

                case 2:
                    // An upload; what it sends comes back.
                    int pieces = _random.Next(1, 20);
                    client.Request = "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: " + (5 * pieces) + "\r\n\r\n";
                    client.Drip = "hello";
                    client.DripTime = 10;
                    client.Wanted = 2;
                    client.Pause = 100000;
                    _errs = true;
                    _platform.Add(client, due);
                    return;

                case 3:
                    client.Octets = Http2Octets.Get(1);
                    client.Pause = 100000;
                    _honest.Add(client);
                    break;

                case 4:
                    client = new Http2Browser(_random.Next(2, 6), _random.Next(50, 700));
                    break;

                case 5:
                    client.Request = "GET / HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n";
                    client.LeavesAt = due + 200;
                    break;

                case 6:
                    client.Silence = _random.Next(3) == 0 ? ScriptedClient.Never : _random.Next(2000);
                    break;

                default:
                    client.Request = "P";
                    _errs = true;
                    client.LeavesAt = due + _random.Next(1000);
                    break;
            }

            client.HeardSize = 4096;
            _platform.Add(client, due);
        }

        private void Check(Listener listener)
        {
            byte[] events = listener.Received;
            for (int i = 0; i < events.Length; i++)
            {
                if (events[i] != TestSource.At(i))
                {
                    Expect(false, $"listener {listener.Number} heard something else at {i}");
                    return;
                }
            }

            // One that was there until the server stopped has heard nearly all there was to hear then.
            bool stayed = listener.ClosedAt >= End && listener.LeavesAt == ScriptedClient.Never && listener.Connections == 1;
            Expect(!stayed || events.Length >= _application.AvailableAt(End - Bound), $"listener {listener.Number} heard {events.Length} of {_application.Available}");
        }

        private void Expect(bool holds, string otherwise)
        {
            if (!holds)
            {
                _faults.Add(otherwise);
            }
        }

        private sealed class Application : TestApplication
        {
            private readonly Events _events;
            private readonly List<int> _history = new List<int>();

            internal readonly List<int> Closings = new List<int>();
            internal readonly List<int> Positions = new List<int>();
            internal bool AlwaysReady;
            internal int Available;

            internal Application()
            {
                _events = new Events(this);
            }

            internal void Publish(int time)
            {
                Available++;
                _history.Add(time);
            }

            internal int AvailableAt(int time)
            {
                return _history.Count(at => at <= time);
            }

            protected override void Handle(HttpRequest request, HttpResponse response)
            {
                if (request.Path != "/gsource")
                {
                    base.Handle(request, response);
                    return;
                }

                response.AddHeader(Encoding.UTF8.GetBytes("content-type"), Encoding.UTF8.GetBytes("text/event-stream"));
                response.SetBody(_events, Closings.Count, HttpResponse.UnknownLength);
                Closings.Add(0);
                Positions.Add(0);
            }
        }

        private sealed class Events : BodySource
        {
            private readonly Application _application;

            internal Events(Application application)
            {
                _application = application;
            }

            public override int Read(int key, int position, byte[] buffer, int offset, int count)
            {
                if (position != _application.Positions[key])
                {
                    return Failed;
                }

                int left = _application.Available - position;
                count = left < count ? left : count;
                for (int i = 0; i < count; i++)
                {
                    buffer[offset + i] = TestSource.At(position + i);
                }

                _application.Positions[key] += count;
                return count;
            }

            public override bool IsReady(int key)
            {
                return _application.AlwaysReady || _application.Positions[key] < _application.Available;
            }

            public override void Close(int key, bool complete)
            {
                _application.Closings[key]++;
            }
        }

        private sealed class Listener : ScriptedClient
        {
            private readonly bool _http2;

            internal Listener(bool http2)
            {
                _http2 = http2;
                HeardSize = 16384;
                Request = EventServer.Events;
                Octets = http2 ? Http2Octets.Get("/gsource") : null;
            }

            internal byte[] Received
            {
                get
                {
                    if (Connections == 0)
                    {
                        return new byte[0];
                    }

                    byte[] heard = HeardOctets;
                    return _http2 ? Http2Octets.Data(heard) : heard.AsSpan(Math.Max(0, heard.AsSpan().IndexOf(Encoding.UTF8.GetBytes("\r\n\r\n")) + 4)).ToArray();
                }
            }
        }

        private sealed class Pulse : ScriptedClient
        {
            private readonly Application _application;
            private readonly int _interval;

            internal Pulse(Application application, int interval)
            {
                _application = application;
                _interval = interval;
            }

            internal override void Act(int time)
            {
                _application.Publish(time);
                Due = time + _interval;
            }
        }
    }
}
