using Http2Nano.Messages;

namespace Http2Nano.Samples.Logger
{
    /// <summary>The latest readings of a sensor in a ring, and a body that is written while it is sent.</summary>
    /// <remarks>
    /// All lines have the same length, so a position in the body determines the line: the source keeps no state.
    /// </remarks>
    public sealed class ReadingLog : BodySource
    {
        /// <summary>Octets of a line: a sign, five digits with two decimals, a line feed.</summary>
        public const int LineLength = 8;

        // Each reading is one number, in hundredths.
        private readonly int[] _readings;
        private readonly object _lock = new object();
        private int _written;

        /// <summary>Makes an empty log.</summary>
        /// <param name="capacity">Number of readings to keep; each takes 4 bytes.</param>
        public ReadingLog(int capacity)
        {
            _readings = new int[capacity];
        }

        /// <summary>Number of readings.</summary>
        public int Count
        {
            get { return _written < _readings.Length ? _written : _readings.Length; }
        }

        /// <summary>The number of the oldest reading that is kept; the key of a body that begins with it.</summary>
        public int Oldest
        {
            get { return _written - Count; }
        }

        /// <summary>Adds a reading. May be called on any thread.</summary>
        /// <param name="hundredths">The reading in hundredths, -99,999 to 99,999.</param>
        public void Add(int hundredths)
        {
            lock (_lock)
            {
                _readings[_written % _readings.Length] = hundredths;
                _written++;
            }
        }

        // README: bodies begins here.

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count)
            {
                int line = key + (position / LineLength);
                lock (_lock)
                {
                    if (line >= _written)
                    {
                        return written == 0 ? EndOfBody : written;
                    }

                    if (line < Oldest)
                    {
                        // The reading was overwritten because the client was slow.
                        return Failed;
                    }

                    buffer[offset + written] = OctetOf(_readings[line % _readings.Length], position % LineLength);
                }

                written++;
                position++;
            }

            return written;
        }

        // README: bodies ends here.

        // "-012.34\n"
        private static byte OctetOf(int reading, int place)
        {
            if (place == 0)
            {
                return (byte)(reading < 0 ? '-' : ' ');
            }

            if (place == 4)
            {
                return (byte)'.';
            }

            if (place == LineLength - 1)
            {
                return (byte)'\n';
            }

            int digits = reading < 0 ? -reading : reading;
            for (int right = place < 4 ? 5 - place : 6 - place; right > 0; right--)
            {
                digits /= 10;
            }

            return (byte)('0' + (digits % 10));
        }
    }
}
