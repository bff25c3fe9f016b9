using System;
using Http2Nano.Hosting;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>A port whose network stack keeps as many clients as it was asked to and one more, as Linux does.</summary>
    internal sealed class ScriptedListener : Listener, ScriptedEnd
    {
        private readonly ScriptedPlatform _platform;
        private readonly ScriptedConnection[] _waiting;
        private int _count;
        private bool _open;
        private bool _broken;
        private bool _silently;
        private int _refusals;

        internal ScriptedListener(ScriptedPlatform platform, int backlog)
        {
            _platform = platform;
            _waiting = new ScriptedConnection[backlog + 1];
        }

        /// <summary>When the socket was made, each time, in milliseconds from the start.</summary>
        internal readonly int[] Attempts = new int[64];
        internal int AttemptCount;

        /// <summary>Clients that the network stack keeps.</summary>
        internal int Waiting
        {
            get { return _count; }
        }

        /// <summary>Whether it is listened on.</summary>
        internal bool IsListening
        {
            get { return _open; }
        }

        public bool IsReady
        {
            get { return _count != 0 || _broken; }
        }

        internal override int Port
        {
            get { return 80; }
        }

        /// <summary>A client comes.</summary>
        /// <returns>False when it is not even noticed.</returns>
        internal bool Connect(ScriptedConnection client)
        {
            if (!_open || _broken || _count == _waiting.Length)
            {
                return false;
            }

            _waiting[_count++] = client;
            return true;
        }

        /// <summary>The socket fails.</summary>
        /// <param name="silently">Whether it says so only when somebody is to be accepted.</param>
        /// <param name="refusals">Attempts to make it again that fail.</param>
        internal void Break(bool silently, int refusals)
        {
            _broken = true;
            _silently = silently;
            _refusals = refusals;
        }

        protected override void OpenSocket()
        {
            _platform.Call();
            if (AttemptCount < Attempts.Length)
            {
                Attempts[AttemptCount++] = _platform.Time;
            }

            if (_refusals > 0)
            {
                _refusals--;
                throw new InvalidOperationException("No socket.");
            }

            _broken = false;
            _open = true;
        }

        protected override bool Poll(int milliseconds)
        {
            _platform.Call();
            _platform.Looks++;
            if (_broken && !_silently)
            {
                throw new InvalidOperationException("The socket has failed.");
            }

            return _platform.Elapse(this, milliseconds);
        }

        protected override void AcceptInto(AcceptedTransport transport)
        {
            _platform.Call();
            if (_broken || _count == 0)
            {
                throw new InvalidOperationException("Nobody can be accepted.");
            }

            ScriptedConnection client = _waiting[0];
            _count--;
            Array.Copy(_waiting, 1, _waiting, 0, _count);
            ((ScriptedTransport)transport).Take(client);
        }

        protected override void CloseSocket()
        {
            _open = false;
            for (int i = 0; i < _count; i++)
            {
                _waiting[i].Cut();
            }

            _count = 0;
        }
    }
}
