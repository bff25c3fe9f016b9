using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Forms
{
    // The part that reads the fields of a part and the boundary between parts.
    public sealed partial class MultipartForm
    {
        // Offsets in the words of PartField.
        private const int MediaTypeName = 0;
        private const int MediaTypeNameLength = 19;
        private const int FormData = 10;
        private const int FormDataLength = 9;
        private const int BoundaryName = 19;
        private const int BoundaryNameLength = 8;
        private const int FileNameName = 27;
        private const int FileNameNameLength = 8;
        private const int NameName = 31;
        private const int NameNameLength = 4;

        private readonly PartField _grammar = new PartField();

        // Offset of the current line in the storage, and the offset after which the storage is free.
        private int _line;
        private int _free;
        private int _name;
        private int _fileName;
        private int _type;

        /// <summary>The number of the current part, starting at 0; -1 before the first.</summary>
        public int Part { get; private set; }

        /// <summary>The array that holds names, file names, types and plain fields. It belongs to the form.</summary>
        public byte[] Bytes
        {
            get { return _storage; }
        }

        /// <summary>Offset of the current part's name in <see cref="Bytes"/>.</summary>
        public int NameStart
        {
            get { return _name; }
        }

        /// <summary>Length of the current part's name in bytes.</summary>
        public int NameCount { get; private set; }

        /// <summary>Offset of the current part's file name in <see cref="Bytes"/>.</summary>
        public int FileNameStart
        {
            get { return _fileName; }
        }

        /// <summary>
        /// Length of the current part's file name in bytes; -1 when the part has none, and so is not a file. The client has
        /// chosen the name: it must not be used as a path (RFC 7578 4.2).
        /// </summary>
        public int FileNameCount { get; private set; }

        /// <summary>Offset of the current part's media type in <see cref="Bytes"/>.</summary>
        public int ContentTypeStart
        {
            get { return _type; }
        }

        /// <summary>
        /// Length of the current part's media type in bytes; -1 when there is none, which means text (RFC 7578 4.4).
        /// </summary>
        public int ContentTypeCount { get; private set; }

        /// <summary>The current part's file name, or null. Allocates the string.</summary>
        public string FileName
        {
            get { return Text(_fileName, FileNameCount); }
        }

        /// <summary>The current part's name. Allocates the string.</summary>
        public string Name
        {
            get { return Text(_name, NameCount); }
        }

        /// <summary>The current part's media type with its parameters, or null. Allocates the string.</summary>
        public string ContentType
        {
            get { return Text(_type, ContentTypeCount); }
        }

        /// <summary>Compares the current part's name with octets. Allocates nothing.</summary>
        /// <param name="name">The name, UTF-8.</param>
        public bool NameEquals(byte[] name)
        {
            return name.Length == NameCount && Octets.Equal(_storage, _name, name, 0, name.Length);
        }

        private string Text(int offset, int count)
        {
            return count < 0 ? null : Encoding.UTF8.GetString(_storage, offset, count);
        }

        // Takes the boundary from the request's content-type. Returns 0, or the status that refuses the request.
        private int TakeBoundary(HttpRequest request, HttpResponse response)
        {
            HeaderList fields = request.Headers;
            int position = fields.Find(FieldName.ContentType);
            if (position < 0)
            {
                return 415;
            }

            int at = FieldScratch.Copy(fields, position, response.Headers);
            if (at < 0)
            {
                return 413;
            }

            byte[] bytes = response.Headers.Storage;
            int end = response.Headers.Limit;
            int parameters = _grammar.SkipWord(bytes, at, end, MediaTypeName, MediaTypeNameLength);
            if (parameters < 0)
            {
                return 415;
            }

            _delimiter[1] = (byte)'\n';
            _delimiter[2] = (byte)'-';
            _delimiter[3] = (byte)'-';
            int length = 0;
            for (at = parameters; at < end;)
            {
                at = PartField.SkipSemicolon(bytes, at, end);
                int value = at < 0 ? -1 : PartField.SkipName(bytes, at, end);
                if (value < 0)
                {
                    return 400;
                }

                bool boundary = length == 0 && _grammar.SkipWord(bytes, at, value - 1, BoundaryName, BoundaryNameLength) == value - 1;
                int start = value;
                at = PartField.SkipValue(bytes, value, end);
                if (at < 0)
                {
                    return 400;
                }

                if (boundary)
                {
                    int last = at;
                    if (bytes[start] == '"')
                    {
                        start++;
                        last--;
                    }

                    length = last - start;
                    if (length < 1 || length > LongestBoundary || !_grammar.IsBoundary(bytes, start, last))
                    {
                        return 400;
                    }

                    Array.Copy(bytes, start, _delimiter, BeforeBoundary, length);
                }
            }

            _delimiterLength = BeforeBoundary + length;
            return length == 0 ? 400 : 0;
        }

        private void BeginPartFields()
        {
            NameCount = -1;
            FileNameCount = -1;
            ContentTypeCount = -1;
            _free = _end + FieldHeader;
            _line = _free;
            if (_free > _storage.Length)
            {
                End(413);
            }
        }

        // Takes one octet of the fields of a part.
        private void ReadPartField(int octet)
        {
            if (_matched != Nothing)
            {
                _matched = Nothing;
                if (octet != '\n')
                {
                    End(400);
                }
                else if (_free == _line)
                {
                    BeginContent();
                }
                else
                {
                    EndLine();
                }

                return;
            }

            if (octet == '\r')
            {
                _matched = CarriageReturn;
            }
            else if (octet == '\n' || octet == 0)
            {
                End(400);
            }
            else if (_free == _storage.Length)
            {
                End(413);
            }
            else
            {
                _storage[_free++] = (byte)octet;
            }
        }

        // A line is complete: the values that are needed move to the line's beginning, and the rest of it is freed.
        private void EndLine()
        {
            int end = _free;
            int colon = MediaType.SkipToken(_storage, _line, end);
            if (colon == _line || colon == end || _storage[colon] != ':')
            {
                End(400);
                return;
            }

            int value = MediaType.SkipBlanks(_storage, colon + 1, end);
            int name = WellKnownFields.IndexOfAnyCase(_storage, _line, colon - _line);
            _free = _line;
            if (name == FieldName.ContentDisposition)
            {
                if (NameCount >= 0 || !TakeDisposition(value, end))
                {
                    End(400);
                    return;
                }
            }
            else if (name == FieldName.ContentType)
            {
                _type = _free;
                ContentTypeCount = end - value;
                Array.Copy(_storage, value, _storage, _free, ContentTypeCount);
                _free += ContentTypeCount;
            }

            _line = _free;
        }

        // RFC 7578 4.2. Clients must not send extended parameters (filename*), so they are ignored.
        private bool TakeDisposition(int at, int end)
        {
            at = _grammar.SkipWord(_storage, at, end, FormData, FormDataLength);
            while (at >= 0 && at < end)
            {
                at = PartField.SkipSemicolon(_storage, at, end);
                int value = at < 0 ? -1 : PartField.SkipName(_storage, at, end);
                if (value < 0)
                {
                    return false;
                }

                bool name = _grammar.SkipWord(_storage, at, value - 1, NameName, NameNameLength) == value - 1;
                bool fileName = !name && _grammar.SkipWord(_storage, at, value - 1, FileNameName, FileNameNameLength) == value - 1;
                at = PartField.EndOfValue(_storage, value, end);
                if (at < 0)
                {
                    return false;
                }

                // A value is never longer than the text that it is decoded from, so decoding in place is safe.
                int start = _free;
                if (name && NameCount < 0)
                {
                    _name = start;
                    NameCount = PartField.Decode(_storage, value, at, start);
                    _free += NameCount;
                }
                else if (fileName && FileNameCount < 0)
                {
                    _fileName = start;
                    FileNameCount = PartField.Decode(_storage, value, at, start);
                    _free += FileNameCount;
                }

                if (_free < start)
                {
                    return false;
                }
            }

            return at >= 0 && NameCount >= 0;
        }
    }
}
