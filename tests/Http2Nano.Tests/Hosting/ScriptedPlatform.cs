using System;
using Http2Nano.Hosting;
using Http2Nano.Tests.Http1;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>
    /// A server's surroundings in memory: clients who come, speak and go as they are told, a network stack that keeps some of them
    /// waiting, and a time that goes on only when the server waits or calls something. The server runs on the thread of the test.
    /// </summary>
    internal sealed class ScriptedPlatform : ServerPlatform
    {
        // Microseconds that any call takes, and by which a wait is watched.
        private const int CallTime = 20;
        private const int WaitStep = 250;

        // Milliseconds after which a server that does not stop loses its clients, so that a test comes to its end.
        private const int LongestStop = 30000;

        // Milliseconds from the start in which calls can be made to fail.
        private const int FailingTime = 250;

        private readonly ScriptedClient[] _clients = new ScriptedClient[256];
        private int _count;
        private long _micros = 1000000;
        private long _due;
        private bool _running;
        private int _lostAt = int.MaxValue;

        /// <summary>Makes a server that is not running yet.</summary>
        internal ScriptedPlatform(HttpServerOptions options)
            : this(options, new TestApplication())
        {
        }

        /// <summary>Makes a server with another application.</summary>
        internal ScriptedPlatform(HttpServerOptions options, TestApplication application)
        {
            Application = application;
            Server = new HttpServer(options, Application, this);
        }

        /// <summary>The server.</summary>
        internal HttpServer Server { get; }

        /// <summary>What answers the requests.</summary>
        internal TestApplication Application { get; }

        /// <summary>Shortest wait that the platform knows, in milliseconds.</summary>
        internal int ShortestWait = 1;

        /// <summary>When somebody stops the server, in milliseconds from the start.</summary>
        internal int StopAt = 10000;

        /// <summary>The call of the platform that fails, counted from 1 in the server's first quarter of a second; 0 for none.</summary>
        internal int FailingCall;

        /// <summary>How often the platform has been called in that time.</summary>
        internal int Calls;

        /// <summary>Pieces that were sent, those that fill no segment, and looks at sockets, by the server.</summary>
        internal int Sends;
        internal int ShortSends;
        internal int Looks;

        /// <summary>Until when transports keep what they have not passed on, in milliseconds from the start.</summary>
        internal int KeepsUntil;

        /// <summary>When the server had ended.</summary>
        internal int EndedAt;

        /// <summary>Accepted connections that are open.</summary>
        internal int Open;

        /// <summary>The most of them at a time.</summary>
        internal int MostOpen;

        /// <summary>The port without TLS, and the one with it.</summary>
        internal ScriptedListener Plain;
        internal ScriptedListener Secure;

        /// <summary>What a TLS handshake does.</summary>
        internal int Handshake;

        /// <summary>Whether the server ought to have ended long ago.</summary>
        internal bool IsOver
        {
            get { return Time >= _lostAt; }
        }

        /// <summary>Milliseconds from the start on.</summary>
        internal int Time
        {
            get { return (int)(_micros / 1000) - 1000; }
        }

        internal override long Now
        {
            get
            {
                Call();
                return _micros / 1000;
            }
        }

        internal override void Sleep(int milliseconds)
        {
            Call();
            Elapse(null, milliseconds);
        }

        internal override Listener NewListener(HttpServerOptions options, int port)
        {
            ScriptedListener listener = new ScriptedListener(this, options.Backlog);
            if (port == options.Port)
            {
                Plain = listener;
            }
            else
            {
                Secure = listener;
            }

            return listener;
        }

        internal override AcceptedTransport NewTransport()
        {
            return new ScriptedTransport(this);
        }

        /// <summary>Somebody who will come.</summary>
        internal ScriptedClient Add(ScriptedClient client)
        {
            client.Platform = this;
            client.Number = client.Number == 0 ? _count + 1 : client.Number;
            _clients[_count++] = client;
            Wake(client.Due);
            return client;
        }

        /// <summary>Somebody who will come at a time.</summary>
        internal ScriptedClient Add(ScriptedClient client, int due)
        {
            client.Due = due;
            return Add(client);
        }

        /// <summary>The same from an address.</summary>
        internal ScriptedClient Add(ScriptedClient client, int due, int number)
        {
            client.Number = number;
            return Add(client, due);
        }

        /// <summary>A hundred who come one after the other and send bodies octet by octet.</summary>
        internal void AddSlowBodies()
        {
            for (int i = 0; i < 100; i++)
            {
                ScriptedClient slow = new ScriptedClient();
                slow.Request = "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 1000\r\n\r\n";
                slow.Drip = "x";
                slow.DripTime = 10000;
                Add(slow, 500 + (20 * i));
            }
        }

        /// <summary>Runs the server until it is stopped and has ended.</summary>
        /// <param name="time">When it is stopped, in milliseconds from the start.</param>
        internal void Run(int time)
        {
            StopAt = time;
            _lostAt = int.MaxValue;
            Server.Listen();
            _running = true;
            Server.Run();
            _running = false;
            EndedAt = Time;

            // What is on its way still arrives.
            Elapse(null, 1000);
        }

        /// <summary>The server calls the platform, which takes its time and may fail.</summary>
        internal void Call()
        {
            _micros += CallTime;
            Happen();
            if (_running && Time < FailingTime && ++Calls == FailingCall)
            {
                throw new InvalidOperationException("This call fails.");
            }
        }

        /// <summary>Waits until something is there for the server, and not longer than asked.</summary>
        internal bool Elapse(ScriptedEnd end, int milliseconds)
        {
            milliseconds = milliseconds == 0 || milliseconds > ShortestWait ? milliseconds : ShortestWait;
            long until = _micros + (milliseconds * 1000L);
            while (end == null || !end.IsReady)
            {
                if (_micros >= until)
                {
                    return false;
                }

                _micros += WaitStep;
                Happen();
            }

            return true;
        }

        /// <summary>A client has something to do at a time.</summary>
        internal void Wake(int time)
        {
            if (time < _due)
            {
                _due = time;
            }
        }

        private void Happen()
        {
            int time = Time;
            if (time >= StopAt)
            {
                StopAt = int.MaxValue;
                _lostAt = time + LongestStop;
                Server.Stop();
            }

            if (time < _due)
            {
                return;
            }

            _due = int.MaxValue;
            for (int i = 0; i < _count; i++)
            {
                ScriptedClient client = _clients[i];
                if (time >= client.Due)
                {
                    client.Act(time);
                }

                Wake(client.Due);
            }
        }
    }
}
