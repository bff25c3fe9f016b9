using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Http2Nano.Assets;

namespace Http2Nano.Packing;

/// <summary>One file of a pack.</summary>
/// <param name="Path">Its path, separated by solidi, without one at the beginning.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">Its entity tag, without quotes.</param>
/// <param name="IsImmutable">Whether caches may keep it for ever.</param>
/// <param name="IsPage">Whether it is an HTML page.</param>
/// <param name="Plain">The content uncoded; empty when only <paramref name="Gzip"/> is kept.</param>
/// <param name="Gzip">The content coded with gzip; empty when there is none.</param>
/// <param name="Cost">Bytes that the file takes in the pack, including its entries in the index.</param>
public sealed record PackEntry(
    string Path, string ContentType, string Tag, bool IsImmutable, bool IsPage, ReadOnlyMemory<byte> Plain, ReadOnlyMemory<byte> Gzip, int Cost)
{
    // A file that expands to more cannot be a page of a device.
    private const int MostExpanded = 256 * 1024 * 1024;

    /// <summary>The content, expanded when only its coded form is kept.</summary>
    /// <exception cref="PackingException">The coded form is damaged, or expands to more than 256 MB.</exception>
    public byte[] Read()
    {
        if (Plain.Length != 0 || Gzip.Length == 0)
        {
            return Plain.ToArray();
        }

        try
        {
            using GZipStream gzip = new(new MemoryStream(Gzip.ToArray()), CompressionMode.Decompress);
            using MemoryStream content = new();
            byte[] part = new byte[65536];
            int count;
            while ((count = gzip.Read(part)) != 0)
            {
                content.Write(part, 0, count);
                if (content.Length > MostExpanded)
                {
                    throw new PackingException($"'{Path}' expands to more than {MostExpanded:N0} bytes: this is no pack for a device.");
                }
            }

            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            throw new PackingException($"'{Path}' is damaged in the pack: make the pack again.");
        }
    }
}

/// <summary>Reads an asset pack on a PC and trusts nothing in it. Layout: <see cref="AssetPackFormat"/>.</summary>
public static class AssetPackReader
{
    /// <summary>Reads all files of a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <returns>Its files by path, each once: the path of a folder belongs to its index page.</returns>
    /// <exception cref="PackingException">
    /// It is not a pack, has another version, or is damaged; the message says which.
    /// </exception>
    public static IReadOnlyList<PackEntry> Read(byte[] pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        if (pack.Length < AssetPackFormat.HeaderSize || BinaryPrimitives.ReadInt32LittleEndian(pack) != AssetPackFormat.Magic)
        {
            throw new PackingException("This is no asset pack: http2nano pack makes one.");
        }

        if (pack[4] != AssetPackFormat.Version)
        {
            throw new PackingException($"This asset pack is of version {pack[4]}, and this tool reads version {AssetPackFormat.Version}: make the pack again.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(pack.AsSpan(12));
        if (length != pack.Length)
        {
            throw new PackingException($"This asset pack is cut: it has {pack.Length:N0} bytes and should have {length:N0}. Copy it again, or make it again.");
        }

        int end = length - AssetPackFormat.ChecksumSize;
        if (end < AssetPackFormat.HeaderSize || BinaryPrimitives.ReadInt32LittleEndian(pack.AsSpan(end)) != AssetPackFormat.Checksum(AssetPackFormat.NoChecksum, pack, 0, end))
        {
            throw new PackingException("This asset pack is damaged: its checksum is wrong. Copy it again, or make it again.");
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(pack.AsSpan(6));
        Dictionary<string, PackEntry> entries = new(StringComparer.Ordinal);
        List<(PackEntry Entry, int Size)> all = [];
        for (int i = 0; i < count; i++)
        {
            int at = AssetPackFormat.HeaderSize + (i * AssetPackFormat.IndexEntrySize);
            int record = BinaryPrimitives.ReadInt32LittleEndian(Part(pack, at + 4, 4));
            all.Add(ReadRecord(pack, record));
        }

        // The index lists an index page under its own path and under its folder's; it is one file.
        foreach ((PackEntry entry, int size) in all.OrderBy(item => item.Entry.Path, StringComparer.Ordinal))
        {
            string path = entry.Path;
            bool isFolder = path.Length == 0 || path.EndsWith('/');
            string name = isFolder ? path + "index.html" : path;
            int overhead = size + AssetPackFormat.IndexEntrySize;
            entries[name] = entries.TryGetValue(name, out PackEntry? known)
                ? known with { Cost = known.Cost + overhead }
                : entry with { Path = name, Cost = overhead + entry.Plain.Length + entry.Gzip.Length };
        }

        return [.. entries.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    private static (PackEntry Entry, int Size) ReadRecord(byte[] pack, int offset)
    {
        ReadOnlySpan<byte> record = Part(pack, offset, AssetPackFormat.RecordSize);
        int pathLength = BinaryPrimitives.ReadUInt16LittleEndian(record);
        int typeLength = record[2];
        int flags = record[3];
        ReadOnlyMemory<byte> plain = Content(pack, record[4..]);
        ReadOnlyMemory<byte> gzip = Content(pack, record[12..]);
        string tag = Encoding.ASCII.GetString(record.Slice(AssetPackFormat.TagOffset, AssetPackFormat.TagSize));
        string type = Encoding.ASCII.GetString(Part(pack, offset + AssetPackFormat.RecordSize, typeLength));
        string path = Encoding.UTF8.GetString(Part(pack, offset + AssetPackFormat.RecordSize + typeLength, pathLength));
        var entry = new PackEntry(path, type, tag, (flags & AssetPackFormat.Immutable) != 0, (flags & AssetPackFormat.Page) != 0, plain, gzip, 0);
        return (entry, AssetPackFormat.RecordSize + typeLength + pathLength);
    }

    private static ReadOnlyMemory<byte> Content(byte[] pack, ReadOnlySpan<byte> place)
    {
        int offset = BinaryPrimitives.ReadInt32LittleEndian(place);
        int length = BinaryPrimitives.ReadInt32LittleEndian(place[4..]);
        _ = Part(pack, offset, length);
        return pack.AsMemory(offset, length);
    }

    private static ReadOnlySpan<byte> Part(byte[] pack, int offset, int length) =>
        offset >= 0 && length >= 0 && offset <= pack.Length - length
            ? pack.AsSpan(offset, length)
            : throw new PackingException("This asset pack is damaged: make it again.");
}
