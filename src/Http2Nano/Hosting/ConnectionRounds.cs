namespace Http2Nano.Hosting
{
    /// <summary>
    /// Several connections that are served in turn, and which of them makes way when all places are taken and somebody waits. A client
    /// may have as many of them as others leave it: who has most gives one up, and nobody takes from a client that has no more than he
    /// has himself.
    /// </summary>
    internal sealed class ConnectionRounds
    {
        // Longest waits between two rounds in which nothing has moved, in milliseconds: one connection is waited for, and the others
        // as long. A short one when something did a moment ago.
        private const int Slice = 5;
        private const int ShortSlice = 1;
        private const int Recent = 100;

        private readonly ConnectionLoop[] _loops;
        private readonly ServerPlatform _platform;
        private readonly Reception _reception;
        private int _turn;
        private bool _moved;

        // Who moved something last, and when; whether that one may be waited for in this round.
        private ConnectionLoop _last;
        private long _lastMove;
        private bool _waits;

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

        /// <summary>How long the connection whose turn it is may wait for input, in milliseconds.</summary>
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

        /// <summary>The connection whose turn it was has moved something, or has more to do at once.</summary>
        internal void Moved()
        {
            _moved = true;
            _last = _loops[_turn];
            _lastMove = _platform.Now;
        }

        /// <summary>The next one has its turn.</summary>
        /// <param name="served">Whether places that are free are passed over; somebody must be served then.</param>
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

        /// <summary>What those who wait mean for one of the connections.</summary>
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
                // Who has spoken is taken up in this round. Who finds no place waits for those that are silent.
                return (others & Others.Outside) != 0 ? others | Others.Spared : (others & ~Others.Waiting) | Others.Quiet;
            }

            if (ending)
            {
                return loop.IsEnding ? others : others | Others.Spared;
            }

            return others | Compare(loop);
        }

        // Who may have to make way: the connections of the client that has most; those of the client who waits, if it has as many.
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
