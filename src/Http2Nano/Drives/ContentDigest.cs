using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Drives
{
    /// <summary>
    /// The SHA-256 that a client says its content has: <c>content-digest</c> or <c>repr-digest</c> (RFC 9530), which mean the same
    /// for content without a coding.
    /// </summary>
    internal sealed class ContentDigest
    {
        private const int Length = 32;
        private const int AlgorithmLength = 9;

        private readonly byte[] _contentDigest = Ascii.Pack("content-digest");
        private readonly byte[] _reprDigest = Ascii.Pack("repr-digest");

        // The member of the dictionary up to its value, a byte sequence (RFC 8941 3.3.5).
        private readonly byte[] _algorithm = Ascii.Pack("sha-256=:");
        private readonly byte[] _expected = new byte[Length];
        private readonly Sha256 _sha = new Sha256();

        /// <summary>Whether the request has a digest that is to be compared.</summary>
        internal bool IsThere;

        /// <summary>Begins with a request: reads its digest.</summary>
        internal void Begin(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = request.Headers;
            int position = fields.Find(_contentDigest);
            if (position < 0)
            {
                position = fields.Find(_reprDigest);
            }

            int at = position < 0 ? -1 : FieldScratch.Copy(fields, position, response.Headers);
            IsThere = at >= 0 && Take(response.Headers.Storage, at, response.Headers.Limit);
            if (IsThere)
            {
                _sha.Begin();
            }
        }

        /// <summary>Adds octets.</summary>
        internal void Append(byte[] bytes, int offset, int count)
        {
            if (IsThere)
            {
                _sha.Append(bytes, offset, count);
            }
        }

        /// <summary>Whether the content had the digest, or there was none.</summary>
        internal bool Matches()
        {
            if (!IsThere)
            {
                return true;
            }

            _sha.End();
            bool same = true;
            for (int i = 0; i < Length; i++)
            {
                same &= _expected[i] == (byte)(_sha.State[i >> 2] >> (24 - (8 * (i & 3))));
            }

            return same;
        }

        // Other algorithms, and members that are malformed, are ignored (RFC 9530 2).
        private bool Take(byte[] bytes, int at, int end)
        {
            for (; at <= end - AlgorithmLength; at++)
            {
                if (Octets.Equal(bytes, at, _algorithm, 0, AlgorithmLength))
                {
                    int start = at + AlgorithmLength;
                    int close = start;
                    while (close < end && bytes[close] != ':')
                    {
                        close++;
                    }

                    if (close == end || Base64.Decode(bytes, start, close) != Length)
                    {
                        return false;
                    }

                    System.Array.Copy(bytes, start, _expected, 0, Length);
                    return true;
                }
            }

            return false;
        }
    }
}
