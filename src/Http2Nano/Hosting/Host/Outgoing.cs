using System;

namespace Http2Nano.Hosting.Host
{
    /// <summary>
    /// The octets that a socket of the host is to send. The pieces that a session writes are gathered, so that one call of
    /// the network stack takes many of them. Memory of the host: no part of the server's budget on a device.
    /// </summary>
    internal sealed class Outgoing
    {
        // Microseconds for which a network stack that had no room is not asked again.
        private const int Pause = 20;

        private readonly HostSocket _socket;
        private readonly byte[] _octets;
        private int _start;
        private int _end;
        private bool _lost;

        // Since when the network stack has had no room, -1 while it has; and when it was asked last.
        private long _since = -1;
        private long _asked;

        internal Outgoing(HostSocket socket, int capacity)
        {
            _socket = socket;
            _octets = new byte[capacity];
        }

        /// <summary>
        /// Milliseconds for which the peer may take nothing, before the connection is taken to be lost.
        /// </summary>
        internal int Timeout { get; set; }

        /// <summary>Whether the connection is lost. Then all octets are dropped.</summary>
        internal bool IsLost
        {
            get { return _lost; }
        }

        /// <summary>
        /// Octets that can be added. While the network stack has left some of those before, none: a peer that does not read
        /// fills neither this buffer nor the next.
        /// </summary>
        internal int Room
        {
            get { return _since >= 0 ? 0 : _octets.Length - _end; }
        }

        /// <summary>Forgets everything, for the next connection.</summary>
        internal void Clear()
        {
            _start = 0;
            _end = 0;
            _since = -1;
            _lost = false;
        }

        /// <summary>Adds octets; sends first what would leave no room for them.</summary>
        /// <returns>How many were added, or passed on.</returns>
        internal int Add(ReadOnlySpan<byte> octets)
        {
            if (octets.Length > _octets.Length - _end)
            {
                Flush();
            }

            int count = Math.Min(octets.Length, _octets.Length - _end);
            octets.Slice(0, count).CopyTo(_octets.AsSpan(_end));
            _end += count;
            return count;
        }

        /// <summary>Passes octets on without keeping them, if there are none before them.</summary>
        /// <returns>How many the network stack took; 0 if none.</returns>
        internal int Pass(byte[] buffer, int offset, int count)
        {
            int sent = _start == _end ? _socket.Send(buffer, offset, count) : HostSocket.NotYet;
            _lost |= sent == HostSocket.Lost;
            return sent < 0 ? 0 : sent;
        }

        /// <summary>Passes the octets to the network stack.</summary>
        /// <returns>Whether none are left.</returns>
        internal bool Flush()
        {
            return (_since < 0 || _lost || _socket.Micros - _asked >= Pause) && Send();
        }

        /// <summary>Passes the octets to the network stack, and waits for it.</summary>
        /// <param name="milliseconds">Longest wait.</param>
        /// <returns>Whether none are left.</returns>
        internal bool Flush(int milliseconds)
        {
            if (milliseconds == 0)
            {
                return Flush();
            }

            long start = _socket.Micros;
            while (!Send())
            {
                long left = milliseconds - ((_socket.Micros - start) / 1000);
                if (left <= 0 || !_socket.WaitForRoom((int)left))
                {
                    return false;
                }
            }

            return true;
        }

        private bool Send()
        {
            while (_start != _end && !_lost)
            {
                int sent = _socket.Send(_octets, _start, _end - _start);
                if (sent == HostSocket.NotYet)
                {
                    _asked = _socket.Micros;
                    _since = _since < 0 ? _asked : _since;
                    _lost = _asked - _since >= Timeout * 1000L;
                    if (!_lost)
                    {
                        return false;
                    }
                }
                else if (sent < 0)
                {
                    _lost = true;
                }
                else
                {
                    _start += sent;
                    _since = -1;
                }
            }

            _start = 0;
            _end = 0;
            _since = -1;
            return true;
        }
    }
}
