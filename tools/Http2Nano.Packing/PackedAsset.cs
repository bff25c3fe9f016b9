using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Http2Nano.Packing;

/// <summary>One file that is being packed.</summary>
public sealed partial class PackedAsset
{
    // The least number of bytes saved for which a second copy in flash is worth it.
    private const int WorthwhileSaving = 64;

    /// <summary>Prepares a file.</summary>
    /// <param name="path">Its path, separated by solidi, without one at the beginning.</param>
    /// <param name="content">Its content.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="encodings">The forms to keep.</param>
    public PackedAsset(string path, byte[] content, string contentType, PackEncodings encodings)
    {
        Path = path;
        ContentType = contentType;
        Tag = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        IsPage = contentType.StartsWith("text/html", StringComparison.Ordinal);
        IsImmutable = Fingerprint().IsMatch(path);
        Length = content.Length;

        byte[]? gzip = encodings == PackEncodings.Plain ? null : Compress(content);
        if (gzip is not null && gzip.Length < content.Length - Math.Min(WorthwhileSaving, content.Length / 4))
        {
            Gzip = gzip;
        }

        Plain = encodings == PackEncodings.GzipOnly && Gzip is not null ? null : content;
    }

    /// <summary>Path in the pack.</summary>
    public string Path { get; }

    /// <summary>Media type.</summary>
    public string ContentType { get; }

    /// <summary>Sixteen hexadecimal digits, computed from the content.</summary>
    public string Tag { get; }

    /// <summary>Length of the file in bytes.</summary>
    public int Length { get; }

    /// <summary>The content uncoded; null when only the coded form is kept.</summary>
    public byte[]? Plain { get; }

    /// <summary>The content coded with gzip; null when that saves nothing.</summary>
    public byte[]? Gzip { get; }

    /// <summary>Whether it is an HTML page.</summary>
    public bool IsPage { get; }

    /// <summary>Whether the name contains a hash of the content, so that caches may keep the file for ever.</summary>
    public bool IsImmutable { get; }

    // A name as bundlers make it: "app.3f9a1c07.js".
    [GeneratedRegex(@"[.-](?=[0-9a-f]*[0-9])[0-9a-f]{8,64}\.[A-Za-z0-9]+$")]
    private static partial Regex Fingerprint();

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }
}
