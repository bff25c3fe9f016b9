namespace Http2Nano.Fields
{
    /// <summary>Decimal digits without strings.</summary>
    public static class DecimalDigits
    {
        /// <summary>Most bytes that a number takes: a sign and nineteen digits.</summary>
        public const int MaximumLength = 20;

        /// <summary>How many bytes <see cref="Write"/> will write.</summary>
        /// <param name="value">Any number.</param>
        /// <returns>1 to 20.</returns>
        public static int Length(long value)
        {
            int length = 1;
            if (value < 0)
            {
                length = 2;
            }

            while (value > 9 || value < -9)
            {
                value /= 10;
                length++;
            }

            return length;
        }

        /// <summary>Writes a number in decimal digits. Allocates nothing.</summary>
        /// <param name="value">Any number.</param>
        /// <param name="destination">Array with room for 20 bytes, or for <see cref="Length"/>.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Number of bytes written.</returns>
        public static int Write(long value, byte[] destination, int offset)
        {
            if (value >= 0)
            {
                return WriteTo(value, destination, offset) - offset;
            }

            // The smallest number has no positive counterpart, so the last four digits come off first.
            long high = value / 10000;
            destination[offset] = (byte)'-';
            int at = high == 0
                ? WriteTo(-value, destination, offset + 1)
                : Four((int)((high * 10000) - value), destination, WriteTo(-high, destination, offset + 1));
            return at - offset;
        }

        /// <summary>Writes a number that is not negative. Allocates nothing.</summary>
        /// <param name="value">The number.</param>
        /// <param name="destination">As for <see cref="Write"/>.</param>
        /// <param name="at">Where to write.</param>
        /// <returns>Behind its last digit.</returns>
        public static int WriteTo(long value, byte[] destination, int at)
        {
            if (value >= 10000)
            {
                long scale = value / 10000;
                if (scale < 10000)
                {
                    return Four((int)(value - (scale * 10000)), destination, WriteTo(scale, destination, at));
                }

                // The first of groups of four digits, and the others. Not one inside the other: each would take a frame.
                scale = 100000000;
                while (value / scale >= 10000)
                {
                    scale *= 10000;
                }

                at = WriteTo(value / scale, destination, at);
                while (scale > 1)
                {
                    value %= scale;
                    scale /= 10000;
                    at = Four((int)(value / scale), destination, at);
                }

                return at;
            }

            int number = (int)value;
            if (number >= 1000)
            {
                // As Four does it, without a frame more of the stack.
                destination[at] = (byte)('0' + (number / 1000));
                destination[at + 1] = (byte)('0' + (number / 100 % 10));
                destination[at + 2] = (byte)('0' + (number / 10 % 10));
                destination[at + 3] = (byte)('0' + (number % 10));
                return at + 4;
            }

            if (number >= 100)
            {
                destination[at] = (byte)('0' + (number / 100));
                destination[at + 1] = (byte)('0' + (number / 10 % 10));
                destination[at + 2] = (byte)('0' + (number % 10));
                return at + 3;
            }

            if (number >= 10)
            {
                destination[at] = (byte)('0' + (number / 10));
                destination[at + 1] = (byte)('0' + (number % 10));
                return at + 2;
            }

            destination[at] = (byte)('0' + number);
            return at + 1;
        }

        // Written out: a loop over digits takes twice the operations.
        private static int Four(int number, byte[] destination, int at)
        {
            destination[at] = (byte)('0' + (number / 1000));
            destination[at + 1] = (byte)('0' + (number / 100 % 10));
            destination[at + 2] = (byte)('0' + (number / 10 % 10));
            destination[at + 3] = (byte)('0' + (number % 10));
            return at + 4;
        }

        /// <summary>Parses decimal digits and nothing else.</summary>
        /// <param name="bytes">Array that holds them.</param>
        /// <param name="offset">First digit.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>The number, or -1 when there is anything but digits, none, or more than 2,147,483,647.</returns>
        public static int Parse(byte[] bytes, int offset, int count)
        {
            if (count <= 0)
            {
                return -1;
            }

            int value = 0;
            for (int end = offset + count; offset < end; offset++)
            {
                int digit = bytes[offset] - '0';
                if ((uint)digit > 9 || (value > 214748363 && value > (int.MaxValue - digit) / 10))
                {
                    return -1;
                }

                value = (value * 10) + digit;
            }

            return value;
        }
    }
}
