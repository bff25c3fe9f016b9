using System;

namespace Http2Nano.Access
{
    /// <summary>A fixed number of sessions: their tokens, when they began, and when they were used last.</summary>
    /// <remarks>About 40 bytes of heap for each session.</remarks>
    internal sealed class SessionTable
    {
        // By session: the token, in digits; the seconds of its begin and of its last use. The use of a free place is 0.
        private readonly byte[] _tokens;
        private readonly int[] _begun;
        private readonly int[] _used;

        internal SessionTable(int count)
        {
            _tokens = new byte[count * SessionTokens.Digits];
            _begun = new int[count];
            _used = new int[count];
        }

        /// <summary>Seconds without use after which a session ends.</summary>
        internal int IdleTimeout;

        /// <summary>Seconds after which a session ends, however much it is used.</summary>
        internal int Lifetime;

        /// <summary>The tokens.</summary>
        internal byte[] Tokens
        {
            get { return _tokens; }
        }

        /// <summary>Number of sessions that have not ended.</summary>
        /// <param name="now">The time in seconds.</param>
        internal int Count(int now)
        {
            int count = 0;
            for (int i = 0; i < _used.Length; i++)
            {
                count += IsLive(i, now) ? 1 : 0;
            }

            return count;
        }

        /// <summary>
        /// Begins a session: in a free place, else in that of the session that has not been used for the longest time. The
        /// caller writes the token to <see cref="Tokens"/>.
        /// </summary>
        /// <param name="now">The time in seconds, more than 0.</param>
        /// <returns>Offset of the token.</returns>
        internal int Begin(int now)
        {
            int place = 0;
            for (int i = 0; i < _used.Length; i++)
            {
                if (!IsLive(i, now))
                {
                    place = i;
                    break;
                }

                if (_used[i] < _used[place])
                {
                    place = i;
                }
            }

            _begun[place] = now;
            _used[place] = now;
            return place * SessionTokens.Digits;
        }

        /// <summary>
        /// Finds a live session and notes that it is used. The time taken does not depend on how much of a token matches.
        /// </summary>
        /// <param name="bytes">Array that holds the token.</param>
        /// <param name="at">Offset of its first digit.</param>
        /// <param name="count">Number of octets.</param>
        /// <param name="now">The time in seconds.</param>
        /// <returns>Number of the session; -1 when there is none.</returns>
        internal int Find(byte[] bytes, int at, int count, int now)
        {
            if (count != SessionTokens.Digits)
            {
                return -1;
            }

            long first = BitConverter.ToInt64(bytes, at);
            long second = BitConverter.ToInt64(bytes, at + 8);
            long third = BitConverter.ToInt64(bytes, at + 16);
            long fourth = BitConverter.ToInt64(bytes, at + 24);
            int found = -1;
            for (int i = 0; i < _used.Length; i++)
            {
                int token = i * SessionTokens.Digits;
                long difference = (first ^ BitConverter.ToInt64(_tokens, token))
                    | (second ^ BitConverter.ToInt64(_tokens, token + 8))
                    | (third ^ BitConverter.ToInt64(_tokens, token + 16))
                    | (fourth ^ BitConverter.ToInt64(_tokens, token + 24));
                if (difference == 0 && IsLive(i, now))
                {
                    found = i;
                }
            }

            if (found >= 0)
            {
                _used[found] = now;
            }

            return found;
        }

        /// <summary>Ends a session.</summary>
        internal void End(int session)
        {
            _used[session] = 0;
            Array.Clear(_tokens, session * SessionTokens.Digits, SessionTokens.Digits);
        }

        /// <summary>Ends all sessions.</summary>
        internal void EndAll()
        {
            Array.Clear(_used, 0, _used.Length);
            Array.Clear(_tokens, 0, _tokens.Length);
        }

        private bool IsLive(int session, int now)
        {
            return _used[session] != 0 && now - _used[session] < IdleTimeout && now - _begun[session] < Lifetime;
        }
    }
}
