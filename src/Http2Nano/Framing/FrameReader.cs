using Http2Nano.Buffers;

namespace Http2Nano.Framing
{
    /// <summary>
    /// Reads frames (RFC 9113 4) from a receive buffer that may be far smaller than a frame: first the nine octets of the
    /// header, then the payload in pieces.
    /// </summary>
    public sealed class FrameReader
    {
        /// <summary>Octets of a frame header (RFC 9113 4.1).</summary>
        public const int HeaderLength = 9;

        /// <summary>
        /// The largest payload that is accepted, in bytes. It is the smallest value that SETTINGS_MAX_FRAME_SIZE may have
        /// (RFC 9113 6.5.2), so every peer may use it before SETTINGS have been exchanged.
        /// </summary>
        public const int MaximumPayload = 16384;

        private readonly ReceiveBuffer _receive;

        /// <summary>Type of the current frame.</summary>
        public int Type;

        /// <summary>Flags of the current frame.</summary>
        public int Flags;

        /// <summary>Stream identifier of the current frame; the reserved bit is ignored.</summary>
        public int Stream;

        /// <summary>Length of the current frame's payload in bytes.</summary>
        public int Length;

        /// <summary>Octets of the payload that have not been read.</summary>
        public int Remaining;

        /// <summary>
        /// Whether the Pad Length field and the priority signal at the beginning of the payload have not been read.
        /// </summary>
        public bool PrefixPending;

        /// <summary>Octets of padding at the end of the payload that have not been read.</summary>
        public int Padding;

        /// <summary>Sees the frame headers, or null. Until <see cref="Reset"/>.</summary>
        internal FrameObserver Observer;

        /// <summary>Makes a reader.</summary>
        /// <param name="receive">The buffer that holds the received octets.</param>
        public FrameReader(ReceiveBuffer receive)
        {
            _receive = receive;
        }

        /// <summary>Octets of the payload that are in the receive buffer, in bytes.</summary>
        public int Available
        {
            get
            {
                int available = _receive.End - _receive.Start;
                return available < Remaining ? available : Remaining;
            }
        }

        /// <summary>Forgets the current frame and the observer.</summary>
        public void Reset()
        {
            Observer = null;
            Remaining = 0;
        }

        /// <summary>Reads the next frame header.</summary>
        /// <returns>False when it has not arrived completely; then nothing is read.</returns>
        public bool ReadHeader()
        {
            int start = _receive.Start;
            if (_receive.End - start < HeaderLength)
            {
                return false;
            }

            byte[] bytes = _receive.Bytes;
            Length = (bytes[start] << 16) | (bytes[start + 1] << 8) | bytes[start + 2];
            Type = bytes[start + 3];
            Flags = bytes[start + 4];
            Stream = ((bytes[start + 5] & 0x7F) << 24) | (bytes[start + 6] << 16) | (bytes[start + 7] << 8) | bytes[start + 8];
            Remaining = Length;
            if (Observer != null)
            {
                Observer.Observe(bytes, start, _receive.End, false);
            }

            _receive.Start = start + HeaderLength;
            return true;
        }

        /// <summary>Four octets as a number in network order.</summary>
        internal static int Int32At(byte[] bytes, int at)
        {
            return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
        }

        /// <summary>Skips octets of the payload.</summary>
        /// <param name="count">Bytes, at most <see cref="Available"/>.</param>
        public void Take(int count)
        {
            _receive.Start += count;
            Remaining -= count;
        }

        /// <summary>Reads four octets of the payload as a number in network order.</summary>
        /// <returns>The number; numbers over 2,147,483,647 are negative.</returns>
        public int TakeInt32()
        {
            int start = _receive.Start;
            Take(4);
            return Int32At(_receive.Bytes, start);
        }

        /// <summary>Reads two octets of the payload as a number in network order.</summary>
        /// <returns>0 to 65,535.</returns>
        public int TakeUInt16()
        {
            byte[] bytes = _receive.Bytes;
            int start = _receive.Start;
            Take(2);
            return (bytes[start] << 8) | bytes[start + 1];
        }

        /// <summary>Reads one octet of the payload.</summary>
        /// <returns>0 to 255.</returns>
        public int TakeByte()
        {
            byte value = _receive.Bytes[_receive.Start];
            Take(1);
            return value;
        }
    }
}
