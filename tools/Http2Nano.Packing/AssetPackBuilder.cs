using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Http2Nano.Assets;

namespace Http2Nano.Packing;

/// <summary>
/// Builds an asset pack. The same files always give the same octets. Layout: <see cref="AssetPackFormat"/>.
/// </summary>
public sealed class AssetPackBuilder
{
    private const string IndexPage = "index.html";

    private readonly SortedDictionary<string, PackedAsset> _assets = new(StringComparer.Ordinal);
    private readonly PackEncodings _encodings;

    /// <summary>Begins a pack.</summary>
    /// <param name="encodings">The forms in which files are kept.</param>
    public AssetPackBuilder(PackEncodings encodings = PackEncodings.Both)
    {
        _encodings = encodings;
    }

    /// <summary>The files added so far, by path.</summary>
    public IReadOnlyCollection<PackedAsset> Assets => _assets.Values;

    /// <summary>
    /// Builds a pack of all files in a folder and its subfolders, except those whose names begin with a dot.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="encodings">The forms in which files are kept.</param>
    /// <exception cref="PackingException">A file cannot be packed.</exception>
    public static AssetPackBuilder FromFolder(string folder, PackEncodings encodings = PackEncodings.Both)
    {
        AssetPackBuilder builder = new(encodings);
        foreach ((string path, byte[] content) in Files(folder))
        {
            builder.Add(path, content);
        }

        return builder;
    }

