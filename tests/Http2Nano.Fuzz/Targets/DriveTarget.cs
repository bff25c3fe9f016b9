using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Http2Nano.Assets;
using Http2Nano.Drives;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// Files of a drive under any request: uploads, raw and of forms, new pages, and a folder that is read, on a drive that may be full
/// and may fail. Whatever comes, a file is the old one or the whole new one, nothing stays open, nothing below the folder that may
/// not be seen is touched, and a pack that was taken is one.
/// </summary>
/// <remarks>
/// Input: the manner in which it comes, the changes until the drive fails (from 64 on it does not), its room in sixteenths of a
/// kilobyte, and bits: the drive knows times (1), a pack gets the right checksum (2), files cannot be read (4). Then a request line
/// without its end, field lines, an empty line, and the body, whose length is written for it.
/// </remarks>
public sealed class DriveTarget : IFuzzTarget, IVocabulary
{
    private const int Controls = 4;
    private const int LongestFile = 2000;
    private const int KnowsTimes = 1;
    private const int RightSum = 2;
    private const int Unreadable = 4;
    private const int Deaf = 240;
    private const int Unanswered = -1;

    private const string Disposition = "Content-Disposition: form-data; name=\"n\"";
    private const string Form = "content-type: multipart/form-data; boundary=b\r\n\r\n";

    private static readonly byte[] s_pack = MakePack();
    private static readonly (string Name, byte[] Content)[] s_files =
    [
        ("a.txt", "old"u8.ToArray()), ("www.pack", s_pack), ("secret", "secret"u8.ToArray()), ("docs/b.txt", [.. Enumerable.Range(0, 300).Select(i => (byte)i)]),
        ("docs/.hidden", "hidden"u8.ToArray()), ("docs/c/index.html", "<p>c"u8.ToArray()), ("docs/d.txt.part", "left"u8.ToArray()), ("docs/e/f <&>", []),
    ];

    private static readonly string[] s_words =
    [
        "PUT /up/a.txt", "PUT /up/n", "POST /pack", "GET /files/", "GET /files/b.txt", "HEAD ", "%2e%2e", "%2f", "%5c", "%00", "..", ".part", ".whole", "/c/", "/e", "\r\n", "\r\n\r\n", Form,
        "transfer-encoding: chunked", "5\r\n", "0\r\n\r\n", "expect: 100-continue", "range: bytes=", "0-9", "-5", "290-", "if-range: ", "if-match: *", "if-none-match: ", "W/\"12c-5e0be100\"",
        "if-modified-since: Thu, 01 Jan 2020 00:00:00 GMT", "content-digest: sha-256=:", "--b\r\n", "\r\n--b", "--b--", Disposition, "; filename=\"f\"",
    ];

    private readonly FailingDrive _drive = new();
    private readonly PackFile _pages;
    private readonly StaticAssets _assets;
    private readonly FolderRoute _folder;
    private readonly SessionHarness _harness;
    private readonly byte[] _request = new byte[8192];
    private byte[] _body = [];

    /// <summary>Makes the target.</summary>
    public DriveTarget()
    {
        _drive.Reset(s_files);
        _pages = new PackFile(_drive, "www.pack");
        _assets = new StaticAssets(_pages.Open()!);
        _folder = new FolderRoute(_drive, "docs", 2) { Lists = true };
        var upload = new FileUpload(_drive, null, LongestFile);
        var update = new PageUpdate(_pages, _assets, LongestFile);
        var router = new Router();
        router.MapStream(HttpMethod.Put, "/up/{name}", upload.Handle);
        router.MapStream(HttpMethod.Post, "/up/{name}", upload.Handle);
        router.MapStream(HttpMethod.Post, "/pack", update.Handle);
        router.MapGet("/files/{*path}", _folder.Handle);
        router.MapAssets("/", _assets);
        _harness = new SessionHarness(HttpProfiles.Default(), router) { Allocates = true, Expects = exception => exception is IOException or ArgumentException };
    }

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        ("put", Input(0, "PUT /up/a.txt\r\n\r\nnew")),
        ("digest", Input(0, "PUT /up/n\r\ncontent-digest: sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:\r\n\r\nhello")),
        ("chunks", Input(0, "PUT /up/n\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")),
        ("form", Input(0, $"POST /up/a.txt\r\n{Form}--b\r\n{Disposition}; filename=\"f\"\r\n\r\ncontent\r\n--b\r\n{Disposition}\r\n\r\nx\r\n--b--")),
        ("pack", [.. Input(0, "POST /pack\r\n\r\n"), .. s_pack]),
        ("other pack", [.. Input(RightSum, "POST /pack\r\n\r\n"), .. s_pack[..^5], 1, 2, 3, 4, 5]),
        ("packed form", [.. Input(0, $"POST /pack\r\n{Form}--b\r\n{Disposition}; filename=\"www.pack\"\r\n\r\n"), .. s_pack, .. "\r\n--b--"u8]),
        ("range", Input(KnowsTimes, "GET /files/b.txt\r\nrange: bytes=10-19\r\n\r\n")),
        ("conditions", Input(KnowsTimes, "GET /files/b.txt\r\nif-none-match: \"12c-5e0be100\"\r\nif-range: Thu, 01 Jan 2020 00:00:00 GMT\r\nrange: bytes=-5\r\n\r\n")),
        ("list", Input(0, "GET /files/e/\r\n\r\n")),
        ("page", Input(0, "GET /files/c\r\n\r\n")),
        ("hidden", Input(0, "GET /files/.hidden\r\n\r\n")),
        ("away", Input(Unreadable, "GET /files/%2e%2e/secret\r\n\r\n")),
        ("full", [0, 255, 9, 0, .. Encoding.Latin1.GetBytes("PUT /up/a.txt\r\n\r\n" + new string('x', 300))]),
        ("failing", [1, 7, 255, 0, .. "PUT /up/a.txt\r\n\r\nnew"u8]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words { get; } = [.. s_words.Select(Encoding.Latin1.GetBytes)];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Controls)
        {
            return;
        }

