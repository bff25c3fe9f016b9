using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Http2Nano.Fields;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>
/// Literals are read in three ways: those that lie in one fragment as a whole, those that come in pieces, and those that have
/// no place in the list. The first costs half of the second, so each has code of its own; and on every input all three
/// find the same: the same verdict, the same table, and, where there is a list, the same fields. With less memory than table
/// that includes fields whose values are not kept.
/// </summary>
[TestClass]
public sealed class ReaderTests
{
    private const int Room = 16000;
    private const int FirstDynamic = 62;

    private static readonly byte[][] s_names = ["user-agent"u8.ToArray(), "sec-fetch-user"u8.ToArray(), "cookie"u8.ToArray(), ":path"u8.ToArray()];
    private static readonly int[] s_kinds = [0x40, 0x00, 0x10];

    // Octets between what grammar says and what anybody sends: indices, literals of each kind with names of each kind, strings
    // plain and coded, whose lengths are right more often than not, size updates, and noise.
    private static readonly Gen<byte[]> Text = Gen.Frequency(
        (6, Gen.Byte[(byte)' ', (byte)'~'].Array[0, 12]),
        (2, Gen.Byte.Array[0, 6]),
        (1, Gen.Byte[(byte)'a', (byte)'z'].Array[100, 180]),
        (1, Gen.Int[0, s_names.Length - 1].Select(name => s_names[name])));

    private static readonly Gen<byte[]> Literal = Gen.Select(Text, Gen.Bool, Gen.Int[0, 19], Write);

    private static readonly Gen<byte[]> Field = Gen.Frequency(
        (4, Gen.Int[0x80, 0xFF].Select(octet => new[] { (byte)octet })),
        (6, Gen.Select(Gen.Int[0, s_kinds.Length - 1].Select(kind => s_kinds[kind]), Gen.Int[0, 15], Literal, Literal, (kind, name, text, value) =>
            (byte[])[.. kind == 0x40 || name < 15 ? new[] { (byte)(kind | name) } : [(byte)(kind | 15), (byte)(name * 3)], .. name == 0 ? text : [], .. value])),
        (2, Gen.Select(Gen.Int[0x40 + 15, 0x7E], Literal, (octet, value) => (byte[])[(byte)octet, .. value])),
        (1, Gen.Int[0x20, 0x3E].Select(octet => new[] { (byte)octet })),
        (1, Gen.Byte.Array[1, 6]));

    private static readonly Gen<byte[][]> Connection = Field.Array[0, 8].Select(fields => fields.SelectMany(field => field).ToArray()).Array[1, 8];

    [TestMethod]
    [DataRow(4096)]
    [DataRow(2048)]
    public void A_literal_reads_the_same_whole_and_in_pieces_and_without_a_list(int memory)
    {
        int literals = 0;
        Gen.Select(Connection, Gen.Int[1, 3], Gen.Int[0, 60]).Sample(
            (blocks, piece, cramped) =>
            {
                var whole = new Reader(memory, Room, int.MaxValue);
                var pieces = new Reader(memory, Room, piece);
                var dropped = new Reader(memory, null, int.MaxValue);
                var droppedInPieces = new Reader(memory, null, piece);
                var small = new Reader(memory, cramped, piece);
                Reader[] all = [whole, pieces, dropped, droppedInPieces, small];
                foreach (byte[] block in blocks)
                {
                    bool[] good = [.. all.Select(reader => reader.Read(block))];
                    if (good.Distinct().Count() != 1)
                    {
                        return false;
                    }

                    if (!good[0])
                    {
                        return true;
                    }

                    literals += whole.Table.Count;
                    if (!whole.Fields.SequenceEqual(pieces.Fields) || whole.Malformed != pieces.Malformed
                        || all.Skip(1).Any(reader => !reader.Table.SequenceEqual(whole.Table)))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 60_000,
            threads: 1,
            print: sample => string.Join(' ', sample.Item1.Select(Convert.ToHexStringLower)) + $" pieces of {sample.Item2}, room {sample.Item3}");
        Assert.IsGreaterThan(10_000, literals);
    }

    private static byte[] Write(byte[] text, bool coded, int wrong)
    {
        if (coded)
        {
            // What it refuses to code passes for coded as it is.
            byte[] octets = new byte[text.Length];
            int end = HuffmanWriter.Write(text, 0, text.Length, octets, 0);
            text = end < 0 ? text : octets[..end];
        }

        // The length, and whether the last octet is as it was.
        int length = text.Length;
        byte flag = coded ? (byte)0x80 : (byte)0;
        byte[] prefix = length < 127 ? [(byte)(flag | length)] : [(byte)(flag | 127), (byte)((length - 127) & 0x7F | (length >= 255 ? 0x80 : 0)), .. length >= 255 ? new[] { (byte)((length - 127) >> 7) } : []];
        byte[] literal = [.. prefix, .. text];
        if (wrong == 0)
        {
            literal[^1] ^= 0x11;
        }

        return literal;
    }

    /// <summary>A decoder that is fed in one way.</summary>
    private sealed class Reader(int memory, int? room, int piece)
    {
        private readonly HpackDecoder _decoder = new(4096, memory, new UnreadFields());
        private readonly HeaderList? _list = room is int octets ? new HeaderList(new byte[octets]) : null;
        private readonly HeaderList _probe = new(new byte[Room]);

        public List<Field> Fields { get; private set; } = [];

        public bool Malformed => _list!.Malformed;

        /// <summary>What is in the table, as references to it yield it, and whether its fields are malformed.</summary>
        public List<(Field Field, bool Malformed)> Table { get; } = [];

        public bool Read(byte[] block)
        {
            _list?.Reset(0, _list.Limit);
            _decoder.Begin(_list);
            bool good = true;
            for (int at = 0; at < block.Length && good; at += piece)
            {
                good = _decoder.Decode(block, at, Math.Min(piece, block.Length - at));
                if (piece == int.MaxValue)
                {
                    break;
                }
            }

            if (!_decoder.End() || !good)
            {
                return false;
            }

            Fields = _list is { } list ? HeaderLists.ReadWithoutSize(list) : [];
            Table.Clear();
            for (int i = 0; i < _decoder.TableCount; i++)
            {
                int index = FirstDynamic + i;
                byte[] reference = index < 127 ? [(byte)(0x80 | index)] : [0xFF, (byte)(index - 127)];
                _probe.Reset(0, Room);
                _decoder.Begin(_probe);
                Assert.IsTrue(_decoder.Decode(reference, 0, reference.Length) && _decoder.End());
                Assert.IsFalse(_decoder.ReferenceLost);
                Table.Add((HeaderLists.ReadWithoutSize(_probe)[0], _probe.Malformed));
            }

            return true;
        }
    }
}
