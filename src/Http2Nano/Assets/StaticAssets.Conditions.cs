using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Assets
{
    // The part that reads the fields of a request: conditions, codings.
    public sealed partial class StaticAssets
    {
        private const int Strong = EntityTags.Strong;
        private const int Weak = EntityTags.Weak;
        private const int Single = EntityTags.Single;

        // One pass finds all the fields that matter. Of several with the same name the first counts.
        private void FindFields(HeaderList list)
        {
            _ifMatch = -1;
            _ifNoneMatch = -1;
            _ifRange = -1;
            _range = -1;
            _acceptEncoding = -1;
            byte[] storage = list.Storage;
            int used = list.Used;
            int at = list.Start;
            while (at < used)
            {
                int first = storage[at];
                if (first >= HeaderList.StaticField)
                {
                    // The static table has one of these fields with a value: "accept-encoding: gzip, deflate".
                    if (first == (HeaderList.StaticField | FieldName.AcceptEncoding) && _acceptEncoding < 0)
                    {
                        _acceptEncoding = at;
                    }

                    at++;
                    continue;
                }

                if (first >= FieldName.IfMatch && first <= FieldName.Range)
                {
                    NoteCondition(first, at);
                }
                else if (first == FieldName.AcceptEncoding && _acceptEncoding < 0)
                {
                    _acceptEncoding = at;
                }

                at += (storage[at + 2] << 8) | storage[at + 3];
            }
        }

        private void NoteCondition(int name, int at)
        {
            switch (name)
            {
                case FieldName.IfMatch:
                    _ifMatch = _ifMatch < 0 ? at : _ifMatch;
                    break;
                case FieldName.IfNoneMatch:
                    _ifNoneMatch = _ifNoneMatch < 0 ? at : _ifNoneMatch;
                    break;
                case FieldName.IfRange:
                    _ifRange = _ifRange < 0 ? at : _ifRange;
                    break;
                case FieldName.Range:
                    _range = _range < 0 ? at : _range;
                    break;
            }
        }

        // Whether the field has the entity tag. A field that does not fit into the free storage is ignored.
        private bool Matches(HttpRequest request, HttpResponse response, int position, int comparison)
        {
            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            if (at < 0)
            {
                return false;
            }

            byte[] bytes = response.Headers.Storage;
            int end = response.Headers.Limit;
            int length = _tagLength;
            if (end - at == length && Octets.Equal(bytes, at, _tag, 0, length))
            {
                return true;
            }

            return EntityTags.Contain(bytes, at, end, _tag, 0, length, comparison);
        }

        // RFC 9110 12.5.3. A request without the field accepts any coding; the plain form is the safe choice.
        private bool AcceptsGzip(HttpRequest request, HttpResponse response, bool only)
        {
            if (_acceptEncoding < 0)
            {
                return only;
            }

            int at = FieldScratch.Copy(request.Headers, _acceptEncoding, response.Headers);
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
