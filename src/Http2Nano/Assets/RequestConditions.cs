using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Assets
{
    /// <summary>
    /// The fields of a GET or HEAD that select what of a file is sent: its conditions (RFC 9110 13.1), its range (14.2) and the
    /// codings that it accepts (12.5.3).
    /// </summary>
    /// <remarks>One object serves one request after the other, and allocates nothing for any.</remarks>
    internal class RequestConditions
    {
        /// <summary>The file is to be sent.</summary>
        internal const int Met = 0;

        /// <summary>The client has the file.</summary>
        internal const int NotModified = 304;

        /// <summary>The client wants another content than the file has.</summary>
        internal const int Failed = 412;

        /// <summary>Offset of the entity tag in <see cref="Tag"/>, behind the mark of a weak one.</summary>
        internal const int TagStart = 2;

        /// <summary>Results of <see cref="CompareTime"/>: the file was written before the time in a field, at it, or after it.</summary>
        protected const int Before = -1;
        protected const int At = 0;
        protected const int After = 1;

        /// <summary>Result of <see cref="CompareTime"/>: it is not known when the file was written, or the field has no time.</summary>
        protected const int NoTime = 2;

        /// <summary>The file's entity tag with its quotes, and <c>W/</c> before it.</summary>
        internal readonly byte[] Tag;

        /// <summary>Length of the entity tag in bytes, without <c>W/</c>; 0 when the file has none.</summary>
        internal int TagLength;

        /// <summary>In <see cref="Facts"/>: it is known when the file was written, so <see cref="CompareTime"/> is asked.</summary>
        protected const int Time = 8;

        /// <summary>In <see cref="Facts"/>: the tag is a weak one (RFC 9110 8.8.1).</summary>
        protected const int Weak = 16;

        /// <summary>What is known of the file: the bits above.</summary>
        protected int Facts;

        /// <summary>Position of the range that counts; -1 when the whole file is sent.</summary>
        internal int Range;

        /// <summary>Position of accept-encoding; -1 when it is missing.</summary>
        internal int AcceptEncoding;

        // The conditions about tags that the request has, with the facts of the file, and their positions.
        private const int IfMatch = 1;
        private const int IfNoneMatch = 2;
        private const int IfRange = 4;
        private int _found;
        private int _ifMatch;
        private int _ifNoneMatch;
        private int _ifRange;

        /// <summary>Makes an object for tags up to a length in bytes.</summary>
        internal RequestConditions(int longestTag)
        {
            Tag = new byte[TagStart + longestTag];
            Tag[0] = (byte)'W';
            Tag[1] = (byte)'/';
        }

        /// <summary>Finds the fields of a request. Of several with the same name the first counts.</summary>
        internal void Find(HttpRequest request)
        {
            HeaderList list = request.Headers;
            _found = Facts;
            Range = -1;
            AcceptEncoding = -1;
            byte[] storage = list.Storage;
            int used = list.Used;
            int at = list.Start;
            while (at < used)
            {
                int first = storage[at];
                if (first >= HeaderList.StaticField)
                {
                    // The static table has one of these fields with a value: "accept-encoding: gzip, deflate".
                    if (first == (HeaderList.StaticField | FieldName.AcceptEncoding) && AcceptEncoding < 0)
                    {
                        AcceptEncoding = at;
                    }

                    at++;
                    continue;
                }

                // Most fields of browsers have numbers behind that of range.
                if (first <= FieldName.Range)
                {
                    if (first >= FieldName.IfMatch)
                    {
                        Note(first, at);
                    }
                    else if (first == FieldName.AcceptEncoding && AcceptEncoding < 0)
                    {
                        AcceptEncoding = at;
                    }
                }

                at += (storage[at + 2] << 8) | storage[at + 3];
            }

            if (Range >= 0 && request.Method != HttpMethod.Get)
            {
                // RFC 9110 14.2: a range is for GET alone.
                Range = -1;
            }
        }

        /// <summary>Decides about a request whose fields have been found, in the order of RFC 9110 13.2.2.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response, in whose free storage values are read.</param>
        /// <returns><see cref="Met"/>, <see cref="NotModified"/> or <see cref="Failed"/>.</returns>
        internal int Decide(HttpRequest request, HttpResponse response)
        {
            int found = _found;
            if (found == 0)
            {
                return Met;
            }

            if ((found & (IfMatch | Time)) != 0
                && ((found & IfMatch) != 0
                    ? !HasTag(request, response, _ifMatch, EntityTags.Strong, (found & Weak) != 0 ? 0 : TagLength)
                    : CompareTime(request, response, FieldName.IfUnmodifiedSince) == After))
            {
                return Failed;
            }

            if ((found & IfNoneMatch) != 0
                ? HasTag(request, response, _ifNoneMatch, EntityTags.Weak, TagLength)
                : (found & Time) != 0 && CompareTime(request, response, FieldName.IfModifiedSince) <= At)
            {
                return NotModified;
            }

            // RFC 9110 13.1.5: a tag or a time. Without the very same file the client gets all of it.
            if ((found & IfRange) != 0
                && !HasTag(request, response, _ifRange, EntityTags.Single, (found & Weak) != 0 ? 0 : TagLength)
                && ((found & Weak) != 0 || CompareTime(request, response, FieldName.IfRange) != At))
            {
                Range = -1;
            }

            return Met;
        }

        /// <summary>
        /// Compares the time at which the file was written with that in a field. Files of this class have no time: their conditions
        /// about times are ignored (RFC 9110 13.1.3, 13.1.4).
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Its response, in whose free storage the value may be read.</param>
        /// <param name="name">The field's name: a constant of <see cref="FieldName"/>.</param>
        /// <returns>One of the constants above.</returns>
        protected virtual int CompareTime(HttpRequest request, HttpResponse response, int name)
        {
            return NoTime;
        }

        private void Note(int name, int at)
        {
            switch (name)
            {
                case FieldName.IfMatch:
                    _ifMatch = (_found & IfMatch) == 0 ? at : _ifMatch;
                    _found |= IfMatch;
                    break;
                case FieldName.IfNoneMatch:
                    _ifNoneMatch = (_found & IfNoneMatch) == 0 ? at : _ifNoneMatch;
                    _found |= IfNoneMatch;
                    break;
                case FieldName.IfRange:
                    _ifRange = (_found & IfRange) == 0 ? at : _ifRange;
                    _found |= IfRange;
                    break;
                case FieldName.Range:
                    Range = Range < 0 ? at : Range;
                    break;
            }
        }

        // Whether a field has the tag, whose length is 0 where none could be equal. A field that does not fit into the free
        // storage is ignored.
        private bool HasTag(HttpRequest request, HttpResponse response, int position, int comparison, int length)
        {
            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            if (at < 0)
            {
                return false;
            }

            byte[] bytes = response.Headers.Storage;
            int end = response.Headers.Limit;
            if (length == 0)
            {
                // The file is there all the same.
                return comparison != EntityTags.Single && end - at == 1 && bytes[at] == '*';
            }

            return (end - at == length && Octets.Equal(bytes, at, Tag, TagStart, length))
                || EntityTags.Contain(bytes, at, end, Tag, TagStart, length, comparison);
        }
    }
}
