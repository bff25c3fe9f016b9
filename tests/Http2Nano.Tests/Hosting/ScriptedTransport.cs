using System;
using Http2Nano.Hosting;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>The server's end of a connection to a scripted client.</summary>
    internal sealed class ScriptedTransport : AcceptedTransport, ScriptedEnd
    {
        // What fits into one packet, and what the network stack takes with one call.
        private const int Segment = 1440;
        private const int Portion = 2 * Segment;

        private readonly ScriptedPlatform _platform;
        private ScriptedConnection _client;

        internal ScriptedTransport(ScriptedPlatform platform)
        {
            _platform = platform;
        }

        public bool IsReady
        {
            get { return _client == null || _platform.IsOver || _client.Arrived != 0 || _client.HasEnded; }
        }

        public override int Protocol
        {
            get
            {
                _platform.Call();
                return ApplicationProtocol.Undecided;
            }
        }

        public override string PeerAddress
        {
            get { return string.Empty; }
        }

        internal override int PeerNumber
        {
            get
            {
                _platform.Call();
                return _client.Number;
            }
        }

        internal override int Available
        {
            get
            {
                _platform.Call();
                return _client.Arrived;
            }
        }

        /// <summary>A client was accepted.</summary>
        internal void Take(ScriptedConnection client)
        {
            if (_client != null)
            {
                throw new InvalidOperationException("A connection was forgotten.");
            }

            _client = client;
            _platform.Open++;
            _platform.MostOpen = _platform.Open > _platform.MostOpen ? _platform.Open : _platform.MostOpen;
        }

        internal override int Look()
        {
            _platform.Call();
            _platform.Looks++;
            return _client.Arrived != 0 ? Spoken : _client.HasEnded ? Ended : Silent;
        }

        internal override int Peek(byte[] buffer, int count)
        {
            _platform.Call();
            return _client.Take(buffer, 0, count, false);
        }

        internal override void Begin(int writeTimeout)
        {
            _platform.Call();
        }

        internal override Transport Secure(TlsAcceptor acceptor, IHandshakeLimit limit, int writeTimeout)
        {
            ScriptedTransport secured = new ScriptedTransport(_platform);
            secured._client = _client;
            _client = null;
            bool done = false;
            try
            {
                _platform.Call();
                done = Shake(limit);
            }
            finally
            {
                if (!done)
                {
                    secured.Close();
                }
            }

            if (!done)
            {
                return null;
            }

            // What stood for the greeting.
            secured._client.Take(new byte[ScriptedTls.Greeting.Length], 0, ScriptedTls.Greeting.Length, true);
            return secured;
        }

        private bool Shake(IHandshakeLimit limit)
        {
            while (_platform.Handshake == ScriptedTls.Stalls)
            {
                _platform.Elapse(null, 2);
                if (limit.HasPassed)
                {
                    return false;
                }
            }

            return _platform.Handshake == ScriptedTls.Succeeds;
        }

        public override bool WaitForData(int milliseconds)
        {
            _platform.Call();
            _platform.Looks++;
            return _platform.Elapse(this, milliseconds);
        }

        public override bool WaitForRoom(int milliseconds)
        {
            _platform.Call();
            _platform.Looks++;
            if (_client.IsDeaf)
            {
                _platform.Elapse(null, milliseconds);
            }

            return !_client.IsDeaf;
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            _platform.Call();
            if (_client.IsBroken)
            {
                throw new InvalidOperationException("The connection is broken.");
            }

            if (_platform.IsOver)
            {
                return Lost;
            }

            return _client.Arrived == 0 && !_client.HasEnded ? throw new InvalidOperationException("It would wait.") : _client.Take(buffer, offset, count, true);
        }

        public override int Send(byte[] buffer, int offset, int count)
        {
            _platform.Call();
            count = count < Portion ? count : Portion;
            _platform.Sends++;
            _platform.ShortSends += count % Segment == 0 ? 0 : 1;
            _client.Hear(buffer, offset, count);
            return count;
        }

        public override bool Flush()
        {
            _platform.Call();
            return _platform.Time >= _platform.KeepsUntil;
        }

        public override void Close()
        {
            if (_client != null)
            {
                _platform.Open--;
                _client.Cut();
                _client = null;
            }
        }
    }
}
