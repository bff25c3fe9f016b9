using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>What other encoders wrote decodes to what they were given, however it is split.</summary>
[TestClass]
public sealed class CorpusDecodingTests
{
    public static System.Collections.Generic.IEnumerable<object[]> Corpora => Corpus.Encoded.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Corpora))]
    public void Blocks_decode_whole(string corpus)
    {
        foreach (var story in Requirements.Load(corpus))
        {
            Decode(story, (decoder, wire) => decoder.Decode(wire, 0, wire.Length));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Corpora))]
    public void Blocks_decode_byte_by_byte(string corpus)
    {
        foreach (var story in Requirements.Load(corpus))
        {
            // Each octet in an array of its own, so that nothing is read beyond the fragment.
            Decode(story, (decoder, wire) => wire.All(octet => decoder.Decode([octet], 0, 1)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Corpora))]
    public void Blocks_decode_split_at_every_position(string corpus)
    {
        // A whole story per position of its longest block would take hours: the shortest stories, with the position of the
        // split in all their blocks moving together.
        foreach (var story in Requirements.Load(corpus).OrderBy(story => story.Cases.Sum(item => item.Wire.Length)).Take(4))
        {
            int longest = Math.Min(story.Cases.Max(item => item.Wire.Length), 600);
            for (int split = 0; split <= longest; split++)
            {
                int at = split;
                Decode(story, (decoder, wire) =>
                {
                    int first = Math.Min(at, wire.Length);
                    return decoder.Decode(wire[..first], 0, first) && decoder.Decode(wire, first, wire.Length - first);
                });
            }
        }
    }

    private static void Decode(Story story, Func<HpackDecoder, byte[], bool> decode)
    {
        var decoder = new HpackDecoder(4096);
        var list = HeaderLists.Roomy();
        foreach (var item in story.Cases)
        {
            if (item.TableSize is int size)
            {
                decoder.SetLimit(size);
            }

            list.Reset(0, list.Limit);
            decoder.Begin(list);
            Assert.IsTrue(decode(decoder, item.Wire), $"{story}");
            Assert.IsTrue(decoder.End(), $"{story}");
            Assert.IsFalse(list.TooLarge, $"{story}");

            // The corpora hold a few values with a space at the end.
            Assert.AreEqual(item.Fields.Any(field => field.IsMalformed), list.Malformed, $"{story}");
            CollectionAssert.AreEqual(item.Fields.ToArray(), HeaderLists.Read(list).ToArray(), $"{story}");
        }
    }
}
