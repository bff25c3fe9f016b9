using System;
using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// Accepts clients as soon as they come, as far as there are places, and keeps the connections that are not served:
    /// newcomers that have sent nothing yet (browsers open connections before they need them, and on a slow network the
    /// first request is late), and connections over HTTP/1.1 between two requests. Connections with octets are served in
    /// turn. When all places are taken, the longest silent connection is closed in favour of the next client, after its
    /// grace time.
    /// </summary>
    internal sealed class Reception
    {
        /// <summary>
        /// Milliseconds that an idle connection over HTTP/1.1 is kept before it may be closed for another client. A request
        /// that is on its way to it would be lost, and this is the round-trip time of a slow network.
        /// </summary>
        internal const int RoundTrip = 200;

        // Longest waits in milliseconds while no peer has sent octets: nobody is connected, and a client ends the wait, so that only
        // stopping the server takes as long; nobody has come for a while, and a client may come to the other port; some are
        // silent, for a while or only recently.
        private const int LongSlice = 100;
        private const int QuietSlice = 20;
        private const int Slice = 5;
        private const int ShortSlice = 1;
        private const int Recent = 500;
        private const int QuietTime = 2000;

        // Some platforms round waits up to this many milliseconds. A shorter wait is left out.
        private const int CoarseWait = 10;

        private readonly ServerPlatform _platform;
        private readonly Crowd _crowd;
        private readonly ConnectionPlace[] _places;
        private Listener _plain;
        private Listener _secure;

        internal Reception(HttpServerOptions options, ServerPlatform platform, Crowd crowd)
        {
            _platform = platform;
            _crowd = crowd;
            _places = new ConnectionPlace[options.SilentConnections + options.Connections];
            for (int i = 0; i < _places.Length; i++)
            {
                _places[i] = new ConnectionPlace(platform.NewTransport());
            }
        }

        /// <summary>The place of the connection over HTTP/2 that is set aside, or null.</summary>
        internal ConnectionPlace Http2AtRest
        {
            get
            {
                for (int i = 0; i < _places.Length; i++)
                {
                    if (_places[i].Rest is Http2Connection)
                    {
                        return _places[i];
                    }
                }

                return null;
            }
        }

        /// <summary>Whether the ports are open.</summary>
        internal bool IsOpen
        {
            get { return _plain != null || _secure != null; }
        }

        /// <summary>The port without TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        internal int Port
        {
            get { return _plain == null ? HttpServerOptions.Off : _plain.Port; }
        }

        /// <summary>The port with TLS, or <see cref="HttpServerOptions.Off"/>.</summary>
        internal int TlsPort
        {
            get { return _secure == null ? HttpServerOptions.Off : _secure.Port; }
        }

        /// <summary>Opens the ports.</summary>
        /// <exception cref="InvalidOperationException">
        /// A port is not available; the message gives the reason and the remedy.
        /// </exception>
        internal void Open()
        {
            try
            {
                if (_crowd.Options.Port != HttpServerOptions.Off)
                {
                    _plain = _platform.NewListener(_crowd.Options, _crowd.Options.Port);
                    _plain.Open();
                }

                if (_crowd.Options.TlsPort != HttpServerOptions.Off)
                {
                    _secure = _platform.NewListener(_crowd.Options, _crowd.Options.TlsPort);
                    _secure.Open();
                }
            }
            catch (Exception)
            {
                CloseListeners();
                throw;
            }
        }

        /// <summary>Accepts clients and finds out which connections have received octets.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <returns>Constants of <see cref="Others"/>, added up.</returns>
        internal int Look(long now)
        {
            int others = Others.Full;
            ConnectionPlace[] places = _places;
            for (int i = 0; i < places.Length; i++)
            {
                ConnectionPlace place = places[i];
                if (place.State == ConnectionPlace.Free)
                {
                    others &= ~Others.Full;
                }
                else if (place.State != ConnectionPlace.Taken)
                {
                    others |= Look(place, now);
                    if (place.State == ConnectionPlace.Free || place.State == ConnectionPlace.Silent || place.Rest != null)
                    {
                        others &= ~Others.Full;
                    }
                }
            }

            // The port that accepted a client last is asked last the next time, so that a crowd at one port does not block
            // the other.
            if ((_crowd.Counters.Connections & 1) == 0)
            {
                others |= Admit(_secure, now);
                return others | Admit(_plain, now);
            }

            others |= Admit(_plain, now);
            return others | Admit(_secure, now);
        }

        /// <summary>
        /// The connection to be served next: of the client with the fewest served connections, the one that has waited longest
        /// since octets arrived. Null if none has.
        /// </summary>
        internal ConnectionPlace Next
        {
            get
            {
                if (_crowd.Options.Connections == 1)
                {
                    return Longest(ConnectionPlace.Spoken);
                }

                ConnectionPlace next = null;
                int fewest = 0;
                for (int i = 0; i < _places.Length; i++)
                {
                    ConnectionPlace place = _places[i];
                    if (place.State == ConnectionPlace.Spoken)
                    {
                        int served = Served(place.Client);
                        if (next == null || served < fewest || (served == fewest && place.Since < next.Since))
                        {
                            next = place;
                            fewest = served;
                        }
                    }
                }

                return next;
            }
        }

        /// <summary>Number of connections of a client that are being served.</summary>
        /// <param name="client">The client's number.</param>
        internal int Served(int client)
        {
            int served = 0;
            for (int i = 0; i < _places.Length; i++)
            {
                if (_places[i].State == ConnectionPlace.Taken && _places[i].Client == client)
                {
                    served++;
                }
            }

            return served;
        }

        /// <summary>Takes the connection that is <see cref="Next"/>, to serve it.</summary>
        /// <param name="scratch">A free buffer.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>Its place; null when all are silent.</returns>
        internal ConnectionPlace Take(byte[] scratch, long now)
        {
            while (true)
            {
                ConnectionPlace place = Next;
                if (place == null)
                {
                    return null;
                }

                ConnectionPlace resting = Http2AtRest;
                if (resting != null && (place == resting || !place.SpeaksHttp1(scratch)))
                {
                    // Before another one over HTTP/2 can be served, the one at rest has to make way.
                    return resting;
                }

                if (!place.IsSecure || place.Secured != null)
                {
                    return place;
                }

                int greeting = Greeting.Check(place.Accepted, scratch, _crowd.Options.Limits.WriteTimeout);
                if (greeting == Greeting.Whole)
                {
                    return place;
                }

                place.State = greeting == Greeting.Refused ? ConnectionPlace.Free : ConnectionPlace.Greeting + greeting;
            }
        }

        /// <summary>Waits for a moment, while all connections are silent.</summary>
        /// <param name="others">The latest result of <see cref="Look(long)"/>.</param>
        /// <param name="now">Milliseconds.</param>
        internal void Wait(int others, long now)
        {
            ConnectionPlace newest = null;
            long last = 0;
            for (int i = 0; i < _places.Length; i++)
            {
                ConnectionPlace place = _places[i];
                if (place.State >= ConnectionPlace.Silent && (newest == null || place.Since > newest.Since))
                {
                    newest = place;
                }

                last = place.Since > last ? place.Since : last;
            }

            if (newest == null)
            {
                WaitAtPorts(now, now - last < QuietTime ? Slice : QuietSlice);
            }
            else if ((others & Others.Outside) == 0 || _crowd.ParkedGrace >= CoarseWait)
            {
                Wait(newest, now - newest.Since < Recent ? ShortSlice : Slice);
            }
        }

        /// <summary>Keeps a connection in its place until it is to be served again.</summary>
        /// <param name="place">Its place.</param>
        /// <param name="answered">Whether it has been answered.</param>
        /// <param name="now">Milliseconds.</param>
        internal void Park(ConnectionPlace place, bool answered, long now)
        {
            if (answered && !(place.Rest is Http2Connection))
            {
                place.Accepted.Facts |= AcceptedTransport.SpeaksHttp1;
            }

            place.Accepted.Facts &= ~AcceptedTransport.Asks;
            place.State = place.Rest != null ? ConnectionPlace.Resting : answered ? ConnectionPlace.Idle : ConnectionPlace.Silent;
            place.Since = now;
        }

        /// <summary>Closes the ports and all connections that are not served.</summary>
        internal void Close()
        {
            CloseListeners();
            for (int i = 0; i < _places.Length; i++)
            {
                ConnectionPlace place = _places[i];
                if (place.State > ConnectionPlace.Taken)
                {
                    place.CloseSource(_crowd.Counters);
                    place.Close(0);
                }
            }
        }

        private int Look(ConnectionPlace place, long now)
        {
            if (place.State >= ConnectionPlace.Silent)
            {
                int timeout = place.State == ConnectionPlace.Idle || place.Rest != null ? _crowd.Options.Limits.IdleTimeout : _crowd.Options.Limits.FirstByteTimeout;
                place.Look(now, _crowd.Counters);
                if (place.State >= ConnectionPlace.Silent && now - place.Since >= timeout)
                {
                    if (place.Rest != null)
                    {
                        // HTTP/2 tells its client that it ends.
                        place.State = ConnectionPlace.Spoken;
                        place.Since = now;
                    }
                    else
                    {
                        place.Close(0);
                    }
                }
            }

            switch (place.State)
            {
                case ConnectionPlace.Free:
                    return Others.Nobody;

                case ConnectionPlace.Spoken:
                    return place.Rest == null || (place.Accepted.Facts & AcceptedTransport.Asks) != 0 ? Others.Waiting : Others.News;

                default:
                    return Others.Quiet;
            }
        }

        // Accepts clients while there are places for them.
        private int Admit(Listener listener, long now)
        {
            int others = Others.Nobody;
            while (listener != null && listener.IsWaiting(0, now))
            {
                ConnectionPlace place = Room(now);
                if (place == null)
                {
                    return others | Others.Outside;
                }

                // Set before the connection is accepted, so that the connection has a place, and will be closed, whatever
                // fails from here on.
                place.State = ConnectionPlace.Silent;
                place.Since = now;
                place.Accepted.Facts = listener == _secure ? AcceptedTransport.AtTlsPort : 0;
                if (!listener.Accept(place.Accepted, now))
                {
                    place.State = ConnectionPlace.Free;
                    break;
                }

                _crowd.Counters.Connections++;
                if (_crowd.Options.Connections != 1)
                {
                    place.Client = place.Accepted.PeerNumber;
                }

                others |= Look(place, now);
            }

            return others;
        }

        // Returns a free place, or that of the longest silent connection after its grace time. Newcomers are closed first,
        // because they lose nothing, while a request may be on its way on a connection that has been answered.
        private ConnectionPlace Room(long now)
        {
            ConnectionPlace place = Longest(ConnectionPlace.Free);
            if (place != null)
            {
                return place;
            }

            bool newcomer = Longest(ConnectionPlace.Silent) != null;
            for (int i = 0; i < _places.Length; i++)
            {
                ConnectionPlace other = _places[i];
                if (other.State >= ConnectionPlace.Silent && now - other.Since >= GraceOf(other) && (place == null || other.Since < place.Since)
                    && !(newcomer && other.State == ConnectionPlace.Idle) && other.Rest == null)
                {
                    place = other;
                }
            }

            if (place == null)
            {
                return null;
            }

            if (place.State == ConnectionPlace.Silent)
            {
                _crowd.NewcomerSilent();
            }
            else if (place.State != ConnectionPlace.Idle)
            {
                _crowd.HeldUp();
            }

            place.Close(0);
            return place;
        }

        private int GraceOf(ConnectionPlace place)
        {
            switch (place.State)
            {
                case ConnectionPlace.Silent:
                    return _crowd.ParkedGrace;

                case ConnectionPlace.Idle:
                    return RoundTrip;

                default:
                    return _crowd.Grace(_crowd.Options.NewcomerGrace);
            }
        }

        /// <summary>Of the connections in a state, the one that has waited longest; null where there is none.</summary>
        /// <param name="state">A constant of <see cref="ConnectionPlace"/>.</param>
        internal ConnectionPlace Longest(int state)
        {
            ConnectionPlace longest = null;
            for (int i = 0; i < _places.Length; i++)
            {
                ConnectionPlace place = _places[i];
                if (place.State == state && (longest == null || place.Since < longest.Since))
                {
                    longest = place;
                }
            }

            return longest;
        }

        private void Wait(ConnectionPlace place, int milliseconds)
        {
            if (place.State >= ConnectionPlace.Greeting)
            {
                // Octets that have already arrived would end any other wait at once.
                _platform.Sleep(milliseconds);
                return;
            }

            place.Wait(milliseconds);
        }

        private void WaitAtPorts(long now, int slice)
        {
            if (_plain == null || _secure == null)
            {
                WaitAt(_plain == null ? _secure : _plain, LongSlice, now);
                return;
            }

            if (!WaitAt(_plain, slice, now))
            {
                WaitAt(_secure, slice, now);
            }
        }

        private bool WaitAt(Listener listener, int milliseconds, long now)
        {
            if (listener.IsWaiting(milliseconds, now))
            {
                return true;
            }

            if (!listener.IsUsable(now))
            {
                _platform.Sleep(milliseconds < QuietSlice ? milliseconds : QuietSlice);
            }

            return false;
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
