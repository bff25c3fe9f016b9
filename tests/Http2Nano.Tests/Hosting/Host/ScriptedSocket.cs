using System;
using System.Collections.Generic;
using System.Net.Sockets;
using Http2Nano.Hosting.Host;

namespace Http2Nano.Tests.Hosting.Host
{
    /// <summary>A socket whose network stack does what it is told, in a time that goes on when it is called.</summary>
    internal sealed class ScriptedSocket : HostSocket
    {
        private readonly Queue<byte[]> _arrived = new Queue<byte[]>();
        private long _micros;
        private bool _waiting;

        /// <summary>Octets that the network stack has room for; and when there is more, and how much.</summary>
        internal int Room = int.MaxValue;
        internal long RoomAt = long.MaxValue;
        internal int MoreRoom;

        /// <summary>When octets arrive, in microseconds, and which.</summary>
        internal long ArrivesAt = long.MaxValue;
        internal byte[] Arrives;

        /// <summary>Whether they arrive when the server waits for them and not before, as from a client on the same processor.</summary>
        internal bool SpeaksWhenWaitedFor;

        internal bool HasEnded;
        internal bool IsReset;

        /// <summary>What has been sent, call by call.</summary>
        internal readonly List<byte[]> Sent = new List<byte[]>();

        /// <summary>How often it was waited for.</summary>
        internal int Waits;
        internal int Receives;

        /// <summary>How often there was no room for what was to be sent.</summary>
        internal int Refusals;

        internal override long Micros
        {
            get
            {
                Elapse(1);
                return _micros;
            }
        }

        internal void Elapse(long micros)
        {
            _micros += micros;
            if (_micros >= ArrivesAt && (_waiting || !SpeaksWhenWaitedFor))
            {
                ArrivesAt = long.MaxValue;
                _arrived.Enqueue(Arrives);
            }

            if (_micros >= RoomAt)
            {
                RoomAt = long.MaxValue;
                Room += MoreRoom;
            }
        }

        internal override void Use(Socket socket)
        {
        }

        internal override int Receive(byte[] buffer, int offset, int count)
        {
            Elapse(1);
            Receives++;
            if (IsReset)
            {
                return Lost;
            }

            if (_arrived.Count == 0)
            {
                return HasEnded ? 0 : NotYet;
            }

            byte[] octets = _arrived.Dequeue();
            Array.Copy(octets, 0, buffer, offset, octets.Length);
            return octets.Length;
        }

        internal override int Send(byte[] buffer, int offset, int count)
        {
            Elapse(1);
            if (IsReset)
            {
                return Lost;
            }

            count = Math.Min(count, Room);
            if (count == 0)
            {
                Refusals++;
                return NotYet;
            }

            Room -= count;
            byte[] octets = new byte[count];
            Array.Copy(buffer, offset, octets, 0, count);
            Sent.Add(octets);
            return count;
        }

        internal override bool WaitForData(int milliseconds)
        {
            return Wait(milliseconds, () => _arrived.Count != 0 || HasEnded || IsReset);
        }

        internal override bool WaitForRoom(int milliseconds)
        {
            return Wait(milliseconds, () => Room != 0 || IsReset);
        }

        private bool Wait(int milliseconds, Func<bool> condition)
        {
            Waits++;
            _waiting = true;
            try
            {
                return WaitUntil(milliseconds, condition);
            }
            finally
            {
                _waiting = false;
            }
        }

        private bool WaitUntil(int milliseconds, Func<bool> condition)
        {
            long until = _micros + (milliseconds * 1000L);
            while (!condition())
            {
                if (_micros >= until)
                {
                    return false;
                }

                Elapse(5);
            }

            return true;
        }
    }
}
