using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Assets
{
    // The part that chooses a form by its coding, and leads to folders.
    public sealed partial class StaticAssets
    {
        // RFC 9110 12.5.3. A request without the field accepts any coding; the plain form is the safe choice.
        private bool AcceptsGzip(HttpRequest request, HttpResponse response, bool only)
        {
            int position = _conditions.AcceptEncoding;
            if (position < 0)
            {
                return only;
            }

            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            return at >= 0 && QualityList.Accepts(response.Headers.Storage, at, response.Headers.Limit, KnownText.Octets, KnownText.Gzip, KnownText.GzipLength);
        }

        // Whether there is an index page for the path with a solidus at its end.
        private static bool IsFolder(AssetPack pack, byte[] bytes, int offset, int count)
        {
            int end = offset + count;
            if (count == 0 || end == bytes.Length || bytes[end - 1] == '/')
            {
                return false;
            }

            byte behind = bytes[end];
            bytes[end] = (byte)'/';
            bool found = pack.Find(bytes, offset, count + 1);
            bytes[end] = behind;
            return found;
        }

        // Relative links of an index page are resolved against the folder's path, which ends with a solidus. The target is
        // relative (RFC 9110 10.2.2), because a proxy in front may have removed a prefix from the path.
        internal static void RedirectToFolder(HttpRequest request, HttpResponse response)
        {
            byte[] bytes = request.Bytes;
            HeaderList fields = response.Headers;
            int query = request.QueryCount;
            int segment = request.PathStart + request.PathCount;
            while (bytes[segment - 1] != '/')
            {
                segment--;
            }

            int count = request.PathStart + request.PathCount - segment;
            int room = (3 * count) + 2 + (query < 0 ? 0 : query);
            int start = fields.Limit - room;
            if (start < fields.End + room + HeaderList.Prefix)
            {
                Problem.Write(response, 414);
                return;
            }

            int to = WriteSegment(bytes, segment, count, start);
            bytes[to++] = (byte)'/';
            if (query >= 0)
            {
                System.Array.Copy(bytes, request.QueryStart - 1, bytes, to, query + 1);
                to += query + 1;
            }

            response.Status = 301;
            fields.Add(FieldName.Location, bytes, start, to - start, FieldPolicy.WithoutIndexing);
        }

        // Writes it percent-encoded, and returns the offset after it.
        private static int WriteSegment(byte[] bytes, int at, int count, int to)
        {
            for (int end = at + count; at < end; at++)
            {
                int octet = bytes[at];
                if (IsPathOctet(octet))
                {
                    bytes[to++] = (byte)octet;
                    continue;
                }

                bytes[to] = (byte)'%';
                bytes[to + 1] = Hex.Character(octet >> 4);
                bytes[to + 2] = Hex.Character(octet & 0xF);
                to += 3;
            }

            return to;
        }

        // Unreserved characters (RFC 3986 2.3), and the solidus. Encoding any other character is always allowed, and a colon
        // would make a scheme of what is before it.
        private static bool IsPathOctet(int octet)
        {
            int letter = octet | 0x20;
            return (letter >= 'a' && letter <= 'z') || (octet >= '-' && octet <= '9') || octet == '_' || octet == '~';
        }
    }
}
