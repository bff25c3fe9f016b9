using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>The latest lines of the log, one JSON object to a line, and a body that has them all.</summary>
    /// <remarks>
    /// They lie one behind the other from the beginning of <see cref="Bytes"/>, so that a line is made at its place. Who uses
    /// them locks that array.
    /// </remarks>
    internal sealed class LogHistory : BodySource
    {
        /// <summary>The lines, and behind them room for the next.</summary>
        internal readonly byte[] Bytes;

        // Octets that ever were dropped; it wraps.
        private int _dropped;

        /// <summary>Makes an empty history.</summary>
        /// <param name="size">Bytes to keep.</param>
        internal LogHistory(int size)
        {
            Bytes = new byte[size];
        }

        /// <summary>Octets of the lines.</summary>
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

        /// <summary>Sets the lines that there are as the body of a response. The key is the position of the first.</summary>
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
                    // Newer lines have taken the place of what is still to be sent.
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
