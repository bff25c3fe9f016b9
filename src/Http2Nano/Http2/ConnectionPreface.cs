using Http2Nano.Fields;

namespace Http2Nano.Http2
{
    /// <summary>The client's connection preface (RFC 9113 3.4), with which no HTTP/1.1 request begins.</summary>
    internal static class ConnectionPreface
    {
        /// <summary>The octets match the beginning of the preface.</summary>
        internal const int Undecided = 0;

        /// <summary>The octets belong to another protocol.</summary>
        internal const int Other = -1;

        /// <summary>All 24 octets have arrived.</summary>
        internal const int Whole = KnownText.PrefaceLength;

        /// <summary>Compares the first octets of a connection with the preface.</summary>
        /// <param name="bytes">Array that holds them.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">Octets received.</param>
        /// <returns><see cref="Whole"/>, <see cref="Undecided"/> or <see cref="Other"/>.</returns>
        internal static int Match(byte[] bytes, int offset, int count)
        {
            if (count > Whole)
            {
                count = Whole;
            }

            for (int i = 0; i < count; i++)
            {
                if (bytes[offset + i] != KnownText.Octets[KnownText.Preface + i])
                {
                    return Other;
                }
            }

            return count == Whole ? Whole : Undecided;
        }
    }
}
