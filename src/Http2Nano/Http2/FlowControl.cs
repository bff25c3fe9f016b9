namespace Http2Nano.Http2
{
    /// <summary>
    /// The flow-control windows of a connection and its streams, in both directions (RFC 9113 6.9). A stream that opens sets
    /// its own (<see cref="StreamTable.Open"/>); from then on only this class changes them. The platform does not detect
    /// overflow, so each addition is checked before it is made: no window exceeds 2^31-1 (RFC 9113 6.9.1).
    /// </summary>
    internal sealed class FlowControl
    {
        /// <summary>The initial window of a connection and of a stream (RFC 9113 6.9.2), in bytes.</summary>
        internal const int DefaultWindow = 65535;

        /// <summary>
        /// By twice the slot: the window for sending on a stream, in bytes, which is negative after a SETTINGS that lowered it (RFC
        /// 9113 6.9.2); then the window for receiving, which may be negative for the same reason. Two columns share an array,
        /// because an array takes 20 bytes.
        /// </summary>
        internal readonly int[] Streams;

        /// <summary>The window for sending on the connection, in bytes.</summary>
        internal int SendConnection;

        // The window for receiving on the connection. It bounds nothing, because the streams' windows do; it is refilled
        // when half of it is used.
        private int _receiveConnection;

        internal FlowControl(int streams)
        {
            Streams = new int[2 * streams];
        }

        internal void Begin()
        {
            SendConnection = DefaultWindow;
            _receiveConnection = DefaultWindow;
        }

        /// <summary>The window for receiving on a stream, in bytes.</summary>
        internal int ReceiveOf(int slot)
        {
            return Streams[(slot << 1) + 1];
        }

        /// <summary>How many octets may be sent on a stream; none when it is 0 or negative.</summary>
        internal int Sendable(int slot)
        {
            int window = Streams[slot << 1];
            return window < SendConnection ? window : SendConnection;
        }

        /// <summary>DATA has been sent.</summary>
        /// <param name="slot">Its stream.</param>
        /// <param name="count">Octets, at most <see cref="Sendable"/>, or 0.</param>
        internal void Sent(int slot, int count)
        {
            Streams[slot << 1] -= count;
            SendConnection -= count;
        }

        /// <summary>WINDOW_UPDATE has arrived for a stream.</summary>
        /// <param name="slot">The stream.</param>
        /// <param name="increment">1 or more.</param>
        /// <returns>False when the window would exceed 2^31-1; then nothing has changed.</returns>
        internal bool Grow(int slot, int increment)
        {
            if (!CanGrow(Streams[slot << 1], increment))
            {
                return false;
            }

            Streams[slot << 1] += increment;
            return true;
        }

        /// <summary>WINDOW_UPDATE has arrived for the connection.</summary>
        /// <returns>Like <see cref="Grow"/>.</returns>
        internal bool GrowConnection(int increment)
        {
            if (!CanGrow(SendConnection, increment))
            {
                return false;
            }

            SendConnection += increment;
            return true;
        }

        /// <summary>SETTINGS_INITIAL_WINDOW_SIZE changes the windows for sending of all streams (RFC 9113 6.9.2).</summary>
        /// <returns>False when one would exceed 2^31-1.</returns>
        internal bool MoveSend(StreamTable streams, int change)
        {
            for (int slot = 0; change != 0 && slot < Streams.Length >> 1; slot++)
            {
                if (streams.Id[slot] != 0)
                {
                    if (change > 0 && !CanGrow(Streams[slot << 1], change))
                    {
                        return false;
                    }

                    Streams[slot << 1] += change;
                }
            }

            return true;
        }

        /// <summary>The client has acknowledged the server's SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113 6.9.2).</summary>
        /// <param name="streams">The streams.</param>
        /// <param name="change">0 or negative, because the server announces at most the default.</param>
        internal void MoveReceive(StreamTable streams, int change)
        {
            for (int slot = 0; slot < Streams.Length >> 1; slot++)
            {
                if (streams.Id[slot] != 0)
                {
                    Streams[(slot << 1) + 1] += change;
                }
            }
        }

        /// <summary>A DATA frame begins, on any stream.</summary>
        /// <returns>False when it exceeds the connection's window.</returns>
        internal bool TakeConnection(int length)
        {
            if (length > _receiveConnection)
            {
                return false;
            }

            _receiveConnection -= length;
            return true;
        }

        /// <summary>Refills the connection's window for receiving when half of it is used.</summary>
        /// <returns>The increment for WINDOW_UPDATE; 0 for none.</returns>
        internal int GrantConnection()
        {
            if (_receiveConnection >= DefaultWindow / 2)
            {
                return 0;
            }

            int increment = DefaultWindow - _receiveConnection;
            _receiveConnection = DefaultWindow;
            return increment;
        }

        /// <summary>A DATA frame begins on a stream.</summary>
        /// <param name="slot">The stream.</param>
        /// <param name="length">Length of the frame's payload in bytes.</param>
        /// <param name="tolerance">By how many bytes it may exceed the window: 0 to 65,535.</param>
        /// <returns>False when it exceeds the window. An empty frame never does.</returns>
        internal bool Take(int slot, int length, int tolerance)
        {
            if (length - tolerance > Streams[(slot << 1) + 1] && length != 0)
            {
                return false;
            }

            Streams[(slot << 1) + 1] -= length;
            return true;
        }

        /// <summary>A DATA frame for which both windows have room, and after which the connection's need not be refilled.</summary>
        /// <param name="slot">Its stream.</param>
        /// <param name="length">Length of its payload in bytes; negative takes it back.</param>
        /// <returns>False for others; then nothing has changed.</returns>
        internal bool TakeWhole(int slot, int length)
        {
            int rest = _receiveConnection - length;
            int column = (slot << 1) + 1;
            int window = Streams[column] - length;
            if (rest < DefaultWindow / 2 || window < 0)
            {
                return false;
            }

            Streams[column] = window;
            _receiveConnection = rest;
            return true;
        }

        /// <summary>Enlarges a stream's window for receiving by as much as there is room for.</summary>
        /// <param name="slot">The stream.</param>
        /// <param name="room">By how many bytes the window may grow.</param>
        /// <returns>The increment for WINDOW_UPDATE, 1 to 2^31-1.</returns>
        internal int Grant(int slot, int room)
        {
            int increment = Increment(slot, room);
            Streams[(slot << 1) + 1] += increment;
            return increment;
        }

        /// <summary>The increment that <see cref="Grant"/> would grant.</summary>
        internal int Increment(int slot, int room)
        {
            int window = Streams[(slot << 1) + 1];
            return window < 0 && room > int.MaxValue + window ? int.MaxValue : room - window;
        }

        // Whether a window, which may be negative, can grow by 0 or more without exceeding 2^31-1.
        private static bool CanGrow(int window, int increment)
        {
            return window <= 0 || increment <= int.MaxValue - window;
        }
    }
}
