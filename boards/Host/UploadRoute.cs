using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Http2Nano.Forms;
using Http2Nano.Messages;

namespace Http2Nano.Host;

/// <summary>
/// <c>POST /api/upload</c>: takes a form of any length and answers with a JSON array of the parts: name, file name, content
/// type, length and SHA-256. For tests and for trying clients.
/// </summary>
internal sealed class UploadRoute
{
    private const int Uploads = 4;
    private const int Storage = 4096;
    private const int MaximumParts = 64;
    private static readonly byte[] s_json = Encoding.UTF8.GetBytes("application/json");

    private readonly MultipartForm[] _forms = [.. Enumerable.Range(0, Uploads).Select(_ => new MultipartForm(new Digests(), Storage, MaximumParts))];

    /// <summary>Handles a request with a form.</summary>
    /// <param name="request">The request; its body has not been read.</param>
    /// <param name="response">Its response.</param>
    public void Handle(HttpRequest request, HttpResponse response)
        => (Array.Find(_forms, form => !form.IsBusy) ?? _forms[0]).Handle(request, response);

    private sealed record Part(string Name, string? FileName, string? ContentType, long Length, string Sha256);

    private sealed class Digests : FormReceiver
    {
        private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);
        private readonly List<Part> _parts = [];

        public override BodySink BeginPart(MultipartForm form)
        {
            if (form.Part == 0)
            {
                _parts.Clear();
            }

            return new Digest(_parts, form.Name, form.FileName, form.ContentType);
        }

        public override void Complete(MultipartForm form, HttpResponse response)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(_parts, s_options);
            _parts.Clear();
            response.AddHeader(Fields.FieldName.ContentType, s_json);
            response.SetBody(json, 0, json.Length);
        }
    }

    private sealed class Digest(List<Part> parts, string name, string? fileName, string? contentType) : BodySink
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public override int Room(int key) => int.MaxValue;

        public override void Write(int key, byte[] buffer, int offset, int count)
        {
            _hash.AppendData(buffer, offset, count);
            _length += count;
        }

        public override void Close(int key, bool complete)
        {
            using (_hash)
            {
                if (complete)
                {
                    parts.Add(new Part(name, fileName, contentType, _length, Convert.ToHexStringLower(_hash.GetHashAndReset())));
                }
            }
        }
    }
}
