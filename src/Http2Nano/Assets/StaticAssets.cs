using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Assets
{
    /// <summary>Serves the files of an asset pack for GET and HEAD.</summary>
    /// <remarks>
    /// Conditional requests (RFC 9110 13.1), single ranges (14.2) and the gzip coding (12.5.3) are answered from the pack.
    /// A folder whose path lacks the solidus at its end is answered with 301. Contents are read in pieces, as the transport
    /// takes them. Nothing is allocated per request.
    /// </remarks>
    public sealed partial class StaticAssets
    {
        // What an answer has of fields, without those that pages have, nearly always.
        private const int LongestFields = 128;
        private const int KnownAnswer = HttpRequest.Remembered | HttpRequest.AnswerKept;

        // "stem-gz" with its quotes.
        private const int LongestTag = AssetPackFormat.TagSize + 5;

        // Offsets in a record of a file's two forms: the offset of the content, followed by its length.
        private const int Plain = 4;
        private const int Coded = 12;

        // Results of Select beside the two forms: the response is complete, or the client has the file.
        private const int Answered = 0;
        private const int NotModified = -1;

        private readonly RequestConditions _conditions = new RequestConditions(LongestTag);
        private int[] _pageFields = new int[0];

        // Each value is an array of octets or a string.
        private object[] _pageValues = new object[0];
        private byte[] _fallback;
        private string _missing;
        private byte[] _cacheControl;

        // The request that was answered last, from which pack, when that had been searched so often, and in which form: if the same
        // one comes again, all of that still stands here and in the pack.
        private HttpRequest _request;
        private AssetPack _pack;
        private int _searches;
        private int _form;

        // The fields of that answer as a list holds them, their length, or 0 for none, their number and their size.
        private byte[] _fields = new byte[LongestFields];
        private int _fieldsLength;
        private int _fieldsCount;
        private int _fieldsTotal;

        /// <summary>Serves a pack.</summary>
        /// <param name="pack">The pack.</param>
        public StaticAssets(AssetPack pack)
        {
            Pack = pack;
        }

        /// <summary>
        /// The pack that is served. It may be replaced while the server runs: responses that have begun still use the old
        /// one.
        /// </summary>
        public AssetPack Pack { get; set; }

        /// <summary>
        /// Value of <c>cache-control</c> for files that may change. Null means <c>no-cache</c>: the browser keeps the file
        /// and revalidates it, which costs a 304. Immutable files get a year.
        /// </summary>
        /// <exception cref="ArgumentException">The value has control characters (RFC 9110 5.5).</exception>
        public byte[] CacheControl
        {
            get { return _cacheControl; }
            set
            {
                CheckOctets(value, "CacheControl has no control characters.");
                _cacheControl = value;
                _request = null;
            }
        }

        /// <summary>
        /// Whether the fields of the latest answer are kept, so that the same request costs less when it comes again. True unless
        /// set; takes 140 bytes, and as many as the page fields have. To be set before page fields are added.
        /// </summary>
        public bool KeepsAnswer
        {
            get { return _fields != null; }
            set
            {
                _fields = value ? new byte[LongestFields] : null;
                _request = null;
            }
        }

        /// <summary>
        /// Path in the pack, without the solidus at its beginning, of the page that single-page applications want for paths
        /// that do not exist; null for none. It is sent with 200 when a browser navigates: <c>sec-fetch-mode</c> says so
        /// or, where that field is missing, <c>accept</c> names <c>text/html</c>. Allocates the octets.
        /// </summary>
        public string FallbackPage
        {
            get { return _fallback == null ? null : Encoding.UTF8.GetString(_fallback, 0, _fallback.Length); }
            set
            {
                _fallback = value == null ? null : Encoding.UTF8.GetBytes(value);
                _request = null;
            }
        }

        /// <summary>
        /// Path in the pack, of ASCII characters and without the solidus at its beginning, of the page that is sent with 404 when
        /// a browser navigates to a path that does not exist; null for none. Who does not navigate gets problem details. Not used
        /// where there is a <see cref="FallbackPage"/>. A string literal stays in flash.
        /// </summary>
        /// <remarks>Its links and files are best absolute: the browser resolves them against the path that it asked for.</remarks>
        /// <exception cref="ArgumentException">The path has other characters.</exception>
        public string MissingPage
        {
            get { return _missing; }
            set
            {
                if (value != null)
                {
                    CheckText(value, "MissingPage has visible ASCII characters and spaces.");
                }

                _missing = value;
            }
        }

        /// <summary>
        /// Adds a field to all HTML pages, such as a content security policy. To be called before the server starts;
        /// allocates.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="value">Its value; kept, not copied.</param>
        /// <exception cref="ArgumentException">The value has control characters, such as the end of a line (RFC 9110 5.5).</exception>
        public void AddPageField(int name, byte[] value)
        {
            CheckOctets(value, "The value of a page field has no control characters, such as the end of a line.");
            KeepPageField(name, value);
        }

        /// <summary>
        /// Adds a field to all HTML pages. To be called before the server starts; allocates. A string literal stays in
        /// flash, while an array takes its length in heap.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="value">Its value, of visible ASCII characters and spaces.</param>
        /// <exception cref="ArgumentException">The value has other characters.</exception>
        public void AddPageField(int name, string value)
        {
            CheckText(value, "The value of a page field has visible ASCII characters and spaces.");
            KeepPageField(name, value);
        }

        private static void CheckOctets(byte[] octets, string fault)
        {
            if (octets != null && FieldSyntax.EndOfText(octets, 0, octets.Length) != octets.Length)
            {
                throw new ArgumentException(fault);
            }
        }

        private static void CheckText(string text, string fault)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            for (int i = 0; i < octets.Length; i++)
            {
                if (octets[i] < ' ' || octets[i] >= 0x7F)
                {
                    throw new ArgumentException(fault);
                }
            }
        }

        private void KeepPageField(int name, object value)
        {
            int count = _pageFields.Length;
            int[] names = new int[count + 1];
            object[] values = new object[count + 1];
            Array.Copy(_pageFields, names, count);
            Array.Copy(_pageValues, values, count);
            names[count] = name;
            values[count] = value;
            _pageFields = names;
            _pageValues = values;
            if (KeepsAnswer)
            {
                string text = value as string;
                _fields = new byte[_fields.Length + HeaderList.Prefix + (text != null ? text.Length : ((byte[])value).Length)];
            }

            _request = null;
        }

        /// <summary>Whether there is a file with a path.</summary>
        internal bool Contains(byte[] bytes, int offset, int count)
        {
            return Pack.Find(bytes, offset, count);
        }

        /// <summary>Answers GET or HEAD; with 404 when there is no such file.</summary>
        /// <param name="request">The request. The last of its route's values is the path below the prefix.</param>
        /// <param name="response">The response to fill.</param>
        internal void Answer(HttpRequest request, HttpResponse response)
        {
            AssetPack pack = Pack;
            HeaderList fields = response.Headers;
            int start = fields.Used;
            int count = fields.Fields;
            int total = fields.Total;

            int form = _form;

            // All is called from here, one after the other, so that their stack frames do not add up: to read a field and to add
            // one needs a deep stack.
            if ((request.Facts & KnownAnswer) != KnownAnswer || request != _request || pack != _pack || pack.Searches != _searches)
            {
                _request = null;
                if (!Find(request, response, pack))
                {
                    return;
                }

                form = Select(request, response, pack.Record);
                if (form == Answered)
                {
                    return;
                }

                _fieldsLength = 0;
                if (response.Status != 404)
                {
                    request.Facts |= HttpRequest.AnswerKept;
                    _request = request;
                }

                _pack = pack;
                _searches = pack.Searches;
                _form = form;
            }
            else if (_fieldsLength != 0 && _fieldsLength <= fields.Bound - start)
            {
                AnswerAgain(response, fields, start);
                return;
            }
            else if (form == NotModified)
            {
                response.Status = 304;
            }

            if (form != NotModified && !Send(request, response, pack, form))
            {
                return;
            }

            AddSelection(fields, pack.Record, response.Status == 404);
            if (form != NotModified && (pack.Record[3] & AssetPackFormat.Page) != 0)
            {
                AddPageFields(fields);
            }

            if (fields.TooLarge)
            {
                throw new InvalidOperationException("The fields of an asset do not fit into ExchangeSize.");
            }

            NoteFields(fields, start, count, total);
        }

        // Finds the file. False when the response is complete.
        private bool Find(HttpRequest request, HttpResponse response, AssetPack pack)
        {
            int path = request.RouteValues[HttpRequest.ValueCount] - 1;
            if (!pack.Find(request.Bytes, request.RouteValueStart(path), request.RouteValueLength(path)))
            {
                if (IsFolder(pack, request.Bytes, request.RouteValueStart(path), request.RouteValueLength(path)))
                {
                    RedirectToFolder(request, response);
                    return false;
                }

                if (_fallback == null ? !FindMissingPage(request, response, pack)
                    : !Navigation.Is(request, response) || !pack.Find(_fallback, 0, _fallback.Length))
                {
                    Problem.Write(response, 404);
                    return false;
                }
            }

            return true;
        }

        // The response gets its status.
        private bool FindMissingPage(HttpRequest request, HttpResponse response, AssetPack pack)
        {
            string page = _missing;
            HeaderList free = response.Headers;
            if (page == null || !Navigation.Is(request, response) || page.Length > free.Limit - free.End)
            {
                return false;
            }

            int at = free.Limit - page.Length;
            FlashText.Utf8.GetBytes(page, 0, page.Length, free.Storage, at);
            bool found = pack.Find(free.Storage, at, page.Length);
            if (found)
            {
                response.Status = 404;
            }

            return found;
        }

        // Chooses the form to send: Plain, Coded, NotModified, or Answered when the response is complete.
        private int Select(HttpRequest request, HttpResponse response, byte[] record)
        {
            bool plain = BitConverter.ToInt32(record, Plain) != 0;
            RequestConditions conditions = _conditions;
            conditions.Find(request);

            // RFC 9110 13.2.1: without the conditions and the range it would be no success, so they are ignored.
            bool missing = response.Status == 404;
            if (missing)
            {
                conditions.Range = -1;
            }

            // A range means octets of the plain content, because that is what clients that resume a download have.
            bool gzip = BitConverter.ToInt32(record, Coded) != 0 && (conditions.Range < 0 || !plain) && AcceptsGzip(request, response, !plain);
            if (!gzip && !plain)
            {
                Problem.Write(response, missing ? 404 : 406);
                return Answered;
            }

            MakeTag(record, gzip);
            int decision = missing ? RequestConditions.Met : conditions.Decide(request, response);
            if (decision == RequestConditions.Met)
            {
                return gzip ? Coded : Plain;
            }

            if (decision == RequestConditions.NotModified)
            {
                response.Status = 304;
                return NotModified;
            }

            Problem.Write(response, 412);
            return Answered;
        }

        // Sets the content and the fields that a 304 does not have. False when the range is unsatisfiable and the response
        // complete.
        private bool Send(HttpRequest request, HttpResponse response, AssetPack pack, int form)
        {
            byte[] record = pack.Record;
            HeaderList fields = response.Headers;
            int length = BitConverter.ToInt32(record, form + 4);
            int first = 0;
            int last = length - 1;
            if (_conditions.Range >= 0)
            {
                int range = AssetRange.Parse(request.Headers, _conditions.Range, fields, length, out first, out last);
                if (range == AssetRange.Unsatisfiable)
                {
                    AssetRange.AddContentRange(fields, -1, -1, length);
                    Problem.Write(response, 416);
                    return false;
                }

                if (range == AssetRange.Part)
                {
                    response.Status = 206;
                    AssetRange.AddContentRange(fields, first, last, length);
                }
            }

            fields.Put(FieldName.ContentType, record, AssetPackFormat.RecordSize, record[2], FieldPolicy.Indexed);
            if (form == Coded)
            {
                fields.Put(FieldName.ContentEncoding, KnownText.Octets, KnownText.Gzip, KnownText.GzipLength, FieldPolicy.Indexed);
            }
            else
            {
                fields.Put(FieldName.AcceptRanges, KnownText.Octets, KnownText.BytesUnit, KnownText.BytesUnitLength, FieldPolicy.Indexed);
            }

            response.SetBody(pack, BitConverter.ToInt32(record, form) + first, last - first + 1);
            return true;
        }

        // The answer before once more, except a range.
        private void AnswerAgain(HttpResponse response, HeaderList fields, int start)
        {
            int length = _fieldsLength;
            Array.Copy(_fields, 0, fields.Storage, start, length);
            fields.Used = start + length;
            fields.Fields += _fieldsCount;
            fields.Total += _fieldsTotal;
            int form = _form;
            if (form == NotModified)
            {
                response.Status = 304;
                return;
            }

            byte[] record = _pack.Record;
            response.SetBody(_pack, BitConverter.ToInt32(record, form), BitConverter.ToInt32(record, form + 4));
        }

        // The response has nothing but these fields from an offset on, and those before it, which are not of this class.
        private void NoteFields(HeaderList fields, int start, int count, int total)
        {
            int length = fields.Used - start;
            if (_fields != null && _conditions.Range < 0 && length <= _fields.Length)
            {
                Array.Copy(fields.Storage, start, _fields, 0, length);
                _fieldsLength = length;
                _fieldsCount = fields.Fields - count;
                _fieldsTotal = fields.Total - total;
            }
        }

        private void AddPageFields(HeaderList fields)
        {
            for (int i = 0; i < _pageFields.Length; i++)
            {
                byte[] octets = _pageValues[i] as byte[];
                if (octets != null)
                {
                    fields.Add(_pageFields[i], octets, 0, octets.Length, FieldPolicy.Indexed);
                }
                else
                {
                    string text = (string)_pageValues[i];
                    fields.Add(_pageFields[i], text, text.Length, FieldPolicy.Indexed);
                }
            }
        }

        // RFC 9110 15.4.5: these fields stand in a 304 as they do in a 200. A path that is missing may be there later, and its tag
        // would be that of another file.
        private void AddSelection(HeaderList fields, byte[] record, bool missing)
        {
            if (!missing)
            {
                fields.Put(FieldName.ETag, _conditions.Tag, RequestConditions.TagStart, _conditions.TagLength, FieldPolicy.WithoutIndexing);
            }

            if (!missing && (record[3] & AssetPackFormat.Immutable) != 0)
            {
                fields.AddText(FieldName.CacheControl, FlashText.ForEver, FlashText.ForEverLength, FieldPolicy.Indexed);
            }
            else if (!missing && _cacheControl != null)
            {
                fields.Add(FieldName.CacheControl, _cacheControl, 0, _cacheControl.Length, FieldPolicy.Indexed);
            }
            else
            {
                fields.Put(FieldName.CacheControl, KnownText.Octets, KnownText.NoCache, KnownText.NoCacheLength, FieldPolicy.Indexed);
            }

            if (BitConverter.ToInt32(record, Coded) != 0)
            {
                int span = WellKnownFields.Spans[FieldName.AcceptEncoding];
                fields.Put(FieldName.Vary, WellKnownFields.Text, span >> WellKnownFields.LengthBits, span & WellKnownFields.LengthMask, FieldPolicy.Indexed);
            }
        }

        // RFC 9110 8.8.3.3: the coded form is another representation and has another tag.
        private void MakeTag(byte[] record, bool gzip)
        {
            byte[] tag = _conditions.Tag;
            int end = RequestConditions.TagStart + AssetPackFormat.TagSize + 1;
            tag[RequestConditions.TagStart] = (byte)'"';
            Array.Copy(record, AssetPackFormat.TagOffset, tag, RequestConditions.TagStart + 1, AssetPackFormat.TagSize);
            if (gzip)
            {
                tag[end++] = (byte)'-';
                tag[end++] = (byte)'g';
                tag[end++] = (byte)'z';
            }

            tag[end++] = (byte)'"';
            _conditions.TagLength = end - RequestConditions.TagStart;
        }
    }
}
