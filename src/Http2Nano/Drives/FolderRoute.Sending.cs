using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    // The part that sends a file: conditions, ranges, fields.
    public sealed partial class FolderRoute
    {
        // Two numbers in hexadecimal digits, a hyphen and quotes.
        private const int LongestTag = 28;

        // Seconds for which a file may be written once more without another time.
        private const int Settled = 2;

        private readonly FileTime _time = new FileTime();
        private readonly byte[] _modified = new byte[FileTime.Length];
        private readonly byte[] _tag = new byte[2 + LongestTag];

        // Where in _tag the tag begins, without and with "W/", and its length without.
        private int _tagStart;
        private int _tagLength;

        // Answers with a file. False when there is none; then nothing is open.
        private bool Send(HttpRequest request, HttpResponse response, string name, int key)
        {
            Stream stream = _drive.Open(name);
            if (stream == null)
            {
                return false;
            }

            FileReader reader = _readers[key];
            reader.Stream = stream;
            bool sends = false;
            try
            {
                sends = Answer(request, response, name, key);
            }
            finally
            {
                if (!sends)
                {
                    reader.Close();
                }
            }

            return true;
        }

        // Returns whether the file becomes the body.
        private bool Answer(HttpRequest request, HttpResponse response, string name, int key)
        {
            FileReader reader = _readers[key];
            long length = reader.Stream.Length;
            if (length > int.MaxValue)
            {
                Problem.Write(response, 501);
                return false;
            }

            reader.Name = name;
            reader.Length = (int)length;
            reader.Time = _drive.Time(name);
            reader.Position = 0;
            reader.First = 0;
            reader.Count = reader.Length;
            MakeValidators(reader);
            int status = Evaluate(request, response, reader.Time);
            if (status == 412)
            {
                Problem.Write(response, 412);
                return false;
            }

            HeaderList fields = response.Headers;
            int range = status == 0 && request.Method == HttpMethod.Get ? request.Headers.Find(FieldName.Range) : -1;
            if (range >= 0 && HoldsRange(request, response, reader.Time))
            {
                int last;
                range = AssetRange.Parse(request.Headers, range, fields, reader.Length, out reader.First, out last);
                if (range == AssetRange.Unsatisfiable)
                {
                    AssetRange.AddContentRange(fields, -1, -1, reader.Length);
                    Problem.Write(response, 416);
                    return false;
                }

                if (range == AssetRange.Part)
                {
                    reader.Count = last - reader.First + 1;
                    response.Status = 206;
                    AssetRange.AddContentRange(fields, reader.First, last, reader.Length);
                }
                else
                {
                    reader.First = 0;
                }
            }

            fields.Put(FieldName.CacheControl, KnownText.Octets, KnownText.NoCache, KnownText.NoCacheLength, FieldPolicy.Indexed);
            if (reader.Time != FileDrive.NoTime)
            {
                fields.Put(FieldName.ETag, _tag, _tagStart, _tagLength + 2 - _tagStart, FieldPolicy.WithoutIndexing);
                fields.Put(FieldName.LastModified, _modified, 0, FileTime.Length, FieldPolicy.WithoutIndexing);
            }

            if (status == 304)
            {
                response.Status = 304;
                return false;
            }

            fields.Put(FieldName.AcceptRanges, KnownText.Octets, KnownText.BytesUnit, KnownText.BytesUnitLength, FieldPolicy.Indexed);
            byte[] octets = Encoding.UTF8.GetBytes(name);
            AddText(fields, FieldName.ContentType, FileTypes.Of(octets, 0, octets.Length));
            if (!AllowScripts)
            {
                AddText(fields, FieldName.ContentSecurityPolicy, "sandbox");
            }

            response.SetBody(this, key, reader.Count);
            return true;
        }

        // RFC 9110 13.2.2. Returns 412, 304, or 0 when the file is to be sent.
        private int Evaluate(HttpRequest request, HttpResponse response, long time)
        {
            HeaderList fields = request.Headers;
            int position = fields.Find(FieldName.IfMatch);
            if (position >= 0)
            {
                if (!HasTag(request, response, position, EntityTags.Strong, time))
                {
                    return 412;
                }
            }
            else
            {
                long unmodified = TimeOf(request, response, FieldName.IfUnmodifiedSince);
                if (time != FileDrive.NoTime && unmodified != FileTime.None && time > unmodified)
                {
                    return 412;
                }
            }

            position = fields.Find(FieldName.IfNoneMatch);
            if (position >= 0)
            {
                return HasTag(request, response, position, EntityTags.Weak, time) ? 304 : 0;
            }

            long modified = TimeOf(request, response, FieldName.IfModifiedSince);
            return time != FileDrive.NoTime && modified != FileTime.None && time <= modified ? 304 : 0;
        }

        // RFC 9110 13.1.5: whether a part may be sent, because the client has the rest of this very file.
        private bool HoldsRange(HttpRequest request, HttpResponse response, long time)
        {
            int position = request.Headers.Find(FieldName.IfRange);
            if (position < 0)
            {
                return true;
            }

            // A tag or a time, which is strong only when the file was old enough.
            long modified = TimeOf(request, response, FieldName.IfRange);
            bool strong = time != FileDrive.NoTime && _tagStart == 2;
            return modified != FileTime.None ? strong && modified == time : HasTag(request, response, position, EntityTags.Single, time);
        }

        private bool HasTag(HttpRequest request, HttpResponse response, int position, int comparison, long time)
        {
            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            byte[] bytes = response.Headers.Storage;
            int end = response.Headers.Limit;
            if (at < 0)
            {
                return false;
            }

            if (time == FileDrive.NoTime || (comparison != EntityTags.Weak && _tagStart == 0))
            {
                // The file has no tag that could be equal, but it is there.
                return comparison != EntityTags.Single && end - at == 1 && bytes[at] == '*';
            }

            return EntityTags.Contain(bytes, at, end, _tag, 2, _tagLength, comparison);
        }

        private long TimeOf(HttpRequest request, HttpResponse response, int name)
        {
            int position = request.Headers.Find(name);
            int at = position < 0 ? -1 : FieldScratch.Copy(request.Headers, position, response.Headers);
            return at < 0 ? FileTime.None : _time.Read(response.Headers.Storage, at, response.Headers.Limit);
        }

        // The tag is "length-time", in hexadecimal digits; W/ stands before it while the file could change without another time.
        private void MakeValidators(FileReader reader)
        {
            long time = reader.Time;
            if (time == FileDrive.NoTime)
            {
                return;
            }

            byte[] tag = _tag;
            tag[0] = (byte)'W';
            tag[1] = (byte)'/';
            tag[2] = (byte)'"';
            int at = Digits(tag, 3, reader.Length);
            tag[at++] = (byte)'-';
            at = Digits(tag, at, time);
            tag[at++] = (byte)'"';
            _tagLength = at - 2;
            long age = FileTime.Now - time;
            _tagStart = age >= Settled ? 2 : 0;
            _time.Write(time, _modified, 0);
        }

        private static int Digits(byte[] bytes, int at, long number)
        {
            int shift = 0;
            while (number >> shift > 15)
            {
                shift += 4;
            }

            for (; shift >= 0; shift -= 4)
            {
                bytes[at++] = Hex.Character((int)(number >> shift) & 0xF);
            }

            return at;
        }
    }
}
