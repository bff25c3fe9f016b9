namespace Http2Nano.Messages
{
    /// <summary>All exchanges of a server, made once.</summary>
    public sealed class ExchangePool
    {
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
                    if (IsFree(_exchanges[i]))
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
                    if (!_exchanges[i].Response.IsDeferred)
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>The exchanges in use, for tests and counters.</summary>
        internal int InUse
        {
            get
            {
                int used = 0;
                for (int i = 0; i < _exchanges.Length; i++)
                {
                    if (_exchanges[i].Connection != null)
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
        /// <returns>The exchange, begun; null when all are in use.</returns>
        internal HttpExchange Take(HttpConnection connection, int stream)
        {
            for (int i = 0; i < _exchanges.Length; i++)
            {
                HttpExchange exchange = _exchanges[i];
                if (IsFree(exchange))
                {
                    exchange.Begin(connection, stream);
                    return exchange;
                }
            }

            return null;
        }

        // Of one whose request is gone, the response that was put off may still be written to by a thread of the application.
        private static bool IsFree(HttpExchange exchange)
        {
            return exchange.Connection == null && !exchange.Response.IsDeferred;
        }
    }
}
