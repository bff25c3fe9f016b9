using System;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Drives
{
    /// <summary>The conditions of a request for a file of a drive, and the validators of that file (RFC 9110 8.8).</summary>
    internal sealed class FileConditions : RequestConditions
    {
        // Two numbers in hexadecimal digits, a hyphen and quotes.
        private const int LongestTag = 28;

        // Seconds for which a file may be written once more without another time.
        private const int Settled = 2;

        private readonly FileTime _text = new FileTime();
        private long _time;

        internal FileConditions()
            : base(LongestTag)
        {
        }

        /// <summary>
        /// Makes the validators of a file. The tag is "length-time", in hexadecimal digits; it is weak while the file could change
        /// without another time. Without a time there are none.
        /// </summary>
        /// <param name="length">The file's length in bytes.</param>
        /// <param name="time">When it was written, in seconds since 1970; <see cref="FileDrive.NoTime"/> when that is not known.</param>
        internal void Use(int length, long time)
        {
            _time = time;
            Facts = 0;
            TagLength = 0;
            if (time == FileDrive.NoTime)
            {
                return;
            }

            byte[] tag = Tag;
            int at = TagStart;
            tag[at++] = (byte)'"';
            at = HexNumber.Write(length, tag, at);
            tag[at++] = (byte)'-';
            at = HexNumber.Write(time, tag, at);
            tag[at++] = (byte)'"';
            TagLength = at - TagStart;
            Facts = FileTime.Now - time < Settled ? Time | Weak : Time;
        }

        /// <summary>Adds the validators to the response's fields, if the file has any.</summary>
        internal void AddValidators(HeaderList fields)
        {
            if (Facts == 0)
            {
                return;
            }

            int start = (Facts & Weak) != 0 ? 0 : TagStart;
            fields.Put(FieldName.ETag, Tag, start, TagStart + TagLength - start, FieldPolicy.WithoutIndexing);

            // The time is written to the end of the storage, which is free, and goes from there into the list.
            start = fields.Limit - FileTime.Length;
            if (start < fields.End + HeaderList.Prefix + FileTime.Length)
            {
                throw new InvalidOperationException("The fields of a file do not fit into ExchangeSize.");
            }

            _text.Write(_time, fields.Storage, start);
            fields.Put(FieldName.LastModified, fields.Storage, start, FileTime.Length, FieldPolicy.WithoutIndexing);
        }

        /// <inheritdoc/>
        protected override int CompareTime(HttpRequest request, HttpResponse response, int name)
        {
            // RFC 9110 13.1.3: if-modified-since is for GET and HEAD alone.
            bool counts = name != FieldName.IfModifiedSince || request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
            int position = counts ? request.Headers.Find(name) : -1;
            int at = position < 0 ? -1 : FieldScratch.Copy(request.Headers, position, response.Headers);
            long told = at < 0 ? FileTime.None : _text.Read(response.Headers.Storage, at, response.Headers.Limit);
            return told == FileTime.None ? NoTime : _time < told ? Before : _time == told ? At : After;
        }
    }
}
