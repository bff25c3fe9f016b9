using Http2Nano.Buffers;

namespace Http2Nano.Framing
{
    /// <summary>
    /// Reads frames (RFC 9113 4) from a receive buffer that may be far smaller than a frame: first the nine octets of the
    /// header, then the payload in whatever pieces it comes.
    /// </summary>
    public sealed class FrameReader
    {
        /// <summary>Octets of a frame header (RFC 9113 4.1).</summary>
        public const int HeaderLength = 9;

        /// <summary>
        /// The largest payload that is accepted, in bytes: the smallest limit there can be (RFC 9113 6.5.2), which every peer
        /// may use before and after SETTINGS.
        /// </summary>
        public const int MaximumPayload = 16384;

        private readonly ReceiveBuffer _receive;

        /// <summary>Type of the present frame.</summary>
        public int Type;

        /// <summary>Flags of the present frame.</summary>
        public int Flags;

        /// <summary>Stream identifier of the present frame; the reserved bit is ignored.</summary>
        public int Stream;

        /// <summary>Length of the present frame's payload in bytes.</summary>
        public int Length;

        /// <summary>Octets of the payload that have not been taken yet.</summary>
        public int Remaining;

        /// <summary>Whether what comes before the content of the payload has not been taken: Pad Length, the priority signal.</summary>
        public bool PrefixPending;

        /// <summary>Octets of padding at the end of the payload that have not been taken.</summary>
        public int Padding;

        /// <summary>Makes a reader.</summary>
        /// <param name="receive">Where the octets arrive.</param>
        public FrameReader(ReceiveBuffer receive)
        {
            _receive = receive;
        }

        /// <summary>How much of the payload is in the receive buffer now, in bytes.</summary>
        public int Available
        {
            get
            {
                int available = _receive.End - _receive.Start;
                return available < Remaining ? available : Remaining;
            }
        }

        /// <summary>Forgets the present frame.</summary>
        public void Reset()
        {
            Remaining = 0;
        }

        /// <summary>Reads the next frame header.</summary>
        /// <returns>False when it has not wholly arrived; nothing is taken then.</returns>
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
            _receive.Start = start + HeaderLength;
            return true;
        }

        /// <summary>Takes octets of the payload.</summary>
        /// <param name="count">Bytes, at most <see cref="Available"/>.</param>
        public void Take(int count)
        {
            _receive.Start += count;
            Remaining -= count;
        }

        /// <summary>Takes four octets of the payload as an unsigned number in network order.</summary>
        /// <returns>The number; those over 2,147,483,647 come out negative.</returns>
        public int TakeInt32()
        {
            byte[] bytes = _receive.Bytes;
            int start = _receive.Start;
            Take(4);
            return (bytes[start] << 24) | (bytes[start + 1] << 16) | (bytes[start + 2] << 8) | bytes[start + 3];
        }

        /// <summary>Takes two octets of the payload as an unsigned number in network order.</summary>
        /// <returns>0 to 65,535.</returns>
        public int TakeUInt16()
        {
            byte[] bytes = _receive.Bytes;
            int start = _receive.Start;
            Take(2);
            return (bytes[start] << 8) | bytes[start + 1];
        }

        /// <summary>Takes one octet of the payload.</summary>
        /// <returns>0 to 255.</returns>
        public int TakeByte()
        {
            byte value = _receive.Bytes[_receive.Start];
            Take(1);
            return value;
        }
    }
}
