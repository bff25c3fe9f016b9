using System.Threading;

namespace Http2Nano.Messages
{
    /// <summary>
    /// All exchanges of a server, made once. Only this class changes the owner of an exchange: nobody (it is free), the
    /// protocol, the application (a handler has deferred the response), or the application after the connection has ended
    /// (taken back).
    /// </summary>
    /// <remarks>
    /// <code>
    ///              Take                 Defer
    ///     free -----------&gt; protocol's ------------&gt; application's
    ///      ^                 |      ^                  |      |
    ///      |     Return      |      |     Complete     |      | Return
    ///      +-----------------+      +------------------+      v
    ///      +------------------------------------------------ taken back
    ///                           Complete
    /// </code>
    /// The application may call <c>Complete</c> on any thread; everything else happens on the server's. An exchange that a
    /// thread may still write to is never given to another request.
    /// </remarks>
    public sealed class ExchangePool
    {
        /// <summary>Owner: nobody.</summary>
        internal const int Free = 0;

        /// <summary>Owner: the protocol, also while a handler runs.</summary>
        internal const int Protocol = 1;

        /// <summary>Owner: the application, which will complete the response for a client that waits.</summary>
        internal const int Application = 2;

        /// <summary>Owner: the application, but no client waits for the response.</summary>
        internal const int TakenBack = 3;

        /// <summary>
        /// The latest authority that was found valid, because a device has one or two names: its octets as in HTTP/1.1, or
        /// the field of an HTTP/2 request as <see cref="Fields.HeaderList"/> stores it.
        /// </summary>
        internal readonly byte[] KnownAuthority = new byte[48];

        /// <summary>The number of these octets; negative for a field of HTTP/2.</summary>
        internal int KnownAuthorityLength;

        /// <summary>Whether requests are remembered. Only tests turn it off, to compare.</summary>
        internal bool Remembers = true;

        // How many free exchanges are looked at for one that remembers nothing.
        private const int MostLooks = 4;

        // In the number of a stream: each eighth that a client opens has all of these bits.
        private const int Eighth = 0xE;

        private readonly HttpExchange[] _exchanges;
        private readonly int _sessions;

        // Where to look first for a free one; -1 for the last one.
        private int _next;

        /// <summary>Makes the exchanges.</summary>
        /// <param name="limits">Determine their number and size.</param>
        public ExchangePool(HttpLimits limits)
            : this(limits, 1)
        {
        }

        /// <summary>Makes exchanges that several sessions share. One is kept for each that holds none.</summary>
        internal ExchangePool(HttpLimits limits, int sessions)
        {
            _sessions = sessions;
            _exchanges = new HttpExchange[limits.Exchanges];
            for (int i = 0; i < _exchanges.Length; i++)
            {
                _exchanges[i] = new HttpExchange(limits);
            }
        }

        internal int Count
        {
            get { return _exchanges.Length; }
        }

        /// <summary>Number of exchanges that the connection's requests hold, deferred ones included; for tests and counters.</summary>
        internal int InUse
        {
            get
            {
                int used = 0;
                for (int i = 0; i < _exchanges.Length; i++)
                {
                    int owner = _exchanges[i].Owner;
                    if (owner == Protocol || owner == Application)
                    {
                        used++;
                    }
                }

                return used;
            }
        }

        internal HttpExchange this[int index]
        {
            get { return _exchanges[index]; }
        }

