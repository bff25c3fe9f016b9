namespace Http2Nano.Fields
{
    /// <summary>Numbers in hexadecimal digits.</summary>
    internal static class HexNumber
    {
        /// <summary>Writes a number in lower case, without leading zeros.</summary>
        /// <param name="number">0 or more.</param>
        /// <param name="digits">Takes the digits, at most 16.</param>
        /// <param name="at">Offset of the first.</param>
        /// <returns>The offset after the last digit.</returns>
        internal static int Write(long number, byte[] digits, int at)
        {
            int shift = 0;
            while (number >> shift > 15)
            {
                shift += 4;
            }

            for (; shift >= 0; shift -= 4)
            {
                digits[at++] = Hex.Character((int)(number >> shift) & 0xF);
            }

            return at;
        }
    }
}
