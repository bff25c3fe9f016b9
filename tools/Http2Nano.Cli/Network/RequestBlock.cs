using System;
using System.Collections.Generic;
using System.Text;

namespace Http2Nano.Cli.Network;

/// <summary>Field blocks of requests (RFC 7541), without Huffman codes.</summary>
internal static class RequestBlock
{
    // RFC 7541 appendix A.
    private const int AuthorityName = 1;
    private const int Get = 2;
    private const int MethodName = 2;
    private const int PathName = 4;
    private const int SchemeHttp = 6;
    private const int SchemeHttps = 7;
    private const int FirstDynamic = 62;

    private const byte Indexed = 0x80;
    private const byte WithIndexing = 0x40;

    /// <summary>A block of literals without indexing.</summary>
    public static byte[] Literal(string method, bool secure, string authority, string path, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        List<byte> block = [];
        Method(block, method);
        block.Add((byte)(Indexed | (secure ? SchemeHttps : SchemeHttp)));
        Named(block, 0, AuthorityName, authority);
        Named(block, 0, PathName, path);
        foreach ((string name, string value) in fields)
        {
            Literal(block, 0, name, value);
        }

        return [.. block];
    }

    /// <summary>The block of the first request: authority and fields go into the dynamic table.</summary>
    public static byte[] First(bool secure, string authority, string path, int tableSize, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        List<byte> block = [];

        // RFC 7541 4.2: an update of the table's size comes first.
        Integer(block, 0x20, 5, tableSize);
        block.Add(Indexed | Get);
        block.Add((byte)(Indexed | (secure ? SchemeHttps : SchemeHttp)));
        Named(block, WithIndexing, AuthorityName, authority);
        Named(block, 0, PathName, path);
        foreach ((string name, string value) in fields)
        {
            Literal(block, WithIndexing, name, value);
        }

        return [.. block];
    }

    /// <summary>The block of a later request, which refers to the dynamic table.</summary>
    public static byte[] Next(bool secure, string path, int fields)
    {
        List<byte> block = [Indexed | Get, (byte)(Indexed | (secure ? SchemeHttps : SchemeHttp)), (byte)(Indexed | (FirstDynamic + fields))];
        Named(block, 0, PathName, path);
        for (int i = fields - 1; i >= 0; i--)
        {
            block.Add((byte)(Indexed | (FirstDynamic + i)));
        }

        return [.. block];
    }

    private static void Method(List<byte> block, string method)
    {
        if (method == "GET")
        {
            block.Add(Indexed | Get);
        }
        else
        {
            Named(block, 0, MethodName, method);
        }
    }

    private static void Named(List<byte> block, int form, int name, string value)
    {
        Integer(block, form, form == WithIndexing ? 6 : 4, name);
        Text(block, value);
    }

    private static void Literal(List<byte> block, byte form, string name, string value)
    {
        block.Add(form);
        Text(block, name);
        Text(block, value);
    }

    private static void Text(List<byte> block, string value)
    {
        byte[] octets = Encoding.UTF8.GetBytes(value);
        Integer(block, 0, 7, octets.Length);
        block.AddRange(octets);
    }

    // RFC 7541 5.1.
    private static void Integer(List<byte> block, int form, int prefix, int value)
    {
        int most = (1 << prefix) - 1;
        if (value < most)
        {
            block.Add((byte)(form | value));
            return;
        }

        block.Add((byte)(form | most));
        value -= most;
        for (; value >= 128; value >>= 7)
        {
            block.Add((byte)((value & 0x7F) | 0x80));
        }

        block.Add((byte)value);
    }
}
