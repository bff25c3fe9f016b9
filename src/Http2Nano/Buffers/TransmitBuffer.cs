using System;

namespace Http2Nano.Buffers
{
    /// <summary>
    /// The octets that wait to be sent. Protocols write whole frames or messages behind <see cref="End"/>; the
    /// transport takes from <see cref="Start"/>. One per server.
    /// </summary>
    public sealed class TransmitBuffer
    {
        /// <summary>The storage. Its length is the capacity in bytes.</summary>
        public readonly byte[] Bytes;

        /// <summary>Offset of the first octet that has not been sent.</summary>
        public int Start;

        /// <summary>Offset behind the last octet written.</summary>
        public int End;

        /// <summary>Octets sent since the server started, wrapping: shows whether sending makes progress.</summary>
        public int SentCount;

        /// <summary>Makes a buffer of a fixed size.</summary>
        /// <param name="capacity">Size in bytes.</param>
        public TransmitBuffer(int capacity)
        {
            Bytes = new byte[capacity];
        }

        /// <summary>How many octets wait.</summary>
        public int Length
        {
            get { return End - Start; }
        }

        /// <summary>How many octets can be written in all, once the waiting ones are moved to the front.</summary>
        public int Free
        {
            get { return Bytes.Length - (End - Start); }
        }

        /// <summary>Forgets everything: a new connection begins.</summary>
        public void Clear()
        {
            Start = 0;
            End = 0;
        }

        /// <summary>Sees to it that a number of octets can be written at <see cref="End"/>.</summary>
        /// <param name="count">Bytes wanted.</param>
        /// <returns>False when that much is not free; nothing has changed then.</returns>
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

        /// <summary>Notes that octets were sent.</summary>
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
