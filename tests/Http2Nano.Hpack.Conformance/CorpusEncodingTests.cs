using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>What the encoder writes, three decoders read alike, and it is as short as libnghttp2's.</summary>
[TestClass]
public sealed class CorpusEncodingTests
{
    private const string Raw = "raw-data";
    private static readonly byte[] Buffer = new byte[100_000];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(4096)]
    [DataRow(HpackEncoder.DefaultTableSize)]
    [DataRow(100)]
    [DataRow(0)]
    public void Header_sets_decode_to_themselves(int tableSize)
    {
        foreach (var story in Requirements.Load(Raw))
        {
            var decoder = new HpackDecoder(4096);
            var list = HeaderLists.Roomy();
            foreach (var (fields, wire) in Encode(story, tableSize))
            {
                list.Reset(0, list.Limit);
                decoder.Begin(list);
                Assert.IsTrue(decoder.Decode(wire, 0, wire.Length) && decoder.End(), $"{story}");
                CollectionAssert.AreEqual(fields.ToArray(), HeaderLists.Read(list).ToArray(), $"{story}");
            }
        }
    }

    [TestMethod]
    [DataRow(4096)]
    [DataRow(HpackEncoder.DefaultTableSize)]
    public void Libnghttp2_decodes_them_too(int tableSize)
    {
        Requirements.RequireNghttp2();
        foreach (var story in Requirements.Load(Raw))
        {
            using var inflater = new Nghttp2.Inflater();
            foreach (var (fields, wire) in Encode(story, tableSize))
            {
                CollectionAssert.AreEqual(fields.ToArray(), inflater.Decode(wire), $"{story}");
            }
        }
    }

    [TestMethod]
    [DataRow(4096)]
    [DataRow(HpackEncoder.DefaultTableSize)]
    public void Python3_hpack_decodes_them_too(int tableSize)
    {
        using var peer = PythonHpack.Require();
        foreach (var story in Requirements.Load(Raw))
        {
            peer.Reset();
            foreach (var (fields, wire) in Encode(story, tableSize))
            {
                CollectionAssert.AreEqual(fields.ToArray(), peer.Decode(wire), $"{story}");
            }
        }
    }

    [TestMethod]
    public void Compression_is_on_a_par_with_libnghttp2()
    {
        Requirements.RequireNghttp2();
        long plain = 0;
        long theirs = 0;
        foreach (var story in Requirements.Load(Raw))
        {
            using var deflater = new Nghttp2.Deflater(4096);
            foreach (var item in story.Cases)
            {
                plain += item.Fields.Sum(field => field.Name.Length + field.Value.Length);
                theirs += deflater.Encode(item.Fields).Length;
            }
        }

        long ours = Total(4096);
        double ratio = (double)ours / theirs;
        TestContext.WriteLine($"raw-data: {plain:N0} octets of names and values");
        TestContext.WriteLine($"libnghttp2, table of 4096: {theirs:N0} ({(double)theirs / plain:P1})");
        TestContext.WriteLine($"Http2Nano, table of 4096: {ours:N0} ({(double)ours / plain:P1}), {ratio:F4} times libnghttp2's");
        foreach (int size in new[] { 2048, 1024, HpackEncoder.DefaultTableSize, 256, 0 })
        {
            long small = Total(size);
            TestContext.WriteLine($"Http2Nano, table of {size}: {small:N0} ({(double)small / plain:P1}), {(double)small / theirs:F4} times");
        }

        Assert.IsLessThanOrEqualTo(1.02, ratio);
    }

    [TestMethod]
    public void No_block_exceeds_its_bound()
    {
        foreach (var story in Requirements.Load(Raw))
        {
            var encoder = new HpackEncoder(4096);
            var list = HeaderLists.Roomy();
            foreach (var item in story.Cases)
            {
                HeaderLists.Write(list, item.Fields);
                int bound = encoder.Bound(list);
                encoder.Begin(Buffer, 0);
                encoder.Encode(list);
                Assert.IsLessThanOrEqualTo(bound, encoder.End());
            }
        }
    }

    private static long Total(int tableSize)
    {
        return Requirements.Load(Raw).Sum(story => Encode(story, tableSize).Sum(block => (long)block.Wire.Length));
    }

    private static IEnumerable<(IReadOnlyList<Field> Fields, byte[] Wire)> Encode(Story story, int tableSize)
    {
        var encoder = new HpackEncoder(tableSize);
        var list = HeaderLists.Roomy();
        foreach (var item in story.Cases)
        {
            HeaderLists.Write(list, item.Fields);
            encoder.Begin(Buffer, 0);
            encoder.Encode(list);
            yield return (item.Fields, Buffer[..encoder.End()]);
        }
    }
}
