namespace Http2Nano.Fields
{
    /// <summary>Reads numbers in decimal digits without strings.</summary>
    public static class DecimalNumber
    {
        /// <summary>Parses decimal digits and nothing else.</summary>
        /// <param name="bytes">Array that holds them.</param>
        /// <param name="offset">First digit.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>The number; -1 when there are no digits, other octets, or more than 2,147,483,647.</returns>
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
