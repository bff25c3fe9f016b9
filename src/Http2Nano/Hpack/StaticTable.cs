namespace Http2Nano.Hpack
{
    /// <summary>
    /// The static table (RFC 7541 appendix A) and the further names of <see cref="FieldName"/>, packed into one array.
    /// </summary>
    /// <remarks>
    /// Heap on the device: 1.4 KB. Built before Main, from nothing outside this class.
    /// </remarks>
    internal static class StaticTable
    {
        /// <summary>Entries of the static table; the dynamic table's indices begin above (RFC 7541 2.3.3).</summary>
        internal const int Count = 61;

        /// <summary>The highest number of a well-known name.</summary>
        internal const int LastName = 82;

        /// <summary>The last entry of the static table with a value that is not empty.</summary>
        internal const int LastValue = 16;

        /// <summary>What the number of an entry is increased by to find its value.</summary>
        internal const int Values = LastName;

        private const int HashMask = 127;

        // In the order of their numbers. A name that stands in the static table more than once has its text at the
        // first place, which is its number; the other places are empty.
        private const string NameText =
            ":authority|:method||:path||:scheme||:status|||||||"
            + "accept-charset|accept-encoding|accept-language|accept-ranges|accept|access-control-allow-origin|"
            + "age|allow|authorization|cache-control|content-disposition|content-encoding|content-language|"
            + "content-length|content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|"
            + "if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|"
            + "max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|"
            + "set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate|"
            + ":protocol|connection|keep-alive|proxy-connection|te|upgrade|origin|last-event-id|priority|"
            + "upgrade-insecure-requests|sec-ch-ua|sec-ch-ua-mobile|sec-ch-ua-platform|"
            + "sec-fetch-dest|sec-fetch-mode|sec-fetch-site|sec-fetch-user|"
            + "content-security-policy|referrer-policy|x-content-type-options|x-frame-options|";

        // Of the entries 1 to LastValue.
        private const string ValueText =
            "|GET|POST|/|/index.html|http|https|200|204|206|304|400|404|500||gzip, deflate|";

        /// <summary>The text of all names, and behind them of the values.</summary>
        internal static readonly byte[] Text = new byte[NameText.Length + ValueText.Length - LastName - LastValue];

        /// <summary>
        /// The name with number n is Text[NameStart[n] .. NameStart[n + 1]). The value of entry n, up to LastValue, is the same
        /// with n + Values.
        /// </summary>
        internal static readonly ushort[] NameStart = new ushort[Values + LastValue + 2];

        /// <summary>Where in <see cref="NameByHash"/> the size of the first entry would be.</summary>
        internal const int SizeWithValue = HashMask + 1;

        /// <summary>
        /// Number of a name by hash, with open addressing; 0 is a free place. Behind that, from <see cref="SizeWithValue"/> on, the
        /// size by RFC 7541 4.1 of each entry up to LastValue.
        /// </summary>
        internal static readonly byte[] NameByHash = BuildAndHash();

        /// <summary>The size of any entry by RFC 7541 4.1.</summary>
        internal static int Size(int index)
        {
            return index <= LastValue
                ? NameByHash[SizeWithValue + index]
                : HeaderList.FieldOverhead + NameStart[index + 1] - NameStart[index];
        }

        /// <summary>The number of a name's first place, for any index of the static table.</summary>
        internal static int FirstOfName(int index)
        {
            // Only :method, :path, :scheme and :status stand there more than once.
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
                int start = NameStart[index];
                if (NameStart[index + 1] - start == count && Octets.Equal(name, offset, Text, start, count))
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
                int start = NameStart[index];
                if (NameStart[index + 1] - start == count && Octets.EqualAnyCase(name, offset, Text, start, count))
                {
                    return index;
                }

                hash = (hash + 1) & HashMask;
            }

            return 0;
        }

        // Chosen so that the names collide little: none needs more than a few steps.
        private static int Hash(byte[] name, int offset, int count)
        {
            return (23 * count + 3 * name[offset + count - 1] + 11 * name[offset + (count >> 1)]) & HashMask;
        }

        private static byte[] BuildAndHash()
        {
            byte[] hashed = new byte[SizeWithValue + LastValue + 1];
            int end = Pack(NameText, 1, 0);
            Pack(ValueText, Values + 1, end);

            for (int index = 1; index <= LastValue; index++)
            {
                int name = FirstOfName(index);
                hashed[SizeWithValue + index] = (byte)(HeaderList.FieldOverhead
                    + NameStart[name + 1] - NameStart[name]
                    + NameStart[Values + index + 1] - NameStart[Values + index]);
            }

            for (int index = 1; index <= LastName; index++)
            {
                int start = NameStart[index];
                int length = NameStart[index + 1] - start;
                if (length == 0)
                {
                    continue;
                }

                int hash = Hash(Text, start, length);
                while (hashed[hash] != 0)
                {
                    hash = (hash + 1) & HashMask;
                }

                hashed[hash] = (byte)index;
            }

            return hashed;
        }

        private static int Pack(string text, int index, int end)
        {
            NameStart[index] = (ushort)end;
            char[] characters = text.ToCharArray();
            for (int i = 0; i < characters.Length; i++)
            {
                if (characters[i] == '|')
                {
                    NameStart[++index] = (ushort)end;
                }
                else
                {
                    Text[end++] = (byte)characters[i];
                }
            }

            return end;
        }
    }
}
