using System;
using System.Net.Sockets;
using System.Threading;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The server: one loop on one thread that serves one connection at a time, over TCP and TLS. Everything that it needs
    /// is allocated by the constructor.
    /// </summary>
    public sealed class HttpServer
    {
        // How long the loop sleeps at most before it looks at whether to stop and who else waits.
        private const int Slice = 20;

        private readonly HttpServerOptions _options;
        private readonly ConnectionLoop _loop;
        private Listener _plain;
        private Listener _secure;
        private readonly ParkedConnections _parked;
        private Thread _thread;
        private int _stopping;
        private bool _plainFirst;

        /// <summary>Makes a server. All memory that it will ever hold is allocated here.</summary>
        /// <param name="options">Where to listen and how to be bounded. Must not change afterwards.</param>
        /// <param name="dispatcher">What answers requests: a router.</param>
        /// <exception cref="ArgumentException">
        /// An option is set wrongly, or the heap that is free is too small (see <see cref="MemoryBudget"/>); the message
        /// names what.
        /// </exception>
        public HttpServer(HttpServerOptions options, RequestDispatcher dispatcher)
        {
            if (options == null)
            {
                throw new ArgumentNullException();
            }

            options.Validate();
            new MemoryBudget(options).Validate(FreeHeap.Measure());
            _options = options;
            Counters = new ServerCounters();
            _parked = new ParkedConnections(options.SilentConnections);
            _loop = new ConnectionLoop(options, dispatcher, Counters);
        }

        /// <summary>What the server has counted.</summary>
        public ServerCounters Counters { get; }

        /// <summary>The port that is listened on without TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        public int Port
        {
            get { return _plain == null ? HttpServerOptions.Off : _plain.Port; }
        }

        /// <summary>The port that is listened on with TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        public int TlsPort
        {
            get { return _secure == null ? HttpServerOptions.Off : _secure.Port; }
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
        /// Stops gracefully: HTTP/2 gets GOAWAY, responses in flight are finished within the drain timeout. Returns when the
        /// server has stopped.
        /// </summary>
        public void Stop()
        {
            Interlocked.Exchange(ref _stopping, 1);
            Thread thread = _thread;
            if (thread != null)
            {
                thread.Join();
                _thread = null;
            }
        }

        private void Listen()
        {
            if (_plain != null || _secure != null)
            {
                throw new InvalidOperationException("The server has been started already.");
            }

            _stopping = 0;
            if (_options.Port != HttpServerOptions.Off)
            {
                _plain = new Listener(_options.Address, _options.Port, _options.Backlog);
            }

            if (_options.TlsPort != HttpServerOptions.Off)
            {
                try
                {
                    _secure = new Listener(_options.Address, _options.TlsPort, _options.Backlog);
                }
                catch (InvalidOperationException)
                {
                    CloseListeners();
                    throw;
                }
            }
        }

        private void Run()
        {
            while (_stopping == 0)
            {
                try
                {
                    ServeNext();
                }
                catch (OutOfMemoryException)
                {
                    // The connection is gone and its memory with it; the next one may fit.
                    Counters.OutOfMemory++;
                }
                catch (Exception)
                {
                    // Nothing is expected here. Whatever it was, the device must stay reachable.
                    Counters.ConnectionErrors++;
                    Thread.Sleep(Slice);
                }
            }

            _parked.Close();
            CloseListeners();
        }

        // Nearly all that runs does so above this frame of the stack.
        private void ServeNext()
        {
            Transport transport = NextTransport();
            if (transport != null)
            {
                _loop.Serve(transport, this);
            }
        }

        // A connection that is ready to be served; null if there is none yet.
        private Transport NextTransport()
        {
            bool secure;
            Socket socket;
            if (_parked.IsWaiting)
            {
                ParkedConnection parked = _parked.TakeWaiting();
                Transport transport = parked.TakeTransport();
                if (transport != null)
                {
                    return transport;
                }

                secure = parked.IsSecure;
                socket = parked.TakeSocket();
            }
            else
            {
                _parked.CloseWhenDue(Environment.TickCount64, _options.Limits.FirstByteTimeout);
                Listener listener = NextWaiting();
                if (listener == null)
                {
                    _loop.Rest();
                    return null;
                }

                secure = listener == _secure;
                socket = listener.Accept();
                if (socket == null)
                {
                    // Sockets or memory are short: they come back when others close theirs.
                    Thread.Sleep(Slice);
                    return null;
                }

                Counters.Connections++;
            }

            switch (_loop.Greet(socket, secure, this))
            {
                case Greeting.Silent:
                    _parked.Park(socket, null, secure, Environment.TickCount64);
                    return null;

                case Greeting.Begun:
                    return _loop.Open(socket, secure);

                default:
                    return null;
            }
        }

        // The port that a client came to is asked last the next time: a crowd at one port does not keep those at the other waiting.
        private Listener NextWaiting()
        {
            if (_plain == null)
            {
                return _secure.IsWaiting(Slice) ? _secure : null;
            }

            if (_secure == null)
            {
                return _plain.IsWaiting(Slice) ? _plain : null;
            }

            Listener first = _plainFirst ? _plain : _secure;
            Listener second = _plainFirst ? _secure : _plain;
            if (first.IsWaiting(0))
            {
                _plainFirst = !_plainFirst;
                return first;
            }

            return second.IsWaiting(Slice / 5) ? second : null;
        }

        /// <summary>Whether a client waits for the present connection to end.</summary>
        internal bool IsAnotherWaiting()
        {
            return _parked.IsWaiting || (_plain != null && _plain.IsWaiting(0)) || (_secure != null && _secure.IsWaiting(0));
        }

        /// <summary>Whether a silent newcomer can be set aside, so that none is closed before it had its time.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="grace">Milliseconds that each is given.</param>
        internal bool CanPark(long now, int grace)
        {
            return _parked.IsWaiting || _parked.HasRoom(now, grace);
        }

        /// <summary>Sets a connection aside that has said nothing since its TLS handshake.</summary>
        internal void Park(Transport transport)
        {
            _parked.Park(null, transport, true, Environment.TickCount64);
        }

        internal bool IsStopping
        {
            get { return _stopping != 0; }
        }

        private void CloseListeners()
        {
            if (_plain != null)
            {
                _plain.Close();
                _plain = null;
            }

            if (_secure != null)
            {
                _secure.Close();
                _secure = null;
            }
        }
    }
}
