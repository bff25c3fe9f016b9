using System.Linq;
using CsCheck;
using Http2Nano.Fields;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>A table of 4,096 octets in 512 bytes of memory, beside one in 4,096, on the same connections.</summary>
[TestClass]
public sealed class UnreadFieldTests
{
    private const int Room = 32000;
    private const int TableSize = 4096;
    private const int Memory = 512;

    [TestMethod]
    public void A_peer_sees_no_difference_and_a_handler_misses_only_what_is_unread()
    {
        Requirements.RequireNghttp2();
        var unread = new UnreadFields();
        unread.Add("x-other");
        string[] names = ["x-other", "sec-ch-ua", "sec-fetch-user"];
        int compared = 0;
        int lost = 0;
        Gen.Select(FieldGenerators.ConnectionOfShortNames, Gen.Int[0, 300]).Sample(
            (connection, room) =>
            {
                using var deflater = new Nghttp2.Deflater(TableSize);
                var full = new HpackDecoder(TableSize);
                var tight = new HpackDecoder(TableSize, Memory, unread);
                var cramped = new HpackDecoder(TableSize, Memory, unread);
                var expected = new HeaderList(new byte[Room]);
                var list = new HeaderList(new byte[Room]);
                var small = new HeaderList(new byte[room]);
                foreach (Exchange exchange in connection)
                {
                    byte[] block = deflater.Encode([.. exchange.Fields.Select(field => field.Field)]);
                    expected.Reset(0, Room);
                    list.Reset(0, Room);
                    small.Reset(0, room);
                    if (!Read(full, expected, block) || !Read(tight, list, block) || !Read(cramped, small, block)
                        || tight.TableSize != full.TableSize || cramped.TableSize != full.TableSize || tight.TableCount != full.TableCount)
                    {
                        return false;
                    }

                    if (tight.ReferenceLost)
                    {
                        lost++;
                        continue;
                    }

                    compared++;
                    if (list.Size != expected.Size || list.Malformed != expected.Malformed
                        || !HeaderLists.ReadWithoutSize(list).SequenceEqual(HeaderLists.Read(expected).Select(field => names.Contains(field.Name) ? field with { Value = "" } : field)))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 3000,
            threads: 1,
            seed: "0000KeQyfwH4");
        Assert.IsGreaterThan(5 * lost, compared, $"{compared} compared, {lost} lost");
    }

    private static bool Read(HpackDecoder decoder, HeaderList list, byte[] block)
    {
        decoder.Begin(list);
        return decoder.Decode(block, 0, block.Length) & decoder.End();
    }
}
