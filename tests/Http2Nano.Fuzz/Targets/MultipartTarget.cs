using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Forms;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// Forms: an input is the body of a <c>multipart/form-data</c> request with the boundary <c>b</c>. Whole and octet by octet it must
/// be read as the same, and every sink that was begun is ended once.
/// </summary>
public sealed class MultipartTarget : IFuzzTarget, IVocabulary
{
    private const int StatusStart = 9;
    private const int StatusLength = 3;
    private const string Disposition = "Content-Disposition: form-data; name=\"n\"";

    private static readonly string[] s_seeds =
    [
        "--b--\r\n",
        $"--b\r\n{Disposition}\r\n\r\nvalue\r\n--b--\r\n",
        $"--b\r\n{Disposition}; filename=\"f\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--b\r\n{Disposition}\r\n\r\n\r\n--b--",
        $"preamble\r\n--b \t\r\n{Disposition}; filename=\"%22\\\".\"\r\n\r\n\r\n--\r\n--a\r\n--b--epilogue",
    ];

    private static readonly string[] s_words =
        ["--b", "--b--", "\r\n", "\r\n--b", "\r", "\n", "--", Disposition, "; filename=\"", "\"", "%22", "%0d", "\\\"", "content-type:", " ", ";", "=", "\xFF", "\0"];

    private readonly SessionHarness _harness;
    private readonly MultipartForm _form;
    private readonly Receiver _receiver = new();
    private readonly byte[] _request = new byte[8192];
    private readonly byte[] _whole = new byte[8192];

    /// <summary>Makes the target.</summary>
    public MultipartTarget()
    {
        _form = new MultipartForm(_receiver, 256, 4) { MaximumPartLength = 1000 };
        var router = new Router();
        router.MapStream(HttpMethod.Post, "/", _form.Handle);
        _harness = new SessionHarness(HttpProfiles.Default(), router);
    }

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds => [.. s_seeds.Select((text, i) => ($"{i}", Encoding.Latin1.GetBytes(text)))];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words { get; } = [.. s_words.Select(Encoding.Latin1.GetBytes)];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        input = input[..Math.Min(input.Length, 4096)];
        int length = Write(input);
        int whole = Play(0, length).Length;
        _harness.Received.CopyTo(_whole);
        ReadOnlySpan<byte> first = _whole.AsSpan(0, whole);
        ReadOnlySpan<byte> second = Play(1, length);
        bool same = first.Slice(StatusStart, StatusLength).SequenceEqual(second.Slice(StatusStart, StatusLength));

        // A refusal comes before the rest of the body, so whether the connection goes on behind it depends on the pieces.
        if (same && first[StatusStart..].StartsWith("200"u8))
        {
            same = Body(first).SequenceEqual(Body(second));
        }

        SessionHarness.Check(same, "In pieces it is read as something else.");
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> response) => response[response.IndexOf("\r\n\r\n"u8)..];

    private ReadOnlySpan<byte> Play(byte manner, int length)
    {
        _request[0] = manner;
        _harness.Play([], _request.AsSpan(0, length));
        SessionHarness.Check(!_receiver.IsOpen, "A sink was not ended.");
        SessionHarness.Check(!_form.IsBusy, "The form was not ended.");
        SessionHarness.Check(_harness.Received.StartsWith("HTTP/1.1 "u8), "There was no answer.");
        return _harness.Received;
    }

    private int Write(ReadOnlySpan<byte> body)
    {
        int at = 1;
        at += Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: {body.Length}\r\n\r\n", _request.AsSpan(at));
        body.CopyTo(_request.AsSpan(at));
        return at + body.Length;
    }

    // Sums up all that it is told, so that two readings can be compared, and allocates nothing.
    private sealed class Receiver : FormReceiver
    {
        private static readonly byte[] s_name = "n"u8.ToArray();

        private readonly Sink _sink;
        private int _sum;

        internal Receiver() => _sink = new Sink(this);

        internal bool IsOpen { get; private set; }

        public override BodySink? BeginPart(MultipartForm form)
        {
            if (form.Part == 0)
            {
                _sum = 0;
            }

            Add(form.Bytes, form.NameStart, form.NameCount);
            Add(form.Bytes, form.FileNameStart, form.FileNameCount);
            Add(form.Bytes, form.ContentTypeStart, form.ContentTypeCount);
            if (form.FileNameCount < 0)
            {
                return null;
            }

            SessionHarness.Check(!IsOpen, "Two parts at once.");
            IsOpen = true;
            return _sink;
        }

        public override void Complete(MultipartForm form, HttpResponse response)
        {
            int at = form.Find(s_name);
            if (at >= 0)
            {
                Add(form.Bytes, at, form.ValueLength(s_name));
            }

            response.Write(_sum & int.MaxValue);
            _sum = 0;
        }

        public override void Fail(MultipartForm form, int status) => _sum = 0;

        private void Add(byte[] bytes, int offset, int count)
        {
            _sum = unchecked((_sum * 31) + count);
            for (int i = 0; i < count; i++)
            {
                _sum = unchecked((_sum * 31) + bytes[offset + i]);
            }
        }

        private sealed class Sink(Receiver receiver) : BodySink
        {
            public override int Room(int key) => int.MaxValue;

            public override void Write(int key, byte[] buffer, int offset, int count)
            {
                SessionHarness.Check(receiver.IsOpen, "Content of no part.");
                for (int i = 0; i < count; i++)
                {
                    receiver._sum = unchecked((receiver._sum * 31) + buffer[offset + i]);
                }
            }

            public override void Close(int key, bool complete)
            {
                SessionHarness.Check(receiver.IsOpen, "A sink was ended twice.");
                receiver.IsOpen = false;
                receiver._sum = unchecked((receiver._sum * 31) + key + (complete ? 1000 : 0));
            }
        }
    }
}
