using System;
using System.Linq;
using System.Text;
using CsCheck;
using Http2Nano.Fields;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>What holds for any header list, any table sizes and any split; and for any octets.</summary>
[TestClass]
public sealed class PropertyTests
{
    private const int Room = 32000;

    [TestMethod]
    public void Decoding_undoes_encoding()
    {
        Gen.Select(FieldGenerators.Connection, Gen.Int[0, 4096], Gen.Int[1, 64]).Sample(
            (connection, tableSize, piece) =>
            {
                var encoder = new HpackEncoder(tableSize);
                var decoder = new HpackDecoder(8192);
                var list = new HeaderList(new byte[Room]);
                var sent = new HeaderList(new byte[Room]);
                return connection.All(exchange =>
                {
                    foreach (int limit in exchange.Limits)
                    {
                        encoder.SetLimit(limit);
                        decoder.SetLimit(limit);
                    }

                    byte[] block = Encode(encoder, sent, exchange);
                    list.Reset(0, Room);
                    decoder.Begin(list);
                    bool good = true;
                    for (int at = 0; at < block.Length && good; at += piece)
                    {
                        good = decoder.Decode(block, at, Math.Min(piece, block.Length - at));
                    }

                    return decoder.End() && good
                        && HeaderLists.Read(list).SequenceEqual(exchange.Fields.Select(field => field.Field))
                        && list.Malformed == exchange.Fields.Any(field => field.Field.IsMalformed)
                        && encoder.TableSize <= tableSize;
                });
            },
            iter: 3000,
            seed: "0000KeQyfwH4");
    }

    [TestMethod]
    public void Libnghttp2_reads_what_the_encoder_writes()
    {
        Requirements.RequireNghttp2();
        Gen.Select(FieldGenerators.Connection, Gen.Int[0, 4096]).Sample(
            (connection, tableSize) =>
            {
                var encoder = new HpackEncoder(tableSize);
                using var inflater = new Nghttp2.Inflater();
                var sent = new HeaderList(new byte[Room]);
                return connection.All(exchange =>
                {
                    foreach (int limit in exchange.Limits)
                    {
                        encoder.SetLimit(limit);
                        inflater.SetLimit(limit);
                    }

                    byte[] block = Encode(encoder, sent, exchange);
                    return inflater.Decode(block) is { } fields && fields.SequenceEqual(exchange.Fields.Select(field => field.Field));
                });
            },
            iter: 3000,
            seed: "0000KeQyfwH4");
    }

    [TestMethod]
    public void What_libnghttp2_writes_decodes_whatever_the_room()
    {
        Requirements.RequireNghttp2();
        Gen.Select(FieldGenerators.Connection, Gen.Int[0, 300]).Sample(
            (connection, room) =>
            {
                using var deflater = new Nghttp2.Deflater(4096);
                var decoder = new HpackDecoder(4096);
                var cramped = new HpackDecoder(4096);
                var list = new HeaderList(new byte[Room]);
                var small = new HeaderList(new byte[room]);
                return connection.All(exchange =>
                {
                    var fields = exchange.Fields.Select(field => field.Field).ToArray();
                    byte[] block = deflater.Encode(fields);
                    list.Reset(0, Room);
                    small.Reset(0, room);
                    decoder.Begin(list);
                    cramped.Begin(small);
                    bool good = decoder.Decode(block, 0, block.Length) & cramped.Decode(block, 0, block.Length)
                        & decoder.End() & cramped.End();
                    var kept = HeaderLists.Read(small);
                    return good
                        && HeaderLists.Read(list).SequenceEqual(fields)
                        && cramped.TableSize == decoder.TableSize
                        && small.TooLarge == kept.Count < fields.Length
                        && IsPart(kept, fields);
                });
            },
            iter: 3000,
            seed: "0000KeQyfwH4");
    }

    [TestMethod]
    public void Any_octets_give_the_verdict_of_libnghttp2()
    {
        Requirements.RequireNghttp2();
        int good = 0;
        Gen.Byte.Array[1, 24].Array[1, 4].Sample(
            blocks =>
            {
                using var inflater = new Nghttp2.Inflater();
                var decoder = new HpackDecoder(4096);
                var list = new HeaderList(new byte[Room]);
                foreach (byte[] block in blocks)
                {
                    list.Reset(0, Room);
                    decoder.Begin(list);
                    bool ours = decoder.Decode(block, 0, block.Length) & decoder.End();
                    var theirs = inflater.Decode(block);
                    if (ours != (theirs is not null))
                    {
                        return false;
                    }

                    if (theirs is null)
                    {
                        return true;
                    }

                    good++;
                    if (!HeaderLists.Read(list).SequenceEqual(theirs))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 200_000,
            threads: 1,
            seed: "0000KeQyfwH4");
        Assert.IsGreaterThan(1000, good);
    }

    private static bool IsPart(System.Collections.Generic.List<Field> part, Field[] whole)
    {
        int at = 0;
        foreach (var field in part)
        {
            at = Array.IndexOf(whole, field, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Encode(HpackEncoder encoder, HeaderList list, Exchange exchange)
    {
        list.Reset(0, Room);
        foreach (var (field, policy) in exchange.Fields)
        {
            byte[] value = Encoding.Latin1.GetBytes(field.Value);
            list.Add(Encoding.Latin1.GetBytes(field.Name), value, 0, value.Length, policy);
        }

        // Not an octet more than it asks for.
        byte[] buffer = new byte[encoder.Bound(list)];
        encoder.Begin(buffer, 0);
        encoder.Encode(list);
        return buffer[..encoder.End()];
    }
}
