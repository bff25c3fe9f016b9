namespace Http2Nano.Fields
{
    /// <summary>Hexadecimal digits.</summary>
    internal static class Hex
    {
        /// <summary>The octet that two digits stand for.</summary>
        /// <param name="bytes">Array that holds the digits.</param>
        /// <param name="at">Offset of the first digit.</param>
        /// <param name="end">Offset after the last octet that may be read.</param>
        /// <returns>0 to 255, or -1 when these are not two digits.</returns>
        internal static int Octet(byte[] bytes, int at, int end)
        {
            if (end - at < 2)
            {
                return -1;
            }

            int high = Digit(bytes[at]);
            int low = Digit(bytes[at + 1]);
            return (high | low) < 0 ? -1 : high << 4 | low;
        }

        /// <summary>The value of a digit, or -1.</summary>
        internal static int Digit(int octet)
        {
            if (octet >= '0' && octet <= '9')
            {
                return octet - '0';
            }

            octet |= 0x20;
            return octet >= 'a' && octet <= 'f' ? octet - 'a' + 10 : -1;
        }

        /// <summary>The digit for a value of 0 to 15, in lower case.</summary>
        internal static byte Character(int value)
        {
            return (byte)(value < 10 ? '0' + value : 'a' + value - 10);
        }
    }
}
