using Http2Nano.Fields;

namespace Http2Nano.Access
{
    /// <summary>
    /// Reads what gateways say about a request's client: <c>Forwarded</c> (RFC 7239), or <c>X-Forwarded-For</c>,
    /// <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c>, and the prefix that they have removed from its path.
    /// </summary>
    /// <remarks>Several fields of one name are one list (RFC 9110 5.3). Allocates nothing.</remarks>
    internal sealed class ForwardedReader
    {
        /// <summary>The longest value that is read, in bytes.</summary>
        internal const int LongestValue = 256;

        private readonly byte[] _for = Ascii.Pack("x-forwarded-for");
        private readonly byte[] _proto = Ascii.Pack("x-forwarded-proto");
        private readonly byte[] _host = Ascii.Pack("x-forwarded-host");
        private readonly byte[] _prefix = Ascii.Pack("x-forwarded-prefix");
        private readonly byte[] _ingress = Ascii.Pack("x-ingress-path");
        private readonly byte[] _forwarded = Ascii.Pack("forwarded");
        private readonly ForwardedElements _elements;

        // The element of a list that was found last.
        private int _start;
        private int _end;

        internal ForwardedReader(NetworkList trusted)
        {
            Chain = new ForwardedChain(trusted);
            Text = new byte[LongestValue];
            _elements = new ForwardedElements(Text, Chain);
        }

        /// <summary>What the gateways say.</summary>
        internal ForwardedChain Chain { get; private set; }

        /// <summary>The value that was read last, decoded.</summary>
        internal byte[] Text { get; private set; }

        /// <summary>Reads address, scheme and host of the client.</summary>
        /// <param name="fields">The request's fields.</param>
        /// <param name="onlyStandard">Whether X-Forwarded-For, -Proto and -Host are ignored.</param>
        internal void Read(HeaderList fields, bool onlyStandard)
        {
            Chain.Begin();

            // Gateways write one kind and pass the other on as the client has sent it. Most write this one.
            int first = onlyStandard ? -1 : fields.Find(_for);
            int proto = onlyStandard ? -1 : fields.Find(_proto);
            int host = onlyStandard ? -1 : fields.Find(_host);
            if (first < 0 && proto < 0 && host < 0)
            {
                ReadForwarded(fields);
                return;
            }

            for (int field = first; field >= 0; field = fields.FindNext(field, _for))
            {
                int length = Decode(fields, field);
                if (length < 0)
                {
                    Chain.Break();
                }

                int at = 0;
                while (Next(ref at, length))
                {
                    Chain.Add(Text, _start, _end);
                }
            }

            if (proto >= 0 && Choose(fields, proto, _proto))
            {
                Chain.SetScheme(Text, _start, _end);
            }

            if (host >= 0 && Choose(fields, host, _host))
            {
                Chain.SetHost(Text, _start, _end);
            }
        }

        /// <summary>Reads the prefix of the path that a gateway has removed, into <see cref="Text"/>.</summary>
        /// <param name="fields">The request's fields.</param>
        /// <returns>Its length without a solidus at its end, 0 for none; -1 when it is malformed.</returns>
        internal int ReadPrefix(HeaderList fields)
        {
            byte[] name = _prefix;
            int field = fields.Find(name);
            if (field < 0)
            {
                // Home Assistant's name for it.
                name = _ingress;
                field = fields.Find(name);
            }

            if (field < 0)
            {
                return 0;
            }

            int length = fields.FindNext(field, name) >= 0 ? -1 : Decode(fields, field);
            return length > 0 ? PrefixSyntax.Check(Text, length) : length;
        }

        /// <summary>The fields are read, so they have to be kept.</summary>
        internal static void Keep(KeptFields kept)
        {
            kept.Add("x-forwarded-for");
            kept.Add("x-forwarded-proto");
            kept.Add("x-forwarded-host");
            kept.Add("x-forwarded-prefix");
            kept.Add("x-ingress-path");
            kept.Add("forwarded");
        }

        private void ReadForwarded(HeaderList fields)
        {
            for (int field = fields.Find(_forwarded); field >= 0; field = fields.FindNext(field, _forwarded))
            {
                _elements.Read(Decode(fields, field));
            }
        }

        // Finds the element of a list that belongs to the client. A list may be shorter than the chain, because not every
        // gateway adds to it; what a client has written stands at its beginning.
        private bool Choose(HeaderList fields, int first, byte[] name)
        {
            int total = 0;
            for (int field = first; field >= 0; field = fields.FindNext(field, name))
            {
                total += Count(Decode(fields, field));
            }

            int skip = total - (Chain.Hops < total ? Chain.Hops : total);
            for (int field = first; field >= 0; field = fields.FindNext(field, name))
            {
                int length = Decode(fields, field);
                int at = 0;
                while (Next(ref at, length))
                {
                    if (skip-- == 0)
                    {
                        return true;
                    }
                }
            }

            // Empty, or too long.
            Chain.CountMalformed();
            return false;
        }

        private int Count(int length)
        {
            int count = 0;
            int at = 0;
            while (Next(ref at, length))
            {
                count++;
            }

            return count;
        }

        // Finds the next element of a list, without the blanks around it. RFC 9110 5.6.1.2: empty elements are ignored.
        private bool Next(ref int at, int length)
        {
            while (at < length)
            {
                int start = at;
                while (at < length && Text[at] != ',')
                {
                    at++;
                }

                int end = at++;
                while (start < end && IsBlank(Text[start]))
                {
                    start++;
                }

                while (start < end && IsBlank(Text[end - 1]))
                {
                    end--;
                }

                if (start != end)
                {
                    _start = start;
                    _end = end;
                    return true;
                }
            }

            return false;
        }

        // Length of the decoded value; -1 when it is too long.
        private int Decode(HeaderList fields, int position)
        {
            return fields.ValueLength(position) > Text.Length ? -1 : fields.CopyValue(position, Text, 0);
        }

        private static bool IsBlank(int octet)
        {
            return octet == ' ' || octet == '\t';
        }
    }
}