    /// <summary>
    /// The files of a folder and its subfolders that belong into its pack: all except those whose names begin with a dot.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The path in the pack and the content of each.</returns>
    public static IEnumerable<(string Path, byte[] Content)> Files(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (!path.Split('/').Any(segment => segment.StartsWith('.')))
            {
                yield return (path, File.ReadAllBytes(file));
            }
        }
    }

    /// <summary>Adds a file.</summary>
    /// <param name="path">Its path, separated by solidi, without one at the beginning, not percent-encoded.</param>
    /// <param name="content">Its content.</param>
    /// <param name="contentType">Its media type; by default determined by its name.</param>
    /// <exception cref="PackingException">No request can have the path, or the pack already has it.</exception>
    public void Add(string path, byte[] content, string? contentType = null)
    {
        contentType ??= ContentTypes.Of(path);
        int length = Encoding.UTF8.GetByteCount(path);
        if (length is 0 or > AssetPackFormat.LongestPath)
        {
            throw new PackingException($"The path of '{path}' has {length} bytes; 1 to {AssetPackFormat.LongestPath} can be packed.");
        }

        if (path.Any(c => c < ' ' || c is '\\' or '\x7F') || path.Split('/').Any(segment => segment is "" or "." or ".."))
        {
            throw new PackingException($"No request can ask for '{path}': it has an empty or dot segment, a backslash or a control character.");
        }

        if (contentType.Length is 0 or > AssetPackFormat.LongestType || contentType.Any(c => c is < ' ' or > '~'))
        {
            throw new PackingException($"'{contentType}' is no content type.");
        }

        if (!_assets.TryAdd(path, new PackedAsset(path, content, contentType, _encodings)))
        {
            throw new PackingException($"'{path}' was added before.");
        }
    }

    /// <summary>Builds the pack.</summary>
    /// <exception cref="PackingException">The pack is too large.</exception>
    public byte[] Build()
    {
        List<(byte[] Path, PackedAsset Asset)> entries = [.. _assets.Values.SelectMany(Paths)
            .Select(p => (Path: Encoding.UTF8.GetBytes(p.Path), p.Asset))
            .OrderBy(e => AssetPackFormat.Hash(e.Path, 0, e.Path.Length))
            .ThenBy(e => Encoding.UTF8.GetString(e.Path), StringComparer.Ordinal)];
        if (entries.Count > AssetPackFormat.MostPaths)
        {
            throw new PackingException($"There are {entries.Count} paths; a pack holds {AssetPackFormat.MostPaths}.");
        }

        int records = AssetPackFormat.HeaderSize + (entries.Count * AssetPackFormat.IndexEntrySize);
        long contents = records + entries.Sum(e => (long)RecordLength(e.Path, e.Asset));
        long total = contents + _assets.Values.Sum(a => (long)(a.Plain?.Length ?? 0) + (a.Gzip?.Length ?? 0)) + AssetPackFormat.ChecksumSize;
        if (total > int.MaxValue)
        {
            throw new PackingException("The files are too large for one pack.");
        }

        byte[] pack = new byte[total];
        Dictionary<PackedAsset, (int Plain, int Gzip)> places = PutContents(pack, (int)contents);
        PutIndex(pack, records, entries, places);
        int end = pack.Length - AssetPackFormat.ChecksumSize;
        BinaryPrimitives.WriteInt32LittleEndian(pack.AsSpan(end), AssetPackFormat.Checksum(AssetPackFormat.NoChecksum, pack, 0, end));
        return pack;
    }

    private static IEnumerable<(string Path, PackedAsset Asset)> Paths(PackedAsset asset)
    {
        yield return (asset.Path, asset);
        if (asset.Path == IndexPage || asset.Path.EndsWith("/" + IndexPage, StringComparison.Ordinal))
        {
            yield return (asset.Path[..^IndexPage.Length], asset);
        }
    }

    private static int RecordLength(byte[] path, PackedAsset asset) =>
        AssetPackFormat.RecordSize + asset.ContentType.Length + path.Length;

    private Dictionary<PackedAsset, (int Plain, int Gzip)> PutContents(byte[] pack, int at)
    {
        Dictionary<PackedAsset, (int Plain, int Gzip)> places = [];
        foreach (PackedAsset asset in _assets.Values)
        {
            places[asset] = (Put(asset.Plain), Put(asset.Gzip));
        }

        return places;

        int Put(byte[]? content)
        {
            if (content is null)
            {
                return 0;
            }

            content.CopyTo(pack, at);
            at += content.Length;
            return at - content.Length;
        }
    }

    private static void PutIndex(
        byte[] pack, int record, List<(byte[] Path, PackedAsset Asset)> entries, Dictionary<PackedAsset, (int Plain, int Gzip)> places)
    {
        BinaryPrimitives.WriteInt32LittleEndian(pack, AssetPackFormat.Magic);
        pack[4] = AssetPackFormat.Version;
        BinaryPrimitives.WriteUInt16LittleEndian(pack.AsSpan(6), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(pack.AsSpan(8), (ushort)entries.Select(e => RecordLength(e.Path, e.Asset)).DefaultIfEmpty().Max());
        BinaryPrimitives.WriteInt32LittleEndian(pack.AsSpan(12), pack.Length);

        int index = AssetPackFormat.HeaderSize;
        foreach ((byte[] path, PackedAsset asset) in entries)
        {
            BinaryPrimitives.WriteInt32LittleEndian(pack.AsSpan(index), AssetPackFormat.Hash(path, 0, path.Length));
            BinaryPrimitives.WriteInt32LittleEndian(pack.AsSpan(index + 4), record);
            index += AssetPackFormat.IndexEntrySize;

            Span<byte> bytes = pack.AsSpan(record, RecordLength(path, asset));
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)path.Length);
            bytes[2] = (byte)asset.ContentType.Length;
            bytes[3] = (byte)((asset.IsImmutable ? AssetPackFormat.Immutable : 0) | (asset.IsPage ? AssetPackFormat.Page : 0));
            BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], places[asset].Plain);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], asset.Plain?.Length ?? 0);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], places[asset].Gzip);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], asset.Gzip?.Length ?? 0);
            Encoding.ASCII.GetBytes(asset.Tag, bytes[AssetPackFormat.TagOffset..]);
            Encoding.ASCII.GetBytes(asset.ContentType, bytes[AssetPackFormat.RecordSize..]);
            path.CopyTo(bytes[(AssetPackFormat.RecordSize + asset.ContentType.Length)..]);
            record += bytes.Length;
        }
    }
}
