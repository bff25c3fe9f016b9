using System;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// One port. When accepting fails, it is tried again later, when sockets may be free, with a socket that is made anew;
    /// each failure in a row doubles the pause. During such a pause the port is taken to have no clients.
    /// </summary>
    internal abstract class Listener
    {
        private const int FirstPause = 20;
        private const int LongestPause = 5000;

        // Milliseconds. A socket that has accepted nobody for so long may be broken without reporting it.
        private const int LongestTrust = 320;

        private int _pause;
        private long _next;
        private bool _open;

        /// <summary>Whether clients can be accepted: the port is open, and no pause after a failure is left.</summary>
        /// <param name="now">Milliseconds.</param>
        internal bool IsUsable(long now)
        {
            return _open && now >= _next;
        }

        /// <summary>The port; chosen by the system when 0 was requested.</summary>
        internal abstract int Port { get; }

        /// <summary>Opens the port.</summary>
        /// <exception cref="InvalidOperationException">
        /// The port is not available; the message gives the reason and the remedy.
        /// </exception>
        internal void Open()
        {
            OpenSocket();
            _open = true;
        }

        /// <summary>Waits for a client.</summary>
        /// <param name="milliseconds">Longest wait; 0 for none. There is no wait unless <see cref="IsUsable"/>.</param>
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

        /// <summary>Accepts a client.</summary>
        /// <param name="transport">Takes the connection.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>False when accepting failed: sockets or memory are short, or the listening socket has failed.</returns>
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

        /// <summary>Makes the listening socket; after the first time with the same port.</summary>
        protected abstract void OpenSocket();

        /// <summary>Waits for a client. An exception means that the socket has failed.</summary>
        protected abstract bool Poll(int milliseconds);

        /// <summary>Accepts a client. An exception means that none was accepted.</summary>
        protected abstract void AcceptInto(AcceptedTransport transport);

        /// <summary>Closes the socket, if there is one. Never throws.</summary>
        protected abstract void CloseSocket();

        private void Pause(long now)
        {
            _pause = _pause == 0 ? FirstPause : _pause < LongestPause / 2 ? 2 * _pause : LongestPause;
            _next = now + _pause;
        }
    }
}
