namespace Http2Nano.Devices
{
    /// <summary>The header and record fields of a DNS message (RFC 1035 4.1).</summary>
    internal static class DnsMessage
    {
        internal const int HeaderSize = 12;

        // Offsets of the counts of questions and of the records in the three sections.
        internal const int Questions = 4;
        internal const int Answers = 6;
        internal const int Authorities = 8;

        private const int RecordSize = 10;

        internal static int Number(byte[] message, int at)
        {
            return message[at] << 8 | message[at + 1];
        }

        /// <summary>
        /// Whether the message is complete enough, and has an opcode and a response code that are not ignored (RFC 6762
        /// 18).
        /// </summary>
        internal static bool IsUsual(byte[] message, int count)
        {
            return count >= HeaderSize && count <= message.Length && (message[2] & 0x78) == 0 && (message[3] & 0x0F) == 0;
        }

        internal static bool IsResponse(byte[] message)
        {
            return (message[2] & 0x80) != 0;
        }

        /// <summary>Whether more known answers of the querier follow in another message (RFC 6762 7.2).</summary>
        internal static bool IsContinued(byte[] message)
        {
            return (message[2] & 2) != 0;
        }

        /// <summary>
        /// Whether a class is IN or ANY, without its highest bit, which has another meaning (RFC 6762 5.4, 10.2).
        /// </summary>
        internal static bool IsInternet(int kind)
        {
            return (kind & 0x7FFF) == 1 || (kind & 0x7FFF) == 255;
        }

        /// <summary>
        /// Offset of the fixed fields of a record; -1 when the record extends past the end of the message.
        /// </summary>
        internal static int Record(byte[] message, int at, int count)
        {
            int fields = DnsName.End(message, at, count);
            return fields < 0 || fields > count - RecordSize || DataLength(message, fields) > count - fields - RecordSize ? -1 : fields;
        }

        internal static int Kind(byte[] message, int fields)
        {
            return Number(message, fields + 2);
        }

        /// <summary>Whether a record's remaining time to live is at least a number of seconds.</summary>
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
