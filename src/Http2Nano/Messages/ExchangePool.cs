using System.Threading;

namespace Http2Nano.Messages
{
    /// <summary>
    /// All exchanges of a server, made once. Whose an exchange is changes here and nowhere else: it is free, or the protocol's, or
    /// the application's since a handler has put the response off, or was taken back from an application that still writes to it.
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
    /// <c>Complete</c> comes from any thread, all else from the server's. An exchange that a thread may write to is never given to
    /// another request.
    /// </remarks>
    public sealed class ExchangePool
    {
        /// <summary>Nobody's.</summary>
        internal const int Free = 0;

        /// <summary>The connection's that took it; a handler that runs works for it.</summary>
        internal const int Protocol = 1;

        /// <summary>The application's, which will complete the response for a client that waits.</summary>
        internal const int Application = 2;

        /// <summary>The application's, and nobody waits for the response.</summary>
        internal const int TakenBack = 3;

        /// <summary>
        /// The latest authority that was found to be one: a device has one or two names. Its octets as HTTP/1.1 has them, or as
        /// <see cref="Fields.HeaderList"/> keeps the field of an HTTP/2 request.
        /// </summary>
        internal readonly byte[] KnownAuthority = new byte[48];

        /// <summary>How many octets that are; negative for a field of HTTP/2.</summary>
        internal int KnownAuthorityLength;

        private readonly HttpExchange[] _exchanges;

        /// <summary>Makes the exchanges.</summary>
        /// <param name="limits">Their number and size.</param>
        public ExchangePool(HttpLimits limits)
        {
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

        /// <summary>Whether <see cref="Take"/> would give one.</summary>
        internal bool HasFree
        {
            get
            {
                for (int i = 0; i < _exchanges.Length; i++)
                {
                    if (_exchanges[i].Owner == Free)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Whether nothing is waited for but the application, which has put all responses off.</summary>
        internal bool AllDeferred
        {
            get
            {
                for (int i = 0; i < _exchanges.Length; i++)
                {
                    if (_exchanges[i].Owner < Application)
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>The exchanges that the connection holds or waits for, for tests and counters.</summary>
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

        /// <summary>Takes a free exchange.</summary>
        /// <returns>The exchange, begun; null when none is free.</returns>
        internal HttpExchange Take(HttpConnection connection, int stream)
        {
            for (int i = 0; i < _exchanges.Length; i++)
            {
                HttpExchange exchange = _exchanges[i];
                if (exchange.Owner == Free)
                {
                    exchange.Begin(connection, stream);
                    exchange.Owner = Protocol;
                    return exchange;
                }
            }

            return null;
        }

        /// <summary>
        /// The connection is over: takes back all that it held, wherever it was kept, even by a call that an exception has ended.
        /// </summary>
        internal void TakeBack()
        {
            for (int i = 0; i < _exchanges.Length; i++)
            {
                HttpExchange exchange = _exchanges[i];
                if (exchange.Owner != Free)
                {
                    Return(exchange, false);
                }
            }
        }

        /// <summary>
        /// Gives an exchange back, as often as one likes. The bodies that were set and not begun are closed. One that the application
        /// holds comes back when it completes the response.
        /// </summary>
        /// <param name="exchange">The exchange.</param>
        /// <param name="complete">Whether the body of the response was read to its end.</param>
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

            // Most have none.
            if (exchange.Response.Source != null || exchange.Request.Sink != null)
            {
                exchange.CloseBodies(complete);
            }

            exchange.Owner = Free;
        }

        /// <summary>The handler puts the response off. It still runs, so the connection may have ended under it.</summary>
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

        /// <summary>The application has completed the response. Called by any of its threads.</summary>
        internal static void Complete(HttpExchange exchange)
        {
            if (Interlocked.CompareExchange(ref exchange.Owner, Protocol, Application) == TakenBack)
            {
                exchange.CloseBodies(false);
                Interlocked.Exchange(ref exchange.Owner, Free);
            }
        }

        /// <summary>
        /// Whether the application has given a response back that it had put off. Then all that its thread has written is seen by
        /// this one, on processors too that keep their writes to themselves for a while.
        /// </summary>
        internal static bool IsBack(HttpExchange exchange)
        {
            return Interlocked.CompareExchange(ref exchange.Owner, Protocol, Protocol) == Protocol;
        }
    }
}
