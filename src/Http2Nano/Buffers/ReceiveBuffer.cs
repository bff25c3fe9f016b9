using System;

namespace Http2Nano.Buffers
{
    /// <summary>
    /// The octets that have arrived and that no protocol has consumed. A server makes one before the first connection; the
    /// connections use it in turn.
    /// </summary>
    /// <remarks>
    /// Unread octets are <c>Bytes[Start..End)</c>. The transport appends at <see cref="End"/>, a protocol consumes at
    /// <see cref="Start"/>. No protocol needs more than a few octets at a time, so the buffer can be far smaller than an
    /// HTTP/2 frame or a header section.
    /// </remarks>
    public sealed class ReceiveBuffer
    {
        /// <summary>The storage. Its length is the capacity in bytes.</summary>
        public readonly byte[] Bytes;

        /// <summary>Offset of the first unread octet.</summary>
        public int Start;

        /// <summary>Offset after the last octet received.</summary>
        public int End;

        /// <summary>Makes a buffer of a fixed size.</summary>
        /// <param name="capacity">Size in bytes.</param>
        public ReceiveBuffer(int capacity)
        {
            Bytes = new byte[capacity];
        }

        /// <summary>Number of unread octets.</summary>
        public int Length
        {
            get { return End - Start; }
        }

        /// <summary>Empties the buffer for a new connection.</summary>
        public void Clear()
        {
            Start = 0;
            End = 0;
        }

        /// <summary>Moves the unread octets to the front and returns how many more fit after them.</summary>
        /// <returns>Free bytes at <see cref="End"/>.</returns>
        public int MakeRoom()
        {
            if (Start != 0)
            {
                int length = End - Start;
                if (length != 0)
                {
                    Array.Copy(Bytes, Start, Bytes, 0, length);
                }

                Start = 0;
                End = length;
            }

            return Bytes.Length - End;
        }
    }
}