        int length = Write(input[Controls..Math.Min(input.Length, 4096)], (input[3] & RightSum) != 0);
        int whole = Play(0, input, length);
        string state = State();
        int pieces = Play(1, input, length);

        // What is refused for several reasons is so for the first one, which may be another in pieces: a drive that fails or is full
        // does so in the middle of something else when less is written to it at a time.
        if (input[1] >= 64 && input[2] == 255)
        {
            bool same = whole == pieces || (whole >= 400 && pieces >= 400);
            SessionHarness.Check(same && state == State(), $"In pieces it is read as something else: {whole} and {pieces}.");
        }

        Play(input[0], input, length);
    }

    private static byte[] Input(byte bits, string request) => [0, 255, 255, bits, .. Encoding.Latin1.GetBytes(request)];

    private static byte[] MakePack()
    {
        var pack = new Tests.Routing.TestPack();
        pack.Add("/", "text/html", "<p>pages"u8.ToArray(), null!, 0);
        pack.Add("/x.js", "text/javascript", "x()"u8.ToArray(), "zipped"u8.ToArray(), 0);
        return pack.Build();
    }

    // Returns the status of the first answer.
    private int Play(byte manner, ReadOnlySpan<byte> input, int length)
    {
        _pages.Close();
        _drive.Power = -1;
        _drive.Capacity = int.MaxValue;
        _drive.IsUnreadable = false;
        _drive.Reset(s_files);
        _assets.Pack = _pages.Open()!;
        _drive.Capacity = input[2] == 255 ? int.MaxValue : _drive.Files.Values.Sum(file => file.Length) + (input[2] * 64);
        _drive.Power = input[1] < 64 ? input[1] : -1;
        _drive.Written = (input[3] & KnowsTimes) != 0 ? 0x5E0BE100 : FileDrive.NoTime;
        _drive.IsUnreadable = (input[3] & Unreadable) != 0;

        _request[0] = manner;
        _harness.Play([], _request.AsSpan(0, length));
        int status = manner < Deaf ? Status(_harness.Received) : 0;
        SessionHarness.Check(_drive.BadName == null, $"A name that the drive is not to get: {_drive.BadName}");
        SessionHarness.Check(_folder.OpenFiles == 0, "A file is still being sent.");
        SessionHarness.Check(_drive.OpenFiles.Count <= 1 && _drive.OpenFiles.All(name => name == "www.pack"), "A file is still open.");
        if (status is 200 or 206 && _drive.LastOpened.StartsWith("docs/", StringComparison.Ordinal))
        {
            CheckSent(_harness.Received, status);
        }

        CheckFiles(status);
        CheckNext();
        return status;
    }

    private static int Status(ReadOnlySpan<byte> received)
    {
        if (received.IsEmpty)
        {
            // The body is not complete, and was broken off.
            return Unanswered;
        }

        SessionHarness.Check(received.StartsWith("HTTP/1.1 "u8), "That is no answer.");
        int status = int.Parse(received.Slice(9, 3));
        int next = received.IndexOf("\r\n\r\n"u8);
        return status == 100 && next >= 0 && next + 4 < received.Length ? Status(received[(next + 4)..]) : status;
    }

    // The power is off and on again, and what was interrupted is finished.
    private void CheckFiles(int status)
    {
        bool failed = _drive.Power == 0;
        _pages.Close();
        _drive.Power = -1;
        _drive.IsUnreadable = false;
        foreach (string name in _drive.Files.Keys.Where(name => !name.StartsWith("docs/", StringComparison.Ordinal)).ToArray())
        {
            string file = name.EndsWith(FileReplacement.Part, StringComparison.Ordinal) ? name[..^FileReplacement.Part.Length]
                : name.EndsWith(FileReplacement.Whole, StringComparison.Ordinal) ? name[..^FileReplacement.Whole.Length] : name;
            SessionHarness.Check(file == name || failed || status is 0 or 507, $"{name} is left.");
            FileReplacement.Recover(_drive, file);
        }

        foreach ((string name, byte[] content) in s_files)
        {
            SessionHarness.Check(_drive.Files.ContainsKey(name), $"{name} is lost.");
            if (name is not ("a.txt" or "www.pack"))
            {
                SessionHarness.Check(_drive.Files[name].SequenceEqual(content), $"{name} has changed.");
            }
        }

        foreach ((string name, byte[] content) in _drive.Files)
        {
            byte[]? old = s_files.FirstOrDefault(file => file.Name == name).Content;
            if (old == null || !content.SequenceEqual(old))
            {
                SessionHarness.Check(status is 0 or 200 or 201 or 204 or 303 || failed, $"{name} has changed, and the answer is {status}.");
                SessionHarness.Check(_body.AsSpan().IndexOf(content) >= 0 || _body.Length > 0 && HasChunks, $"{name} is nothing of what was sent.");
            }
        }

        SessionHarness.Check(_pages.Open() != null, $"www.pack {_pages.Fault}");
        SessionHarness.Check(_drive.Files["www.pack"].SequenceEqual(s_pack) || _pages.Fault == null, "The pack is none.");
    }

    private bool HasChunks => _request.AsSpan().IndexOf("chunked"u8) >= 0;

    // Whatever has gone before, the next one is served.
    private void CheckNext()
    {
        _drive.Capacity = int.MaxValue;
        byte[] next = [0, .. "PUT /up/next HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nnextGET / HTTP/1.1\r\nhost: a\r\n\r\nGET /x.js HTTP/1.1\r\nhost: a\r\naccept-encoding: gzip\r\n\r\n"u8];
        bool had = _drive.Files.ContainsKey("next");
        _assets.Pack = _pages.Open()!;
        _harness.Play([], next);
        SessionHarness.Check(Status(_harness.Received) == (had ? 204 : 201), "The next upload is refused.");
        SessionHarness.Check(_drive.Files["next"].AsSpan().SequenceEqual("next"u8), "The next file is another.");
    }

    // What is sent of a file is what lies there.
    private void CheckSent(ReadOnlySpan<byte> received, int status)
    {
        if (!_drive.Files.TryGetValue(_drive.LastOpened, out byte[]? content) || _drive.IsUnreadable || _request.AsSpan(1).StartsWith("HEAD"u8))
        {
            return;
        }

        int at = received.IndexOf("\r\n\r\n"u8);
        if (received.StartsWith("HTTP/1.1 100"u8))
        {
            CheckSent(received[(at + 4)..], status);
            return;
        }

        string fields = Encoding.Latin1.GetString(received[..at]);
        int first = 0;
        int count = content.Length;
        if (status == 206)
        {
            string range = Field(fields, "content-range: bytes ");
            first = int.Parse(range[..range.IndexOf('-')]);
            int last = int.Parse(range[(range.IndexOf('-') + 1)..range.IndexOf('/')]);
            SessionHarness.Check(range.EndsWith($"/{content.Length}") && last >= first && last < content.Length, $"A range that cannot be: {range}");
            count = last - first + 1;
        }

        SessionHarness.Check(Field(fields, "content-length: ") == count.ToString(), "A length that is not that of the file.");
        SessionHarness.Check(received[(at + 4)..].StartsWith(content.AsSpan(first, count)), "Other octets than those of the file.");
    }

    private static string Field(string fields, string name)
    {
        int at = fields.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        SessionHarness.Check(at >= 0, $"There is no {name}");
        int end = fields.IndexOf('\r', at);
        return fields[(at + name.Length)..(end < 0 ? fields.Length : end)];
    }

    private string State() => string.Join('|', _drive.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Key + Convert.ToHexString(file.Value)));

    private int Write(ReadOnlySpan<byte> input, bool rightSum)
    {
        int behind = input.IndexOf("\r\n\r\n"u8);
        ReadOnlySpan<byte> head = behind < 0 ? input : input[..behind];
        int line = head.IndexOf("\r\n"u8);
        _body = behind < 0 ? [] : input[(behind + 4)..].ToArray();
        if (rightSum && _body.Length > AssetPackFormat.HeaderSize + AssetPackFormat.ChecksumSize)
        {
            BitConverter.TryWriteBytes(_body.AsSpan(12), _body.Length);
            Tests.Routing.TestPack.Sum(_body);
        }

        int at = 1;
        Append(line < 0 ? head : head[..line]);
        Append(" HTTP/1.1\r\nhost: a"u8);
        Append(line < 0 ? [] : head[line..]);
        if (head.IndexOf("chunked"u8) < 0 && _body.Length != 0)
        {
            Append(Encoding.ASCII.GetBytes($"\r\ncontent-length: {_body.Length}"));
        }

        Append("\r\n\r\n"u8);
        Append(_body);
        _request.AsSpan(at).Clear();
        return at;

        void Append(ReadOnlySpan<byte> octets)
        {
            octets.CopyTo(_request.AsSpan(at));
            at += octets.Length;
        }
    }
}
