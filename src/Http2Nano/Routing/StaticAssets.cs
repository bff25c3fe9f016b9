using System;
using Http2Nano.Hpack;
using Http2Nano.Http1;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    /// <summary>Serves the files of an asset pack for GET and HEAD.</summary>
    /// <remarks>
    /// Conditional requests (RFC 9110 13.1), single ranges (14.2) and the gzip coding (12.5.3) are answered from what the
    /// pack has; a folder that is asked for without the solidus at its end gets 301. Contents are read as the transport takes them, never as a whole. Nothing is allocated per request.
    /// </remarks>
    public sealed partial class StaticAssets
    {
        private const int ForEverLength = 35;
        private const int AcceptEncodingLength = 15;

        // "stem-gz" with its quotes.
        private const int LongestTag = AssetPackFormat.TagSize + 5;

        private static readonly string ForEver = "public, max-age=31536000, immutable";

        private readonly byte[] _tag = new byte[LongestTag];
        private int _tagLength;

        // Where the fields of the present request are that matter here; -1 for none.
        private int _ifMatch;
        private int _ifNoneMatch;
        private int _ifRange;
        private int _range;
        private int _acceptEncoding;
        private int[] _pageFields = new int[0];
        private byte[][] _pageValues = new byte[0][];
        private byte[] _fallback;

        /// <summary>Serves a pack.</summary>
        /// <param name="pack">The pack.</param>
        public StaticAssets(AssetPack pack)
        {
            Pack = pack;
        }

        /// <summary>
        /// The pack that is served. May be replaced while the server runs: responses under way go on with the old one.
        /// </summary>
        public AssetPack Pack { get; set; }

        /// <summary>
        /// Value of <c>cache-control</c> for files that may change; null stands for <c>no-cache</c>: keep it, and ask whether
        /// it is still right, which costs a 304. Immutable files get a year.
        /// </summary>
        public byte[] CacheControl { get; set; }

        /// <summary>
        /// Path in the pack, without the solidus at its beginning, of the page that is sent with 200 where a browser navigates
        /// to a path that is not there, as single-page applications want it; null for none. Allocates the octets.
        /// </summary>
        public string FallbackPage
        {
            get { return _fallback == null ? null : Encoding.UTF8.GetString(_fallback, 0, _fallback.Length); }
            set { _fallback = value == null ? null : Encoding.UTF8.GetBytes(value); }
        }

        /// <summary>Adds a field to all HTML pages, such as a content security policy. Before the server starts; allocates.</summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="value">Its value; kept, not copied.</param>
        public void AddPageField(int name, byte[] value)
        {
            int count = _pageFields.Length;
            int[] names = new int[count + 1];
            byte[][] values = new byte[count + 1][];
            Array.Copy(_pageFields, names, count);
            Array.Copy(_pageValues, values, count);
            names[count] = name;
            values[count] = value;
            _pageFields = names;
            _pageValues = values;
        }

        /// <summary>Whether there is a file with a path.</summary>
        internal bool Contains(byte[] bytes, int offset, int count)
        {
            return Pack.Find(bytes, offset, count);
        }

        /// <summary>Answers GET or HEAD.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response to fill.</param>
        /// <param name="offset">Where the path below the prefix begins in the request's octets, decoded.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <returns>False when there is no such file; nothing was done then.</returns>
        internal bool Answer(HttpRequest request, HttpResponse response, int offset, int count)
        {
            AssetPack pack = Pack;
            if (!pack.Find(request.Bytes, offset, count))
            {
                if (IsFolder(pack, request.Bytes, offset, count))
                {
                    RedirectToFolder(request, response);
                    return true;
                }

                if (_fallback == null || !IsNavigation(request, response) || !pack.Find(_fallback, 0, _fallback.Length))
                {
                    return false;
                }
            }

            byte[] record = pack.Record;
            int content = BitConverter.ToInt32(record, 4);
            int length = BitConverter.ToInt32(record, 8);
            int coded = BitConverter.ToInt32(record, 12);
            FindFields(request.Headers);
            int range = request.Method == HttpMethod.Get ? _range : -1;

            // Parts are taken of the plain content, because that is what people mean by them.
            bool gzip = coded != 0 && (range < 0 || content == 0) && AcceptsGzip(request, response, content == 0);
            if (gzip)
            {
                content = coded;
                length = BitConverter.ToInt32(record, 16);
            }
            else if (content == 0)
            {
                Problem.Write(response, 406);
                return true;
            }

            MakeTag(record, gzip);
            HeaderList fields = response.Headers;

            // RFC 9110 13.2.2: the order in which conditions are looked at.
            if (_ifMatch >= 0 && !Matches(request, response, _ifMatch, Strong))
            {
                Problem.Write(response, 412);
                return true;
            }

            if (_ifNoneMatch >= 0 && Matches(request, response, _ifNoneMatch, Weak))
            {
                response.Status = 304;
                AddSelection(fields, record, coded);
                return true;
            }

            if (range >= 0 && _ifRange >= 0 && !Matches(request, response, _ifRange, Single))
            {
                range = -1;
            }

            int first = 0;
            int last = length - 1;
            if (range >= 0)
            {
                range = AssetRange.Parse(request.Headers, range, response.Headers, length, out first, out last);
                if (range == AssetRange.Unsatisfiable)
                {
                    AssetRange.AddContentRange(fields, -1, -1, length);
                    Problem.Write(response, 416);
                    return true;
                }
            }

            if (range == AssetRange.Part)
            {
                response.Status = 206;
                AssetRange.AddContentRange(fields, first, last, length);
            }

            int typeLength = record[2];
            fields.Add(FieldName.ContentType, record, AssetPackFormat.RecordSize, typeLength, FieldPolicy.Indexed);
            if (gzip)
            {
                fields.Add(FieldName.ContentEncoding, KnownText.Octets, KnownText.Gzip, KnownText.GzipLength, FieldPolicy.Indexed);
            }
            else
            {
                fields.Add(FieldName.AcceptRanges, KnownText.Octets, KnownText.BytesUnit, KnownText.BytesUnitLength, FieldPolicy.Indexed);
            }

            AddSelection(fields, record, coded);
            if ((record[3] & AssetPackFormat.Page) != 0)
            {
                for (int i = 0; i < _pageFields.Length; i++)
                {
                    fields.Add(_pageFields[i], _pageValues[i], 0, _pageValues[i].Length, FieldPolicy.Indexed);
                }
            }

            if (fields.TooLarge)
            {
                throw new InvalidOperationException("The fields of an asset do not fit into ExchangeSize.");
            }

            response.SetBody(pack, content + first, last - first + 1);
            return true;
        }

        // RFC 9110 15.4.5: what a 304 has, the 200 has as well.
        private void AddSelection(HeaderList fields, byte[] record, int coded)
        {
            fields.Add(FieldName.ETag, _tag, 0, _tagLength, FieldPolicy.WithoutIndexing);
            if ((record[3] & AssetPackFormat.Immutable) != 0)
            {
                fields.Add(FieldName.CacheControl, ForEver, ForEverLength, FieldPolicy.Indexed);
            }
            else if (CacheControl != null)
            {
                fields.Add(FieldName.CacheControl, CacheControl, 0, CacheControl.Length, FieldPolicy.Indexed);
            }
            else
            {
                fields.Add(FieldName.CacheControl, KnownText.Octets, KnownText.NoCache, KnownText.NoCacheLength, FieldPolicy.Indexed);
            }

            if (coded != 0)
            {
                fields.Add(FieldName.Vary, StaticTable.Text, StaticTable.NameStart[FieldName.AcceptEncoding], AcceptEncodingLength, FieldPolicy.Indexed);
            }
        }

        // RFC 9110 8.8.3.3: the coded form is another representation and has another tag.
        private void MakeTag(byte[] record, bool gzip)
        {
            byte[] tag = _tag;
            int length = AssetPackFormat.TagSize + 1;
            tag[0] = (byte)'"';
            Array.Copy(record, AssetPackFormat.TagOffset, tag, 1, AssetPackFormat.TagSize);
            if (gzip)
            {
                tag[length++] = (byte)'-';
                tag[length++] = (byte)'g';
                tag[length++] = (byte)'z';
            }

            tag[length++] = (byte)'"';
            _tagLength = length;
        }
    }
}
