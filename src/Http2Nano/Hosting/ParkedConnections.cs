using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The connections that have said nothing yet and were set aside for others: browsers open some before they need them, and
    /// on a bad network the first request is late. Each is taken up again as soon as it speaks. When all places are taken, the
    /// one that was set aside first is closed, but not before it had as long as a newcomer is given.
    /// </summary>
    internal sealed class ParkedConnections
    {
        // The first ones have waited longest. There is one place more than connections are kept: for a silent one that comes out
        // of the loop just when another that was set aside has spoken and is about to be taken.
        private readonly ParkedConnection[] _places;
        private int _count;

        /// <summary>Makes the places.</summary>
        /// <param name="maximum">Connections that are kept. 1 or more.</param>
        internal ParkedConnections(int maximum)
        {
            _places = new ParkedConnection[maximum + 1];
            for (int i = 0; i <= maximum; i++)
            {
                _places[i] = new ParkedConnection();
            }
        }

        /// <summary>Whether one has spoken. Those that have ended without a word are closed: nobody has to make way for them.</summary>
        internal bool IsWaiting
        {
            get
            {
                for (int i = 0; i < _count; i++)
                {
                    if (_places[i].HasSpoken)
                    {
                        if (!_places[i].HasEnded)
                        {
                            return true;
                        }

                        Remove(i--).Close();
                    }
                }

                return false;
            }
        }

        /// <summary>Whether another one can be set aside at no other's cost, or at the cost of one that had its time.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="grace">Milliseconds that each is given.</param>
        internal bool HasRoom(long now, int grace)
        {
            return _count < _places.Length - 1 || now - _places[0].Since >= grace;
        }

        /// <summary>Sets a connection aside of which nothing has been read.</summary>
        /// <param name="socket">The socket, or null when its TLS handshake is done.</param>
        /// <param name="transport">The connection when its TLS handshake is done, or null.</param>
        /// <param name="secure">Whether it came to the TLS port.</param>
        /// <param name="now">Milliseconds.</param>
        internal void Park(Socket socket, Transport transport, bool secure, long now)
        {
            if (_count >= _places.Length - 1 && (_count == _places.Length || !IsWaiting))
            {
                Remove(0).Close();
            }

            _places[_count++].Set(socket, transport, secure, now);
        }

        /// <summary>Gives a place up whose connection has spoken.</summary>
        /// <returns>The place, whose connection is to be taken at once; null when all are silent.</returns>
        internal ParkedConnection TakeWaiting()
        {
            for (int i = 0; i < _count; i++)
            {
                if (_places[i].HasSpoken)
                {
                    return Remove(i);
                }
            }

            return null;
        }

        /// <summary>Closes those that have been silent for too long.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="timeout">Milliseconds that each is given.</param>
        internal void CloseWhenDue(long now, int timeout)
        {
            while (_count > 0 && now - _places[0].Since >= timeout)
            {
                Remove(0).Close();
            }
        }

        internal void Close()
        {
            while (_count > 0)
            {
                Remove(0).Close();
            }
        }

        private ParkedConnection Remove(int index)
        {
            ParkedConnection place = _places[index];
            _count--;
            for (int i = index; i < _count; i++)
            {
                _places[i] = _places[i + 1];
            }

            _places[_count] = place;
            return place;
        }
    }
}
