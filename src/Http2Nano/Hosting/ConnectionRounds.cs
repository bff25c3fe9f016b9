namespace Http2Nano.Hosting
{
    /// <summary>
    /// The connections that are served in turns, and the choice of the one that makes way when all places are taken and a
    /// client waits. A client may use as many places as others leave free: the client with most gives one up, and a client
    /// never takes one from another that has no more than itself.
    /// </summary>
    internal sealed class ConnectionRounds
    {
        // Longest waits in milliseconds between two rounds in which nothing has moved: one connection is waited for, and
        // the others wait as long. The short one is used when something has moved a moment ago.
        private const int Slice = 5;
        private const int ShortSlice = 1;
        private const int Recent = 100;

        private readonly ConnectionLoop[] _loops;
        private readonly ServerPlatform _platform;
        private readonly Reception _reception;
        private int _turn;
        private bool _moved;

        // The connection that moved octets last, and when; and whether this round may wait for it.
        private ConnectionLoop _last;
        private long _lastMove;
        private bool _waits;

        // When the free loops have looked for clients last.
        private long _looked;

        internal ConnectionRounds(ConnectionLoop[] loops, ServerPlatform platform, Reception reception)
        {
            _loops = loops;
            _platform = platform;
            _reception = reception;
            _last = loops[0];
        }

        /// <summary>Whether any connection is served.</summary>
        internal bool IsServing
        {
            get
            {
                for (int i = 0; i < _loops.Length; i++)
                {
                    if (_loops[i].IsServing)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>How long the current connection may wait for input, in milliseconds.</summary>
        internal int Patience
        {
            get
            {
                if (!_waits || _loops[_turn] != _last)
                {
                    return 0;
                }

                _waits = false;
                return _platform.Now - _lastMove < Recent ? ShortSlice : Slice;
            }
        }

        /// <summary>The current connection has moved octets, or has more to do at once.</summary>
        internal void Moved()
        {
            _moved = true;
            _last = _loops[_turn];
            _lastMove = _platform.Now;
        }

        /// <summary>
        /// Whether a free loop is to look for clients: once in a millisecond, because looking costs system calls and others
        /// are being served.
        /// </summary>
        /// <param name="now">Milliseconds.</param>
        internal bool IsToLook(long now)
        {
            if (now == _looked)
            {
                return false;
            }

            _looked = now;
            return true;
        }

        /// <summary>Gives the next connection its turn.</summary>
        /// <param name="served">Whether free places are skipped; then a connection must be being served.</param>
        internal ConnectionLoop Next(bool served)
        {
            do
            {
                _turn++;
                if (_turn == _loops.Length)
                {
                    _turn = 0;
                    BeginRound();
                }
            }
            while (served && !_loops[_turn].IsServing);
            return _loops[_turn];
        }

        /// <summary>Translates the other clients for all connections into those for one of them.</summary>
        /// <param name="loop">The connection.</param>
        /// <param name="others">Constants of <see cref="Others"/>, added up, for all of them.</param>
        internal int Judge(ConnectionLoop loop, int others)
        {
            bool ending = false;
            int served = 0;
            for (int i = 0; i < _loops.Length; i++)
            {
                if (_loops[i].IsServing)
                {
                    served++;
                    ending |= _loops[i].IsEnding;
                }
            }

            others |= served > 1 ? Others.Served : 0;
            if ((others & Others.Held) == 0)
            {
                return others;
            }

            if (served < _loops.Length)
            {
                // A client that has sent octets gets a place in this round. A client without a place waits for those of
                // silent connections.
                return (others & Others.Outside) != 0 ? others | Others.Spared : (others & ~(Others.Waiting | Others.News)) | Others.Quiet;
            }

            if (ending)
            {
                return loop.IsEnding ? others : others | Others.Spared;
            }

            return others | Compare(loop);
        }

        // Whether a connection may have to make way: it belongs to the client with most connections, or to the waiting
        // client if that has as many.
        private int Compare(ConnectionLoop loop)
        {
            int most = 0;
            for (int i = 0; i < _loops.Length; i++)
            {
                int count = _reception.Served(_loops[i].Place.Client);
                most = count > most ? count : most;
            }

            ConnectionPlace next = _reception.Next;
            int client = loop.Place.Client;
            bool own = next != null && _reception.Served(next.Client) == most;
            if (own ? client != next.Client : _reception.Served(client) != most)
            {
                return Others.Spared;
            }

            for (int i = 0; i < _loops.Length; i++)
            {
                int other = _loops[i].Place.Client;
                if ((own ? other == next.Client : _reception.Served(other) == most) && _loops[i].Gate.Began < loop.Gate.Began)
                {
                    return Others.Younger;
                }
            }

            return Others.Nobody;
        }

        private void BeginRound()
        {
            _waits = !_moved;
            _moved = false;
            for (int i = 0; !_last.IsServing && i < _loops.Length; i++)
            {
                _last = _loops[i];
            }
        }
    }
}
