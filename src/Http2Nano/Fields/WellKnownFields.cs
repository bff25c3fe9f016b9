namespace Http2Nano.Fields
{
    /// <summary>
    /// The names of <see cref="FieldName"/>, and the values that the static table of HPACK (RFC 7541 appendix A) pairs with
    /// some of them. Names that most requests and responses contain are packed into one array; the others stay in flash.
    /// </summary>
    /// <remarks>
    /// Heap on the device: 1 KB. Built before Main, from nothing outside this class.
    /// </remarks>
    internal static class WellKnownFields
    {
        /// <summary>
        /// The last number that is a position in the static table; higher numbers belong to this library.
        /// </summary>
        internal const int LastOfStaticTable = 61;

        /// <summary>The highest number of a well-known name.</summary>
        internal const int LastName = 82;

        /// <summary>The last entry of the static table whose value is not empty.</summary>
        internal const int LastValue = 16;

        /// <summary>The number of an entry plus this is the index of its value in <see cref="Spans"/>.</summary>
        internal const int Values = LastName;

        /// <summary>In <see cref="Spans"/>: the bits of the length.</summary>
        internal const int LengthMask = 31;

        /// <summary>In <see cref="Spans"/>: the number of these bits; the offset is above them.</summary>
        internal const int LengthBits = 5;

        /// <summary>
        /// Spans of at least this, less this, are in <see cref="RareNames"/>, others in <see cref="Text"/>.
        /// </summary>
        internal const int Rare = 0x8000;

        private const int HashMask = 127;

        // The names of the static table that are frequent, a bit for each.
        private const long Frequent =
            1L << FieldName.AcceptEncoding | 1L << FieldName.AcceptLanguage | 1L << FieldName.Accept | 1L << FieldName.Authorization
            | 1L << FieldName.CacheControl | 1L << FieldName.ContentEncoding | 1L << FieldName.ContentLength
            | 1L << FieldName.ContentType | 1L << FieldName.Cookie | 1L << FieldName.Date | 1L << FieldName.ETag
            | 1L << FieldName.Host | 1L << FieldName.IfNoneMatch | 1L << FieldName.Referer | 1L << FieldName.UserAgent
            | 1L << FieldName.Vary;

        // The frequent names; then the rare ones. Each in the order of their numbers.
        private const string FrequentNames =
            "accept-encoding|accept-language|accept|authorization|cache-control|content-encoding|content-length|content-type|"
            + "cookie|date|etag|host|if-none-match|referer|user-agent|vary|"
            + ":protocol|connection|keep-alive|proxy-connection|te|upgrade|origin|last-event-id|priority|"
            + "upgrade-insecure-requests|sec-ch-ua|sec-ch-ua-mobile|sec-ch-ua-platform|"
            + "sec-fetch-dest|sec-fetch-mode|sec-fetch-site|sec-fetch-user|"
            + "content-security-policy|referrer-policy|x-content-type-options|x-frame-options|";

        private const int FrequentCount = 37;
        private const int LongestRare = 27;

        /// <summary>The text of rare names. It stays in flash, see <see cref="FlashText"/>.</summary>
        internal static readonly string RareNames =
            ":authority|:method|:path|:scheme|:status|accept-charset|accept-ranges|access-control-allow-origin|age|allow|"
            + "content-disposition|content-language|content-location|content-range|expect|expires|from|"
            + "if-match|if-modified-since|if-range|if-unmodified-since|last-modified|link|location|max-forwards|"
            + "proxy-authenticate|proxy-authorization|range|refresh|retry-after|server|set-cookie|"
            + "strict-transport-security|transfer-encoding|via|www-authenticate|";

        // The values of the entries 1 to LastValue.
        private const string ValueText =
            "|GET|POST|/|/index.html|http|https|200|204|206|304|400|404|500||gzip, deflate|";

        /// <summary>
        /// The text of the frequent names, followed by the values and by room for one name, into which a rare name is
        /// copied to be compared.
        /// </summary>
        internal static readonly byte[] Text =
            new byte[FrequentNames.Length - FrequentCount + ValueText.Length - LastValue + LongestRare];

        /// <summary>
        /// Offset and length of the name with a number. The value of entry n, up to LastValue, has the index n + Values. A
        /// name that the static table has more than once has its text at the first entry, whose position is its number.
        /// </summary>
        internal static readonly ushort[] Spans = new ushort[Values + LastValue + 1];

        /// <summary>Offset in <see cref="NameByHash"/> of the sizes of entries: that of entry n is n further.</summary>
        internal const int SizeWithValue = HashMask + 1;

        /// <summary>
        /// Numbers of names by hash, with open addressing; 0 is a free place. From <see cref="SizeWithValue"/> on, the size
        /// by RFC 7541 4.1 of each entry up to LastValue.
        /// </summary>
        internal static readonly byte[] NameByHash = BuildAndHash();

        /// <summary>The number of the name of any entry of the static table.</summary>
        internal static int FirstOfName(int index)
        {
            // Only :method, :path, :scheme and :status have more than one entry.
            if (index > 14 || index < 3)
            {
                return index;
            }

            return index >= 8 ? 8 : index & ~1;
        }

        /// <summary>The number of a well-known name in lower case, or 0.</summary>
        internal static int IndexOf(byte[] name, int offset, int count)
        {
            if (count == 0)
            {
                return 0;
            }

            int hash = Hash(name, offset, count);
            int index;
            while ((index = NameByHash[hash]) != 0)
            {
                int span = Spans[index];
                if ((span & LengthMask) == count
                    && (span < Rare
                        ? Octets.Equal(name, offset, Text, span >> LengthBits, count)
                        : IsRare(span, name, offset, count, false)))
                {
                    return index;
                }

                hash = (hash + 1) & HashMask;
            }

            return 0;
        }

        /// <summary>The number of a well-known name in any case, or 0.</summary>
        internal static int IndexOfAnyCase(byte[] name, int offset, int count)
        {
            if (count == 0)
            {
                return 0;
            }

            int end = name[offset + count - 1];
            int middle = name[offset + (count >> 1)];
            int hash = (23 * count + 3 * (end | ((end & 0x40) >> 1)) + 11 * (middle | ((middle & 0x40) >> 1))) & HashMask;
            int index;
            while ((index = NameByHash[hash]) != 0)
            {
                int span = Spans[index];
                if ((span & LengthMask) == count
                    && (span < Rare
                        ? Octets.EqualAnyCase(name, offset, Text, span >> LengthBits, count)
                        : IsRare(span, name, offset, count, true)))
                {
                    return index;
                }

                hash = (hash + 1) & HashMask;
            }

            return 0;
        }

        // Chosen so that few names collide: none takes more than a few steps.
        private static int Hash(byte[] name, int offset, int count)
        {
            return (23 * count + 3 * name[offset + count - 1] + 11 * name[offset + (count >> 1)]) & HashMask;
        }

        // All threads share the room in which a name is compared.
        private static bool IsRare(int span, byte[] name, int offset, int count, bool anyCase)
        {
            lock (Text)
            {
                int copy = Text.Length - LongestRare;
                FlashText.Utf8.GetBytes(RareNames, (span - Rare) >> LengthBits, count, Text, copy);
                return anyCase
                    ? Octets.EqualAnyCase(name, offset, Text, copy, count)
                    : Octets.Equal(name, offset, Text, copy, count);
            }
        }

        private static byte[] BuildAndHash()
        {
            byte[] hashed = new byte[SizeWithValue + LastValue + 1];
            char[] frequent = (FrequentNames + ValueText).ToCharArray();
            char[] rare = RareNames.ToCharArray();
            int nextFrequent = 0;
            int nextRare = 0;
            int end = 0;
            for (int index = 1; index < Spans.Length; index++)
            {
                bool isName = index <= LastName;
                if (isName && FirstOfName(index) != index)
                {
                    continue;
                }

                bool isRare = index <= LastOfStaticTable && (Frequent >> index & 1) == 0;
                char[] source = isRare ? rare : frequent;
                int start = isRare ? nextRare : nextFrequent;
                int to = isRare ? Text.Length - LongestRare : end;
                int length = 0;
                for (; source[start + length] != '|'; length++)
                {
                    Text[to + length] = (byte)source[start + length];
                }

                if (isRare)
                {
                    Spans[index] = (ushort)(Rare | start << LengthBits | length);
                    nextRare += length + 1;
                }
                else
                {
                    Spans[index] = (ushort)(end << LengthBits | length);
                    nextFrequent += length + 1;
                    end += length;
                }

                if (isName)
                {
                    int hash = Hash(Text, to, length);
                    while (hashed[hash] != 0)
                    {
                        hash = (hash + 1) & HashMask;
                    }

                    hashed[hash] = (byte)index;
                }
            }

            for (int index = 1; index <= LastValue; index++)
            {
                hashed[SizeWithValue + index] = (byte)(HeaderList.FieldOverhead
                    + (Spans[FirstOfName(index)] & LengthMask) + (Spans[Values + index] & LengthMask));
            }

            return hashed;
        }
    }
}
