namespace Http2Nano.Http2
{
    /// <summary>The client's connection preface (RFC 9113 3.4): the octets that no HTTP/1.1 request begins with.</summary>
    internal static class ConnectionPreface
    {
        /// <summary>The octets so far could become the preface.</summary>
        internal const int Undecided = 0;

        /// <summary>This is another protocol.</summary>
        internal const int Other = -1;

        /// <summary>All 24 octets are there.</summary>
        internal const int Whole = 24;

        // "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
        private static readonly byte[] Octets =
        {
            0x50, 0x52, 0x49, 0x20, 0x2A, 0x20, 0x48, 0x54, 0x54, 0x50, 0x2F, 0x32,
            0x2E, 0x30, 0x0D, 0x0A, 0x0D, 0x0A, 0x53, 0x4D, 0x0D, 0x0A, 0x0D, 0x0A,
        };

        /// <summary>Compares what has arrived with the preface.</summary>
        /// <param name="bytes">Array that holds it.</param>
        /// <param name="offset">First octet of the connection.</param>
        /// <param name="count">Octets received.</param>
        /// <returns><see cref="Whole"/>, <see cref="Undecided"/> or <see cref="Other"/>.</returns>
        internal static int Match(byte[] bytes, int offset, int count)
        {
            if (count > Octets.Length)
            {
                count = Octets.Length;
            }

            for (int i = 0; i < count; i++)
            {
                if (bytes[offset + i] != Octets[i])
                {
                    return Other;
                }
            }

            return count == Octets.Length ? Whole : Undecided;
        }
    }
}
