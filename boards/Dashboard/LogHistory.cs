using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>The latest lines of the log, one JSON object per line, and a body that contains them all.</summary>
    /// <remarks>
    /// The lines are stored one after the other from the beginning of <see cref="Bytes"/>, so that a new line is made in
    /// place. Callers lock that array.
    /// </remarks>
    internal sealed class LogHistory : BodySource
    {
        /// <summary>The lines, followed by room for the next.</summary>
        internal readonly byte[] Bytes;

        // Octets dropped since the start, modulo 2^32.
        private int _dropped;

        /// <summary>Makes an empty history.</summary>
        /// <param name="size">Size of the storage in bytes.</param>
        internal LogHistory(int size)
        {
            Bytes = new byte[size];
        }

        /// <summary>Length of all lines in octets.</summary>
        internal int Length { get; set; }

        /// <summary>Drops the oldest line. There must be one.</summary>
        internal void DropOldest()
        {
            int next = 0;
            while (Bytes[next++] != '\n')
            {
            }

            Length -= next;
            _dropped += next;
            Array.Copy(Bytes, next, Bytes, 0, Length);
        }

        /// <summary>Sets the current lines as the body of a response. The key is the position of the first.</summary>
        internal void Send(HttpResponse response)
        {
            lock (Bytes)
            {
                response.SetBody(this, _dropped, Length);
            }
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            lock (Bytes)
            {
                int from = key + position - _dropped;
                if (from < 0)
                {
                    // Newer lines have overwritten octets that have not been sent.
                    return Failed;
                }

                int left = Length - from;
                if (left <= 0)
                {
                    return EndOfBody;
                }

                if (count > left)
                {
                    count = left;
                }

                Array.Copy(Bytes, from, buffer, offset, count);
                return count;
            }
        }
    }
}
