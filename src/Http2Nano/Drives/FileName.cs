namespace Http2Nano.Drives
{
    /// <summary>Which names of clients may be names of files.</summary>
    internal static class FileName
    {
        /// <summary>
        /// Whether octets are the name of a file that a client may read or write: one segment that is not hidden (no dot at its
        /// beginning, and so neither <c>.</c> nor <c>..</c>), and has nothing that a file system takes for a separator, a drive, a
        /// stream or a wildcard.
        /// </summary>
        internal static bool IsSafe(byte[] bytes, int at, int count)
        {
            if (count == 0 || bytes[at] == '.')
            {
                return false;
            }

            int last = bytes[at + count - 1];

            // FAT drops them, so that another file would be meant.
            if (last == '.' || last == ' ')
            {
                return false;
            }

            for (int end = at + count; at < end; at++)
            {
                switch ((int)bytes[at])
                {
                    case '/':
                    case '\\':
                    case ':':
                    case '*':
                    case '?':
                    case '"':
                    case '<':
                    case '>':
                    case '|':
                    case 0x7F:
                        return false;

                    default:
                        if (bytes[at] < ' ')
                        {
                            return false;
                        }

                        break;
                }
            }

            return true;
        }
    }
}
