namespace Http2Nano.Fields
{
    /// <summary>Decimal digits without strings.</summary>
    public static class DecimalDigits
    {
        /// <summary>The longest result in bytes: a sign and nineteen digits.</summary>
        public const int MaximumLength = 20;

        /// <summary>The number of bytes that <see cref="Write"/> will write.</summary>
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
        /// <param name="destination">Array with room for <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Number of bytes written.</returns>
        public static int Write(long value, byte[] destination, int offset)
        {
            return WriteTo(value, destination, offset) - offset;
        }

        /// <summary>Writes a number in decimal digits. Allocates nothing.</summary>
        /// <param name="value">Any number.</param>
        /// <param name="destination">As for <see cref="Write"/>.</param>
        /// <param name="at">Where to write.</param>
        /// <returns>The offset after its last digit.</returns>
        public static int WriteTo(long value, byte[] destination, int at)
        {
            int number = (int)value;
            if ((ulong)value > 9999)
            {
                if ((ulong)value > 99999999)
                {
                    return WriteLong(value, destination, at);
                }

                // The digits above the last four are one more number, of one digit in most cases.
                int high = number / 10000;
                number -= high * 10000;
                if (high < 10)
                {
                    destination[at++] = (byte)('0' + high);
                }
                else
                {
                    at = WriteTo(high, destination, at);
                }
            }
            else if (number < 1000)
            {
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

            // Unrolled, as above: a loop over the digits takes twice the operations.
            destination[at] = (byte)('0' + (number / 1000));
            destination[at + 1] = (byte)('0' + (number / 100 % 10));
            destination[at + 2] = (byte)('0' + (number / 10 % 10));
            destination[at + 3] = (byte)('0' + (number % 10));
            return at + 4;
        }

        // A negative number, or groups of four digits from the highest on. They are not nested, because each would take a stack
        // frame.
        private static int WriteLong(long value, byte[] destination, int at)
        {
            if (value < 0)
            {
                // The smallest long has no positive counterpart, so its last four digits are split off first.
                long tens = value / 10000;
                destination[at++] = (byte)'-';
                return tens == 0
                    ? WriteTo(-value, destination, at)
                    : Four((int)((tens * 10000) - value), destination, WriteTo(-tens, destination, at));
            }

            long scale = 100000000;
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

        private static int Four(int number, byte[] destination, int at)
        {
            destination[at] = (byte)('0' + (number / 1000));
            destination[at + 1] = (byte)('0' + (number / 100 % 10));
            destination[at + 2] = (byte)('0' + (number / 10 % 10));
            destination[at + 3] = (byte)('0' + (number % 10));
            return at + 4;
        }
    }
}
