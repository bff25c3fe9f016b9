namespace Http2Nano.Devices
{
    /// <summary>The fields of a message of DNS (RFC 1035 4.1).</summary>
    internal static class DnsMessage
    {
        internal const int HeaderSize = 12;

        // Where the counts of questions and of the three sections of records are.
        internal const int Questions = 4;
        internal const int Answers = 6;
        internal const int Authorities = 8;

        private const int RecordSize = 10;

        internal static int Number(byte[] message, int at)
        {
            return message[at] << 8 | message[at + 1];
        }

        /// <summary>Whether this is a message, of an operation and with a result that are looked at (RFC 6762 18).</summary>
        internal static bool IsUsual(byte[] message, int count)
        {
            return count >= HeaderSize && count <= message.Length && (message[2] & 0x78) == 0 && (message[3] & 0x0F) == 0;
        }

        internal static bool IsResponse(byte[] message)
        {
            return (message[2] & 0x80) != 0;
        }

        /// <summary>Whether more records that the asker knows are on their way (RFC 6762 7.2).</summary>
        internal static bool IsContinued(byte[] message)
        {
            return (message[2] & 2) != 0;
        }

        /// <summary>Whether a class is the Internet's, or any; its highest bit means something else (RFC 6762 5.4, 10.2).</summary>
        internal static bool IsInternet(int kind)
        {
            return (kind & 0x7FFF) == 1 || (kind & 0x7FFF) == 255;
        }

        /// <summary>Where the fixed fields of a record are; -1 when the record goes past the end of the message.</summary>
        internal static int Record(byte[] message, int at, int count)
        {
            int fields = DnsName.End(message, at, count);
            return fields < 0 || fields > count - RecordSize || DataLength(message, fields) > count - fields - RecordSize ? -1 : fields;
        }

        internal static int Kind(byte[] message, int fields)
        {
            return Number(message, fields + 2);
        }

        /// <summary>Whether a record is good for so many seconds at least.</summary>
        internal static bool Lives(byte[] message, int fields, int seconds)
        {
            return message[fields + 4] != 0 || message[fields + 5] != 0 || Number(message, fields + 6) >= seconds;
        }

        internal static int DataLength(byte[] message, int fields)
        {
            return Number(message, fields + 8);
        }

        internal static int Data(int fields)
        {
            return fields + RecordSize;
        }
    }
}
