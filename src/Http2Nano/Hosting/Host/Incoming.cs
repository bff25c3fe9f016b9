using System;
using System.Threading;

namespace Http2Nano.Hosting.Host
{
    /// <summary>
    /// The octets that a socket of the host has received and that nobody has taken. Memory of the host: no part of the
    /// server's budget on a device.
    /// </summary>
    internal sealed class Incoming
    {
        // A whole TLS record, the longest one (RFC 8446 5.2).
        private const int Capacity = 16384 + 5 + 256;

        // Microseconds. Being woken takes tens of them, so a wait that will be as short is made awake: one is expected to be
        // as short as the one before it. So a client that answers late, or never, costs one such wait and no more. Where
        // others want the processor, which it is offered to meanwhile, fewer and fewer waits are made so.
        private const int Moment = 50;
        private const int MostSlept = 63;

        private static readonly bool s_canStayAwake = Environment.ProcessorCount > 1;

        private readonly HostSocket _socket;
        private readonly byte[] _octets = new byte[Capacity];
        private int _start;
        private int _end;
        private bool _prompt;

        // How many of the next waits are not made awake, and how many were not after the last one that was in vain.
        private int _toSleep;
        private int _slept;

        // What the socket has returned last instead of octets: the end, the loss, or that there were none.
        private int _state = HostSocket.NotYet;

        internal Incoming(HostSocket socket)
        {
            _socket = socket;
        }

        /// <summary>Number of octets that can be taken.</summary>
        internal int Count
        {
            get { return _end - _start; }
        }

        /// <summary>Whether <see cref="Take"/> has a result.</summary>
        internal bool IsReady
        {
            get { return _start != _end || _state != HostSocket.NotYet; }
        }

        /// <summary>Forgets everything, for the next connection.</summary>
        internal void Clear()
        {
            _start = 0;
            _end = 0;
            _prompt = false;
            _toSleep = 0;
            _slept = 0;
            _state = HostSocket.NotYet;
        }

        /// <summary>Waits until <see cref="Take"/> has a result.</summary>
        /// <param name="milliseconds">Longest wait; 0 for none.</param>
        internal bool Wait(int milliseconds)
        {
            if (Receive() || milliseconds == 0)
            {
                return IsReady;
            }

            long start = _socket.Micros;
            if (_prompt && _toSleep == 0)
            {
                bool received = WaitAwake(start);
                bool inVain = !received || _socket.Micros - start >= 2 * Moment;
                _slept = !inVain ? 0 : _slept < MostSlept ? (2 * _slept) + 1 : MostSlept;
                _toSleep = _slept;
                if (received)
                {
                    return true;
                }

                start = _socket.Micros;
            }
            else if (_toSleep != 0)
            {
                _toSleep--;
            }

            bool arrived = _socket.WaitForData(milliseconds) && Receive();
            _prompt = s_canStayAwake && arrived && _socket.Micros - start < 2 * Moment;
            return arrived;
        }

        private bool WaitAwake(long start)
        {
            do
            {
                // The client may be on the same processor.
                Thread.Yield();
                if (Receive())
                {
                    return true;
                }
            }
            while (_socket.Micros - start < Moment);
            return false;
        }

        /// <summary>Takes octets.</summary>
        /// <param name="octets">Where they are put.</param>
        /// <returns>
        /// Their number; 0 when the peer has ended its side; <see cref="HostSocket.Lost"/> or <see cref="HostSocket.NotYet"/>.
        /// </returns>
        internal int Take(Span<byte> octets)
        {
            int count = _end - _start;
            if (count == 0)
            {
                return _state;
            }

            count = count < octets.Length ? count : octets.Length;
            _octets.AsSpan(_start, count).CopyTo(octets);
            _start += count;
            return count;
        }

        private bool Receive()
        {
            if (IsReady)
            {
                return true;
            }

            int count = _socket.Receive(_octets, 0, Capacity);
            _start = 0;
            _end = count > 0 ? count : 0;
            _state = count > 0 ? HostSocket.NotYet : count;
            return count != HostSocket.NotYet;
        }
    }
}
