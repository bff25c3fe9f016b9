using System;
using Http2Nano.Fields;

namespace Http2Nano.Assets
{
    /// <summary>One range of bytes (RFC 9110 14.1.2, 14.2).</summary>
    internal static class AssetRange
    {
        /// <summary>The field is ignored: its unit is not bytes, it is malformed, or it names several ranges.</summary>
        internal const int Whole = -1;

        /// <summary>The range begins after the end of the content: 416.</summary>
        internal const int Unsatisfiable = -2;

        /// <summary>One range is wanted.</summary>
        internal const int Part = 1;

        // "bytes", a space, three numbers, a hyphen and a solidus.
        private const int LongestContentRange = 38;

        /// <summary>Reads a Range field.</summary>
        /// <param name="fields">The request's fields.</param>
        /// <param name="position">Position of the field.</param>
        /// <param name="free">The response's fields, whose storage is free.</param>
        /// <param name="length">Length of the representation in bytes.</param>
        /// <param name="first">Offset of the first octet wanted.</param>
        /// <param name="last">Offset of the last octet wanted, inside the representation.</param>
        /// <returns><see cref="Whole"/>, <see cref="Part"/> or <see cref="Unsatisfiable"/>.</returns>
        internal static int Parse(HeaderList fields, int position, HeaderList free, int length, out int first, out int last)
        {
            first = 0;
            last = length - 1;
            int at = FieldScratch.Copy(fields, position, free);
            int end = free.Limit;
            byte[] bytes = free.Storage;
            if (at < 0 || end - at <= KnownText.BytesEqualsLength)
            {
                return Whole;
            }

            // RFC 9110 14.1: the unit is case-insensitive.
            for (int i = 0; i < KnownText.BytesEqualsLength; i++)
            {
                if ((bytes[at + i] | 0x20) != (KnownText.Octets[KnownText.BytesUnit + i] | 0x20))
                {
                    return Whole;
                }
            }

            at += KnownText.BytesEqualsLength;
            int hyphen = at;
            while (hyphen < end && bytes[hyphen] != '-')
            {
                hyphen++;
            }

            if (hyphen == end)
            {
                return Whole;
            }

            int from = Number(bytes, at, hyphen);
            int to = Number(bytes, hyphen + 1, end);
            if (at == hyphen)
            {
                // A suffix range: the last octets, by their number.
                if (to < 0)
                {
                    return Whole;
                }

                first = to < length ? length - to : 0;
                return to == 0 || length == 0 ? Unsatisfiable : Part;
            }

            bool open = hyphen + 1 == end;
            if (from < 0 || (!open && (to < 0 || to < from)))
            {
                return Whole;
            }

            if (from >= length)
            {
                return Unsatisfiable;
            }

            first = from;
            if (!open && to < last)
            {
                last = to;
            }

            return Part;
        }

        /// <summary>Adds a <c>content-range</c> field (RFC 9110 14.4).</summary>
        /// <param name="fields">The response's fields.</param>
        /// <param name="first">Offset of the first octet sent, or -1 for an unsatisfied range.</param>
        /// <param name="last">Offset of the last octet sent.</param>
        /// <param name="length">Length of the representation in bytes.</param>
        internal static void AddContentRange(HeaderList fields, int first, int last, int length)
        {
            byte[] bytes = fields.Storage;
            int start = fields.Limit - LongestContentRange;
            if (start < fields.End + LongestContentRange + HeaderList.Prefix)
            {
                throw new InvalidOperationException("The fields of an asset do not fit into ExchangeSize.");
            }

            int at = start;
            Array.Copy(KnownText.Octets, KnownText.BytesUnit, bytes, at, KnownText.BytesEqualsLength);
            at += KnownText.BytesEqualsLength;
            bytes[at - 1] = (byte)' ';
            if (first < 0)
            {
                bytes[at++] = (byte)'*';
            }
            else
            {
                at += DecimalDigits.Write(first, bytes, at);
                bytes[at++] = (byte)'-';
                at += DecimalDigits.Write(last, bytes, at);
            }

            bytes[at++] = (byte)'/';
            at += DecimalDigits.Write(length, bytes, at);
            fields.Add(FieldName.ContentRange, bytes, start, at - start, FieldPolicy.WithoutIndexing);
        }

        // Numbers that exceed an int count as the largest int; -1 where there is anything but digits.
        private static int Number(byte[] bytes, int at, int end)
        {
            if (at >= end)
            {
                return -1;
            }

            int number = 0;
            for (; at < end; at++)
            {
                int digit = bytes[at] - '0';
                if (digit < 0 || digit > 9)
                {
                    return -1;
                }

                number = number > (int.MaxValue - digit) / 10 ? int.MaxValue : (number * 10) + digit;
            }

            return number;
        }
    }
}
