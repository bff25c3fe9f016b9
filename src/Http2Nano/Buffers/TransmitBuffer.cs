using System;

namespace Http2Nano.Buffers
{
    /// <summary>
    /// The octets to be sent. Protocols write whole frames or messages at <see cref="End"/>; the transport sends from
    /// <see cref="Start"/>. A server has one.
    /// </summary>
    public sealed class TransmitBuffer
    {
        /// <summary>The storage. Its length is the capacity in bytes.</summary>
        public readonly byte[] Bytes;

        /// <summary>Offset of the first octet that has not been sent.</summary>
        public int Start;

        /// <summary>Offset after the last octet written.</summary>
        public int End;

        /// <summary>
        /// Octets sent since the server started, modulo 2^32: a change shows that sending makes progress.
        /// </summary>
        public int SentCount;

        /// <summary>Makes a buffer of a fixed size.</summary>
        /// <param name="capacity">Size in bytes.</param>
        public TransmitBuffer(int capacity)
        {
            Bytes = new byte[capacity];
        }

        /// <summary>Number of octets to be sent.</summary>
        public int Length
        {
            get { return End - Start; }
        }

        /// <summary>Number of octets that can be written, once those to be sent are moved to the front.</summary>
        public int Free
        {
            get { return Bytes.Length - (End - Start); }
        }

        /// <summary>Empties the buffer for a new connection.</summary>
        public void Clear()
        {
            Start = 0;
            End = 0;
        }

        /// <summary>Makes room for octets at <see cref="End"/>, moving those to be sent if necessary.</summary>
        /// <param name="count">Bytes wanted.</param>
        /// <returns>False when they do not fit; then nothing has changed.</returns>
        public bool Reserve(int count)
        {
            if (count <= Bytes.Length - End)
            {
                return true;
            }

            int length = End - Start;
            if (count > Bytes.Length - length)
            {
                return false;
            }

            Array.Copy(Bytes, Start, Bytes, 0, length);
            Start = 0;
            End = length;
            return true;
        }

        /// <summary>Removes octets that have been sent.</summary>
        /// <param name="count">Bytes taken from <see cref="Start"/>.</param>
        public void Sent(int count)
        {
            SentCount += count;
            Start += count;
            if (Start == End)
            {
                Start = 0;
                End = 0;
            }
        }

        /// <summary>Appends octets. The caller has reserved the room.</summary>
        /// <param name="source">Array to copy from.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        public void Append(byte[] source, int offset, int count)
        {
            Array.Copy(source, offset, Bytes, End, count);
            End += count;
        }
    }
}
