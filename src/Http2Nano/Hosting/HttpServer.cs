using System;
using System.Threading;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The server: one loop on one thread that serves one connection at a time, over TCP and TLS. Everything that it needs
    /// is allocated by the constructor.
    /// </summary>
    public sealed class HttpServer : IConnectionHost
    {
        // What nobody expects is thrown again and again, perhaps: not at full speed.
        private const int ErrorPause = 20;

        private readonly ServerPlatform _platform;
        private readonly ConnectionLoop _loop;
        private readonly Reception _reception;
        private Thread _thread;
        private int _stopping;

        /// <summary>Makes a server. All memory that it will ever hold is allocated here.</summary>
        /// <param name="options">Where to listen and how to be bounded. Must not change afterwards.</param>
        /// <param name="dispatcher">What answers requests: a router.</param>
        /// <exception cref="ArgumentException">
        /// An option is set wrongly, or the heap that is free is too small (see <see cref="MemoryBudget"/>); the message
        /// names what.
        /// </exception>
        public HttpServer(HttpServerOptions options, RequestDispatcher dispatcher)
            : this(options, dispatcher, new ServerPlatform())
        {
        }

        /// <summary>Makes a server on a platform of its own.</summary>
        internal HttpServer(HttpServerOptions options, RequestDispatcher dispatcher, ServerPlatform platform)
        {
            if (options == null)
            {
                throw new ArgumentNullException();
            }

            options.Validate();
            new MemoryBudget(options).Validate(FreeHeap.Measure());
            _platform = platform;
            Counters = new ServerCounters();
            _loop = new ConnectionLoop(options, platform, dispatcher, Counters, this);
            _reception = new Reception(options, platform, _loop.Gate);
        }

        /// <summary>What the server has counted.</summary>
        public ServerCounters Counters { get; }

        /// <summary>The port that is listened on without TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        public int Port
        {
            get { return _reception.Port; }
        }

        /// <summary>The port that is listened on with TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        public int TlsPort
        {
            get { return _reception.TlsPort; }
        }

        /// <summary>Listens, and serves on a thread of its own.</summary>
        /// <exception cref="InvalidOperationException">A port cannot be had; the message says why and what helps.</exception>
        public void Start()
        {
            Listen();
            _thread = new Thread(Run);
            _thread.Start();
        }

        /// <summary>
        /// Stops gracefully: HTTP/2 gets GOAWAY, and what is under way over either protocol is finished within the drain timeout or
        /// broken off then. Returns when the server has stopped, so not before a handler that is running has returned. Called by a
        /// handler it returns at once, and the server stops when that has returned.
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

        int IConnectionHost.Look(long now)
        {
            return _reception.Look(now);
        }

        void IConnectionHost.Park(ConnectionPlace place, bool answered, long now)
        {
            _reception.Park(place, answered, now);
        }

        /// <summary>Listens. <see cref="Run"/> is to be called then.</summary>
        internal void Listen()
        {
            if (_reception.IsOpen)
            {
                throw new InvalidOperationException("The server has been started already.");
            }

            _stopping = 0;
            _reception.Open();
        }

        /// <summary>Serves until it is to stop. Nearly all that runs does so above this frame of the stack.</summary>
        internal void Run()
        {
            bool failed = false;
            while (_stopping == 0 || _loop.IsServing)
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
                        _loop.Turn();
                    }
                    else
                    {
                        BeginNext();
                    }
                }
                catch (OutOfMemoryException)
                {
                    // The connection is gone and its memory with it; the next one may fit.
                    failed = true;
                    Counters.OutOfMemory++;
                }
                catch (Exception)
                {
                    // Nothing is expected here. Whatever it was, the device must stay reachable.
                    failed = true;
                    Counters.ConnectionErrors++;
                }
            }

            _reception.Close();
        }

        // Takes up who has spoken, or waits for a moment.
        private void BeginNext()
        {
            long now = _platform.Now;
            int others = _reception.Look(now);
            ConnectionPlace place = _reception.Take(_loop.Scratch, now);
            if (place != null)
            {
                _loop.Begin(place);
                return;
            }

            _loop.Gate.Observe(now, (others & Others.Outside) != 0);
            _reception.Wait(others, now);
        }
    }
}
