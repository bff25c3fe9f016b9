using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace Http2Nano.Hpack.Conformance;

/// <summary>libnghttp2's HPACK, as far as the tests need it.</summary>
internal static unsafe partial class Nghttp2
{
    private const string Library = "libnghttp2.so.14";
    private const int InflateFinal = 0x01;
    private const int InflateEmit = 0x02;

    /// <summary>Whether the library is installed.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(Library, out _);

    /// <summary>A decoder with its compression context.</summary>
    public sealed class Inflater : IDisposable
    {
        private readonly nint _handle;

        public Inflater()
        {
            Check(nghttp2_hd_inflate_new(out _handle));
        }

        /// <summary>SETTINGS_HEADER_TABLE_SIZE was acknowledged.</summary>
        public void SetLimit(int size)
        {
            Check(nghttp2_hd_inflate_change_table_size(_handle, (nuint)size));
        }

        /// <summary>The fields of a block, or null if it is malformed.</summary>
        public List<Field>? Decode(ReadOnlySpan<byte> wire)
        {
            var fields = new List<Field>();
            fixed (byte* begin = wire)
            {
                byte* at = begin;
                byte* end = begin + wire.Length;
                for (; ; )
                {
                    int flags = 0;
                    var pair = default(Pair);
                    nint read = nghttp2_hd_inflate_hd2(_handle, &pair, &flags, at, (nuint)(end - at), 1);
                    if (read < 0)
                    {
                        return null;
                    }

                    at += read;
                    if ((flags & InflateEmit) != 0)
                    {
                        fields.Add(new Field(Text(pair.Name, pair.NameLength), Text(pair.Value, pair.ValueLength)));
                    }

                    if ((flags & InflateFinal) != 0)
                    {
                        nghttp2_hd_inflate_end_headers(_handle);
                        return fields;
                    }

                    if ((flags & InflateEmit) == 0 && at == end)
                    {
                        return null;
                    }
                }
            }
        }

        /// <summary>The same without making anything of the fields, for measurements; their number, or -1.</summary>
        public int Count(ReadOnlySpan<byte> wire)
        {
            int count = 0;
            fixed (byte* begin = wire)
            {
                byte* at = begin;
                byte* end = begin + wire.Length;
                for (; ; )
                {
                    int flags = 0;
                    var pair = default(Pair);
                    nint read = nghttp2_hd_inflate_hd2(_handle, &pair, &flags, at, (nuint)(end - at), 1);
                    if (read < 0)
                    {
                        return -1;
                    }

                    at += read;
                    count += (flags & InflateEmit) >> 1;
                    if ((flags & InflateFinal) != 0)
                    {
                        nghttp2_hd_inflate_end_headers(_handle);
                        return count;
                    }
                }
            }
        }

        public void Dispose()
        {
            nghttp2_hd_inflate_del(_handle);
        }
    }

    /// <summary>An encoder with its compression context.</summary>
    public sealed class Deflater : IDisposable
    {
        private readonly nint _handle;

        public Deflater(int tableSize)
        {
            Check(nghttp2_hd_deflate_new(out _handle, (nuint)tableSize));
        }

        /// <summary>The block that libnghttp2 makes of some fields.</summary>
        public byte[] Encode(IReadOnlyList<Field> fields)
        {
            var prepared = Prepare(fields);
            byte[] buffer = new byte[(int)nghttp2_hd_deflate_bound(_handle, prepared.Pairs, (nuint)fields.Count)];
            int length = Encode(prepared, buffer);
            prepared.Free();
            return buffer[..length];
        }

        /// <summary>The same into a buffer, for measurements.</summary>
        public int Encode(Prepared fields, byte[] buffer)
        {
            fixed (byte* to = buffer)
            {
                return (int)nghttp2_hd_deflate_hd(_handle, to, (nuint)buffer.Length, fields.Pairs, (nuint)fields.Count);
            }
        }

        public void Dispose()
        {
            nghttp2_hd_deflate_del(_handle);
        }
    }

    /// <summary>Fields in memory that does not move, as libnghttp2 takes them.</summary>
    public readonly struct Prepared(Pair* pairs, int count, byte* octets)
    {
        public Pair* Pairs { get; } = pairs;

        public int Count { get; } = count;

        public void Free()
        {
            NativeMemory.Free(Pairs);
            NativeMemory.Free(octets);
        }
    }

    /// <summary>Copies fields to where libnghttp2 can read them.</summary>
    public static Prepared Prepare(IReadOnlyList<Field> fields)
    {
        byte* octets = (byte*)NativeMemory.Alloc((nuint)fields.Sum(field => field.Name.Length + field.Value.Length) + 1);
        var pairs = (Pair*)NativeMemory.Alloc((nuint)fields.Count + 1, (nuint)sizeof(Pair));
        byte* at = octets;
        for (int i = 0; i < fields.Count; i++)
        {
            pairs[i] = new Pair { Name = at, NameLength = (nuint)fields[i].Name.Length };
            at = Put(at, fields[i].Name);
            pairs[i].Value = at;
            pairs[i].ValueLength = (nuint)fields[i].Value.Length;
            at = Put(at, fields[i].Value);
        }

        return new Prepared(pairs, fields.Count, octets);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"libnghttp2: {error}");
        }
    }

    private static byte* Put(byte* at, string text)
    {
        return at + Encoding.Latin1.GetBytes(text, new Span<byte>(at, text.Length));
    }

    private static string Text(byte* octets, nuint length)
    {
        return Encoding.Latin1.GetString(octets, (int)length);
    }

    /// <summary>nghttp2_nv.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Pair
    {
        public byte* Name;
        public byte* Value;
        public nuint NameLength;
        public nuint ValueLength;
        public byte Flags;
    }

    [LibraryImport(Library)]
    private static partial int nghttp2_hd_inflate_new(out nint handle);

    [LibraryImport(Library)]
    private static partial void nghttp2_hd_inflate_del(nint handle);

    [LibraryImport(Library)]
    private static partial int nghttp2_hd_inflate_change_table_size(nint handle, nuint size);

    [LibraryImport(Library)]
    private static partial nint nghttp2_hd_inflate_hd2(nint handle, Pair* pair, int* flags, byte* octets, nuint length, int final);

    [LibraryImport(Library)]
    private static partial int nghttp2_hd_inflate_end_headers(nint handle);

    [LibraryImport(Library)]
    private static partial int nghttp2_hd_deflate_new(out nint handle, nuint tableSize);

    [LibraryImport(Library)]
    private static partial void nghttp2_hd_deflate_del(nint handle);

    [LibraryImport(Library)]
    private static partial nint nghttp2_hd_deflate_hd(nint handle, byte* buffer, nuint room, Pair* pairs, nuint count);

    [LibraryImport(Library)]
    private static partial nuint nghttp2_hd_deflate_bound(nint handle, Pair* pairs, nuint count);
}
