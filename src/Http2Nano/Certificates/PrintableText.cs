using System.Text;

namespace Http2Nano.Certificates
{
    /// <summary>Texts of certificates, which strangers write.</summary>
    internal static class PrintableText
    {
        // In octets: names of the DNS have at most 253, and nobody reads more.
        private const int Longest = 96;

        /// <summary>Octets as text: control characters are question marks, and what is too long ends with dots.</summary>
        internal static string Of(byte[] bytes, int at, int end)
        {
            int count = end - at <= Longest ? end - at : Longest;

            // Not in the middle of a character of UTF-8.
            while (count > 0 && count < end - at && (bytes[at + count] & 0xC0) == 0x80)
            {
                count--;
            }

            byte[] text = new byte[count];
            for (int i = 0; i < count; i++)
            {
                int octet = bytes[at + i];
                text[i] = (byte)(octet < ' ' || octet == 0x7F ? '?' : octet);
            }

            string whole = Encoding.UTF8.GetString(text, 0, count);
            return count == end - at ? whole : whole + "...";
        }
    }
}
