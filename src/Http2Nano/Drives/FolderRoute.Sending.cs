using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Drives
{
    // The part that sends a file: its range, its fields.
    public sealed partial class FolderRoute
    {
        private readonly FileConditions _conditions = new FileConditions();

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
            FileConditions conditions = _conditions;
            conditions.Use(reader.Length, reader.Time);
            conditions.Find(request);
            int decision = conditions.Decide(request, response);
            if (decision == RequestConditions.Failed)
            {
                Problem.Write(response, 412);
                return false;
            }

            HeaderList fields = response.Headers;
            if (decision == RequestConditions.Met && conditions.Range >= 0)
            {
                int last;
                int range = AssetRange.Parse(request.Headers, conditions.Range, fields, reader.Length, out reader.First, out last);
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
            conditions.AddValidators(fields);
            if (decision == RequestConditions.NotModified)
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
    }
}
