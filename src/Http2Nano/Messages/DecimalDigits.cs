namespace Http2Nano.Messages
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
            int length = Length(value);
            int end = offset + length;
            bool negative = value < 0;
            do
            {
                // The remainder is taken of the signed number: the smallest one has no positive counterpart.
                long quotient = value / 10;
                int digit = (int)(value - (quotient * 10));
                destination[--end] = (byte)('0' + (digit < 0 ? -digit : digit));
                value = quotient;
            }
            while (value != 0);

            if (negative)
            {
                destination[--end] = (byte)'-';
            }

            return length;
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
                if (digit < 0 || digit > 9 || value > (int.MaxValue - digit) / 10)
                {
                    return -1;
                }

                value = (value * 10) + digit;
            }

            return value;
        }
    }
}
