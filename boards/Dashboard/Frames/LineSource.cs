using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>A body of lines of constant length, each made when it is sent.</summary>
    internal abstract class LineSource : BodySource
    {
        private readonly FixedLine _line;

        /// <summary>Makes a source.</summary>
        /// <param name="length">Octets of a line.</param>
        protected LineSource(int length)
        {
            _line = new FixedLine(length);
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int length = _line.Octets.Length;
            int written = 0;
            while (written < count)
            {
                _line.Begin();
                Write(_line, key, position / length);
                _line.End();
                int from = position % length;
                int part = length - from < count - written ? length - from : count - written;
                Array.Copy(_line.Octets, from, buffer, offset + written, part);
                written += part;
                position += part;
            }

            return written;
        }

        /// <summary>Writes a line.</summary>
        /// <param name="line">Takes the columns.</param>
        /// <param name="key">The body's key.</param>
        /// <param name="number">Number of the line, from 0.</param>
        protected abstract void Write(FixedLine line, int key, int number);
    }
}
