using System;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>What is on its way between a scripted client and the server, on one connection.</summary>
    internal sealed class ScriptedConnection
    {
        private const int Chunks = 8;

        private readonly ScriptedClient _client;
        private readonly byte[][] _said = new byte[Chunks][];
        private readonly int[] _arrivals = new int[Chunks];
        private int _count;
        private int _start;

        internal ScriptedConnection(ScriptedClient client)
        {
            _client = client;
            Heard = new byte[client.HeardSize];
        }

        /// <summary>When the client's end arrives; never unless set.</summary>
        internal int EndsAt = int.MaxValue;

        /// <summary>When the last octets of the server arrive, and its close.</summary>
        internal int HeardAt = int.MaxValue;
        internal int CutAt = int.MaxValue;

        /// <summary>What the client has heard, as far as it fits.</summary>
        internal readonly byte[] Heard;
        internal int HeardCount;

        /// <summary>The client's address as a number.</summary>
        internal int Number
        {
            get { return _client.Number; }
        }

        /// <summary>Whether the client takes nothing.</summary>
        internal bool IsDeaf
        {
            get { return _client.IsDeaf; }
        }

        /// <summary>Whether whatever is asked of it throws.</summary>
        internal bool IsBroken
        {
            get { return _client.IsBroken; }
        }

        /// <summary>Whether the client has ended its side, and the server can know.</summary>
        internal bool HasEnded
        {
            get { return _client.Platform.Time >= EndsAt; }
        }

        /// <summary>Octets that have arrived at the server.</summary>
        internal int Arrived
        {
            get
            {
                int time = _client.Platform.Time;
                int count = 0;
                for (int i = 0; i < _count && _arrivals[i] <= time; i++)
                {
                    count += _said[i].Length;
                }

                return count == 0 ? 0 : count - _start;
            }
        }

        /// <summary>Whether the last octets that the client has heard are those of a text.</summary>
        internal bool HasHeard(string text)
        {
            for (int i = 1; i <= text.Length; i++)
            {
                if (i > HeardCount || Heard[HeardCount - i] != text[text.Length - i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The client says something, unless too much is on its way.</summary>
        internal void Say(byte[] octets)
        {
            if (_count < Chunks)
            {
                _said[_count] = octets;
                _arrivals[_count++] = _client.Platform.Time + _client.Latency;
            }
        }

        /// <summary>The client ends its side.</summary>
        internal void End()
        {
            EndsAt = _client.Platform.Time + _client.Latency;
        }

        /// <summary>The server receives or looks.</summary>
        internal int Take(byte[] buffer, int offset, int count, bool away)
        {
            int taken = 0;
            int start = _start;
            int time = _client.Platform.Time;
            int chunk = 0;
            while (taken < count && chunk < _count && _arrivals[chunk] <= time)
            {
                int part = _said[chunk].Length - start;
                part = part < count - taken ? part : count - taken;
                Array.Copy(_said[chunk], start, buffer, offset + taken, part);
                taken += part;
                start += part;
                if (start == _said[chunk].Length)
                {
                    start = 0;
                    chunk++;
                }
            }

            if (away)
            {
                _start = start;
                _count -= chunk;
                for (int i = 0; i < _count; i++)
                {
                    _said[i] = _said[i + chunk];
                    _arrivals[i] = _arrivals[i + chunk];
                }
            }

            return taken;
        }

        /// <summary>The server sends.</summary>
        internal void Hear(byte[] buffer, int offset, int count)
        {
            count = count < Heard.Length - HeardCount ? count : Heard.Length - HeardCount;
            Array.Copy(buffer, offset, Heard, HeardCount, count);
            HeardCount += count;
            HeardAt = _client.Platform.Time + _client.Latency;
            _client.HeardFirst = _client.HeardFirst < 0 ? HeardAt : _client.HeardFirst;
            _client.Wake(HeardAt);
        }

        /// <summary>The server closes.</summary>
        internal void Cut()
        {
            _client.Unread = Arrived;
            CutAt = _client.Platform.Time + _client.Latency;
            _client.Wake(CutAt);
        }
    }
}
