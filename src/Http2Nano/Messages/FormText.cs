using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>The text of queries and forms (<c>application/x-www-form-urlencoded</c> of the URL standard).</summary>
    internal static class FormText
    {
        /// <summary>Whether all escapes are complete, none encodes NUL, and the decoded text is UTF-8.</summary>
        internal static bool IsValid(byte[] bytes, int at, int end)
        {
            int state = 0;
            while (at < end)
            {
                int octet = bytes[at++];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at, end);
                    at += 2;

                    // Strings of the platform, and of many other systems, end at NUL.
                    if (octet <= 0)
                    {
                        return false;
                    }
                }
                else if (octet < 0x80 && state == 0)
                {
                    continue;
                }

                state = Utf8.Next(state, octet);
                if (state < 0)
                {
                    return false;
                }
            }

            return state == 0;
        }
    }
}
