namespace Http2Nano.Fields
{
    /// <summary>Compares values of fields in another way than octet for octet.</summary>
    public static class FieldValues
    {
        /// <summary>Whether a value equals octets, ignoring the case of ASCII letters.</summary>
        /// <param name="list">The list.</param>
        /// <param name="position">A position in this list.</param>
        /// <param name="expected">The octets to compare with, in lower case.</param>
        public static bool ValueEqualsIgnoreCase(this HeaderList list, int position, byte[] expected)
        {
            int length = list.ValueLength(position);
            if (length != expected.Length)
            {
                return false;
            }

            byte[] octets = list.Storage;
            int at;
            if (octets[position] >= HeaderList.StaticField)
            {
                at = length == 0 ? 0 : WellKnownFields.Spans[WellKnownFields.Values + octets[position] - HeaderList.StaticField] >> WellKnownFields.LengthBits;
                octets = WellKnownFields.Text;
            }
            else
            {
                at = list.ValueOffset(position);
                if ((octets[position + 1] & HeaderList.Coded) != 0)
                {
                    return Huffman.Matches(octets, at, list.ValueEnd(position), expected, 0, length, true);
                }
            }

            for (int i = 0; i < length; i++)
            {
                int octet = octets[at + i];
                if (octet >= 'A' && octet <= 'Z')
                {
                    octet |= 0x20;
                }

                if (octet != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
