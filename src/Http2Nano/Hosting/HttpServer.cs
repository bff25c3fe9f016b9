using System;
using System.Threading;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The server: one thread, which serves one connection at a time, or <see cref="HttpServerOptions.Connections"/> in
    /// turns, over TCP and TLS. The constructor allocates everything.
    /// </summary>
    public sealed class HttpServer : IConnectionHost
    {
        // Milliseconds. An unexpected exception may be thrown again and again; the pause keeps the loop from spinning.
        private const int ErrorPause = 20;

        private readonly ServerPlatform _platform;
        private readonly Crowd _crowd;
        private readonly Reception _reception;

        // Null when one connection is served at a time.
        private readonly ConnectionRounds _rounds;

        // The loop whose turn it is.
        private ConnectionLoop _loop;
        private Thread _thread;
        private int _stopping;

        /// <summary>Makes a server. Allocates all memory that it will ever hold.</summary>
        /// <param name="options">
        /// The ports and the limits. Must not change afterwards, but for <see cref="HttpServerOptions.Tls"/> and
        /// <see cref="HttpServerOptions.TlsPort"/> while the server is stopped.
        /// </param>
        /// <param name="dispatcher">Answers requests: a router.</param>
        /// <exception cref="ArgumentException">
        /// An option is invalid, or the free heap is too small (see <see cref="MemoryBudget"/>); the message names the
        /// option or the part.
        /// </exception>
        public HttpServer(HttpServerOptions options, RequestDispatcher dispatcher)
            : this(options, dispatcher, new ServerPlatform())
        {
        }

        /// <summary>Makes a server on another platform, for tests.</summary>
        internal HttpServer(HttpServerOptions options, RequestDispatcher dispatcher, ServerPlatform platform)
        {
            if (options == null)
            {
                throw new ArgumentNullException("options");
            }

            options.Validate();
            if (dispatcher != null)
            {
                dispatcher.Keep(options.Limits.Kept);
            }

            new MemoryBudget(options).Validate(FreeHeap.Measure());
            _platform = platform;
            _crowd = new Crowd(options, new ServerCounters());
            _reception = new Reception(options, platform, _crowd);
            ConnectionLoop[] loops = new ConnectionLoop[options.Connections];
            ExchangePool exchanges = new ExchangePool(options.Limits, loops.Length);
            HttpDate date = new HttpDate();
            for (int i = 0; i < loops.Length; i++)
            {
                HttpSession session = new HttpSession(options.Limits, dispatcher, Counters, exchanges, date, i);
                loops[i] = new ConnectionLoop(options, platform, session, _crowd, this);
            }

            _loop = loops[0];
            if (loops.Length != 1)
            {
                _rounds = new ConnectionRounds(loops, platform, _reception);
            }
        }

        /// <summary>The server's counters.</summary>
        public ServerCounters Counters
        {
            get { return _crowd.Counters; }
        }

        /// <summary>The port without TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        public int Port
        {
            get { return _reception.Port; }
        }

        /// <summary>The port with TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        public int TlsPort
        {
            get { return _reception.TlsPort; }
        }

        /// <summary>Opens the ports, and serves on a thread of its own.</summary>
        /// <exception cref="InvalidOperationException">
        /// A port is not available; the message gives the reason and the remedy.
        /// </exception>
        public void Start()
        {
            Listen();
            _thread = new Thread(Run);
            _thread.Start();
        }

        /// <summary>
        /// Stops gracefully: HTTP/2 clients get GOAWAY, and requests in flight over either protocol have the drain timeout
        /// to finish. Returns when the server has stopped, which is after a running handler has returned. A call from a
        /// handler returns at once, and the server stops after the handler.
        /// </summary>
        public void Stop()
        {
            Interlocked.Exchange(ref _stopping, 1);
            Thread thread = _thread;
            if (thread != null && thread.ManagedThreadId != Thread.CurrentThread.ManagedThreadId)
            {
                thread.Join();
                _thread = null;
            }
        }

        bool IConnectionHost.IsStopping
        {
            get { return _stopping != 0; }
        }

        int IConnectionHost.Look(ConnectionLoop loop, long now)
        {
            int others = _reception.Look(now);
            if (_rounds != null)
            {
                return _rounds.Judge(loop, others);
            }

            if ((others & (Others.Waiting | Others.News)) != 0 && loop.Session.MayRest(true))
            {
                others |= _reception.Next.SpeaksHttp1(loop.Scratch) ? Others.Http1 : 0;
            }

            return others;
        }

        void IConnectionHost.Park(ConnectionPlace place, bool answered, long now)
        {
            _reception.Park(place, answered, now);
        }

        /// <summary>Opens the ports. <see cref="Run"/> has to be called next.</summary>
        internal void Listen()
        {
            if (_reception.IsOpen)
            {
                throw new InvalidOperationException("The server has been started already.");
            }

            _stopping = 0;
            _reception.Open();
        }

        /// <summary>Serves until the server stops. Nearly everything runs above this stack frame.</summary>
        internal void Run()
        {
            bool failed = false;
            while (_stopping == 0 || IsServing || _reception.Http2AtRest != null)
            {
                try
                {
                    if (failed)
                    {
                        failed = false;
                        _loop.Drop();
                        _platform.Sleep(ErrorPause);
                    }
                    else if (_loop.IsServing)
                    {
                        if (_rounds == null)
                        {
                            _loop.Turn(int.MaxValue);
                            continue;
                        }

                        long octets = _loop.Gate.Octets;
                        _loop.Turn(_rounds.Patience);
                        if (_loop.Gate.Octets != octets || _loop.HasMore)
                        {
                            _rounds.Moved();
                        }

                        _loop = _rounds.Next(false);
                    }
                    else
                    {
                        BeginNext();
                    }
                }
                catch (OutOfMemoryException)
                {
                    // The connection and its memory have been released; the next one may fit.
                    failed = true;
                    Counters.OutOfMemory++;
                }
                catch (Exception)
                {
                    // No other exception is expected here, but the device must stay reachable after any.
                    failed = true;
                    Counters.ConnectionErrors++;
                }
            }

            _reception.Close();
        }

        private bool IsServing
        {
            get { return _rounds == null ? _loop.IsServing : _rounds.IsServing; }
        }

        // Begins to serve a connection that has received octets. Without one, and when no other is served, waits for a
        // moment.
        private void BeginNext()
        {
            bool serving = _rounds != null && _rounds.IsServing;
            long now = _platform.Now;
            if (_stopping == 0 && (!serving || _rounds.IsToLook(now)))
            {
                int others = _reception.Look(now);
                ConnectionPlace place = _reception.Take(_loop.Scratch, now);
                if (place == null && !serving)
                {
                    place = _reception.Longest(ConnectionPlace.Resting);
                }

                if (place != null)
                {
                    _loop.Begin(place);
                    return;
                }

                if (!serving)
                {
                    _crowd.Observe(now, (others & Others.Outside) != 0);
                    _reception.Wait(others, now);
                }
            }
            else if (!serving && _reception.Http2AtRest != null)
            {
                // It is told that the server stops.
                _loop.Begin(_reception.Http2AtRest);
                return;
            }

            if (serving)
            {
                // Look was called for all free loops: the turn now goes to a loop with a connection.
                _loop = _rounds.Next(true);
            }
        }
    }
}