        /// <summary>Whether an exchange is free for a connection.</summary>
        internal bool HasFree(HttpConnection connection)
        {
            if (_sessions != 1)
            {
                return MayTake(connection);
            }

            for (int i = 0; i < _exchanges.Length; i++)
            {
                if (_exchanges[i].Owner == Free)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether an exchange may come back without a connection's doing: it is the application's, or another connection's.</summary>
        internal bool IsAnyElsewhere(HttpConnection connection)
        {
            for (int i = 0; i < _exchanges.Length; i++)
            {
                HttpExchange exchange = _exchanges[i];
                int owner = exchange.Owner;
                if (owner >= Application || (owner == Protocol && exchange.Connection.Session != connection.Session))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Takes a free exchange.</summary>
        /// <returns>The exchange, begun; null when none is free.</returns>
        internal HttpExchange Take(HttpConnection connection, int stream)
        {
            HttpExchange exchange = _sessions == 1 || MayTake(connection) ? NextFree(stream) : null;
            if (exchange != null)
            {
                exchange.Begin(connection, stream);
                exchange.Owner = Protocol;
            }

            return exchange;
        }

        /// <summary>
        /// Finds the free exchange that has read a field block last, for the same connection, and still holds what it says.
        /// </summary>
        /// <param name="connection">The connection.</param>
        /// <param name="block">Holds the field block.</param>
        /// <param name="at">Where it begins.</param>
        /// <param name="length">Its length, not 0.</param>
        /// <param name="version">The version of the dynamic table.</param>
        /// <returns>The exchange, for <see cref="TakeAgain(HttpExchange, int)"/>; null when there is none.</returns>
        internal HttpExchange FindAgain(HttpConnection connection, byte[] block, int at, int length, int version)
        {
            HttpExchange[] exchanges = _exchanges;

            // A client that sends what nearly was there before gets two long looks, whatever there are of exchanges.
            int looks = 2;
            for (int i = 0; i < exchanges.Length; i++)
            {
                HttpExchange exchange = exchanges[i];
                if (exchange.BlockLength != length || exchange.Owner != Free || exchange.BlockVersion != version || exchange.Connection != connection)
                {
                    continue;
                }

                if (Fields.Octets.Equal(block, at, exchange.Storage, exchange.Storage.Length - HttpExchange.LongestBlock, length)
                    && exchange.Request.TargetOffset == exchange.Request.HeaderSection.Used)
                {
                    if (_sessions != 1 && !MayTake(connection))
                    {
                        return null;
                    }

                    _next = i + 1;
                    return exchange;
                }

                if (--looks == 0)
                {
                    return null;
                }
            }

            return null;
        }

        /// <summary>Takes the exchange that <see cref="FindAgain"/> has found: it begins with the request that it holds.</summary>
        internal static void TakeAgain(HttpExchange exchange, int stream)
        {
            exchange.BeginAgain(stream);
            exchange.Owner = Protocol;
        }

        /// <summary>Takes the exchange whose head HTTP/1.1 remembers, if it is free and still holds what the head says.</summary>
        /// <returns>Whether it was.</returns>
        internal bool TakeAgain(HttpConnection connection, HttpExchange exchange)
        {
            if (!Holds(exchange, connection) || (_sessions != 1 && !MayTake(connection)))
            {
                return false;
            }

            exchange.BeginAgain(0);
            exchange.Owner = Protocol;
            return true;
        }

        /// <summary>Whether an exchange is free and still holds what the head says that HTTP/1.1 remembers.</summary>
        internal static bool Holds(HttpExchange exchange, HttpConnection connection)
        {
            return exchange.Owner == Free && exchange.BlockLength == HttpExchange.HeadRemembered && exchange.Connection == connection && exchange.Request.IsWhole;
        }

        /// <summary>A connection begins: what was remembered of the one before is nothing to it.</summary>
        internal void Forget(HttpConnection connection)
        {
            if (_sessions == 1)
            {
                _next = 0;
            }

            for (int i = 0; i < _exchanges.Length; i++)
            {
                HttpConnection last = _exchanges[i].Connection;
                if (last != null && last.Session == connection.Session)
                {
                    _exchanges[i].BlockLength = 0;
                }
            }
        }

        /// <summary>
        /// The connection has ended: takes back all exchanges of its session, even those held by a call that an exception has
        /// ended, and those of the HTTP/1.1 connection before an upgrade.
        /// </summary>
        internal void TakeBack(HttpConnection connection)
        {
            for (int i = 0; i < _exchanges.Length; i++)
            {
                HttpExchange exchange = _exchanges[i];
                if (exchange.Owner != Free && exchange.Connection.Session == connection.Session)
                {
                    Return(exchange, false);
                }
            }
        }

        /// <summary>
        /// Returns an exchange to the pool; may be called again. Bodies that were set and not begun are closed. An exchange
        /// that the application owns comes back when the application completes the response.
        /// </summary>
        /// <param name="exchange">The exchange.</param>
        /// <param name="complete">Whether the whole body of the response was read.</param>
        internal static void Return(HttpExchange exchange, bool complete)
        {
            if (exchange.Owner >= Application)
            {
                if (exchange.Owner == Application)
                {
                    exchange.Request.CloseSink(false);
                    exchange.KeepPeer();
                    Interlocked.CompareExchange(ref exchange.Owner, TakenBack, Application);
                }

                if (exchange.Owner != Protocol)
                {
                    return;
                }
            }

            // Most exchanges have neither.
            if (exchange.Response.Source != null || exchange.Request.Sink != null)
            {
                exchange.CloseBodies(complete);
            }

            exchange.Owner = Free;
        }

        /// <summary>The handler defers the response. The connection may have ended while the handler ran.</summary>
        internal static void Defer(HttpExchange exchange)
        {
            if (exchange.Owner == Protocol)
            {
                exchange.Owner = Application;
            }
            else if (exchange.Owner == Free)
            {
                exchange.KeepPeer();
                exchange.Owner = TakenBack;
            }
        }

        /// <summary>The application has completed the response. Called on any thread.</summary>
        internal static void Complete(HttpExchange exchange)
        {
            if (Interlocked.CompareExchange(ref exchange.Owner, Protocol, Application) == TakenBack)
            {
                exchange.CloseBodies(false);
                Interlocked.Exchange(ref exchange.Owner, Free);
            }
        }

        // Of the free exchanges one that remembers nothing, or else the one that HTTP/1.1 took longest ago, which does not hold the
        // lines that the next head is compared with. For HTTP/2 it is the one that was taken last, so that others still hold what comes
        // again when a client has more requests that follow each other than there are exchanges; but each eighth request takes
        // another one, so that none is held for ever that does not come again.
        private HttpExchange NextFree(int stream)
        {
            HttpExchange[] exchanges = _exchanges;
            HttpExchange found = null;
            int index = _next < 0 ? exchanges.Length - 1 : _next;
            int back = 0;
            if (stream != 0)
            {
                back = 1;
                if ((stream & Eighth) == Eighth)
                {
                    index++;
                    back = 2;
                }
            }

            int looks = MostLooks;
            for (int i = exchanges.Length; i > 0 && looks > 0; i--)
            {
                if (index >= exchanges.Length)
                {
                    index = 0;
                }

                HttpExchange exchange = exchanges[index++];
                if (exchange.Owner != Free)
                {
                    continue;
                }

                if (found == null || exchange.BlockLength == 0)
                {
                    found = exchange;
                    _next = index - back;
                }

                looks = exchange.BlockLength == 0 ? 0 : looks - 1;
            }

            return found;
        }

        // Whether a connection may take one, among those of several sessions.
        private bool MayTake(HttpConnection connection)
        {
            HttpExchange[] exchanges = _exchanges;
            int free = 0;
            int holders = 1 << connection.Session;
            bool holds = false;
            for (int i = 0; i < exchanges.Length; i++)
            {
                HttpExchange exchange = exchanges[i];
                int owner = exchange.Owner;
                if (owner == Free)
                {
                    free++;
                }
                else if (owner != TakenBack)
                {
                    holders |= 1 << exchange.Connection.Session;
                    holds |= exchange.Connection.Session == connection.Session;
                }
            }

            // One is left for each of the others that holds none, so that none can keep another one from being served.
            for (int i = 0; i < _sessions && holds; i++)
            {
                if ((holders >> i & 1) == 0)
                {
                    free--;
                }
            }

            return free > 0;
        }

        /// <summary>
        /// Whether the application has completed a deferred response. The interlocked operation makes everything that its
        /// thread has written visible to this one.
        /// </summary>
        internal static bool IsBack(HttpExchange exchange)
        {
            return Interlocked.CompareExchange(ref exchange.Owner, Protocol, Protocol) == Protocol;
        }
    }
}
