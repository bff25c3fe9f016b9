using System;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// One port that is listened on. Failures to accept pass when sockets are free again, and a socket that has failed is made
    /// anew; each failure in a row doubles the pause before the next attempt. Nobody waits at a port that is in such a pause.
    /// </summary>
    internal abstract class Listener
    {
        private const int FirstPause = 20;
        private const int LongestPause = 5000;

        // A socket that accepts nobody for so long may be broken without saying so.
        private const int LongestTrust = 320;

        private int _pause;
        private long _next;
        private bool _open;

        /// <summary>Whether clients can come: the port is listened on, and no failure has to be waited out.</summary>
        /// <param name="now">Milliseconds.</param>
        internal bool IsUsable(long now)
        {
            return _open && now >= _next;
        }

        /// <summary>The port, chosen by the system when 0 was asked for.</summary>
        internal abstract int Port { get; }

        /// <summary>Starts to listen.</summary>
        /// <exception cref="InvalidOperationException">The port cannot be had; the message says why and what helps.</exception>
        internal void Open()
        {
            OpenSocket();
            _open = true;
        }

        /// <summary>Waits until a client waits.</summary>
        /// <param name="milliseconds">Longest wait; 0 only looks. There is no wait while it is not <see cref="IsUsable"/>.</param>
        /// <param name="now">Milliseconds.</param>
        internal bool IsWaiting(int milliseconds, long now)
        {
            if (now < _next)
            {
                return false;
            }

            try
            {
                if (!_open)
                {
                    Open();
                }

                return Poll(milliseconds);
            }
            catch (Exception)
            {
                Close();
                Pause(now);
                return false;
            }
        }

        /// <summary>Accepts a client that waits.</summary>
        /// <param name="transport">Takes it over.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>False when that failed: sockets or memory are short, or the listening socket has failed.</returns>
        internal bool Accept(AcceptedTransport transport, long now)
        {
            try
            {
                AcceptInto(transport);
                _pause = 0;
                return true;
            }
            catch (Exception)
            {
                Pause(now);
                if (_pause >= LongestTrust)
                {
                    Close();
                }

                return false;
            }
        }

        internal void Close()
        {
            _open = false;
            CloseSocket();
        }

        /// <summary>Makes the socket; the same port again after the first time.</summary>
        protected abstract void OpenSocket();

        /// <summary>Waits until a client waits. Whatever it throws means that the socket has failed.</summary>
        protected abstract bool Poll(int milliseconds);

        /// <summary>Accepts a client. Whatever it throws means that nobody was accepted.</summary>
        protected abstract void AcceptInto(AcceptedTransport transport);

        /// <summary>Gives the socket back, if there is one. Throws nothing.</summary>
        protected abstract void CloseSocket();

        private void Pause(long now)
        {
            _pause = _pause == 0 ? FirstPause : _pause < LongestPause / 2 ? 2 * _pause : LongestPause;
            _next = now + _pause;
        }
    }
}
