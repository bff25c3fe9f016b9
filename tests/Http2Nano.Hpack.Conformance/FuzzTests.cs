using System;
using Http2Nano.Fuzz.Targets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>The fuzz targets over a fixed sequence of mutated seeds. Http2Nano.Fuzz runs them for longer, guided by coverage.</summary>
[TestClass]
public sealed class FuzzTests
{
    [TestMethod]
    public void Mutated_blocks_do_no_harm() => Play(new HpackDecoderTarget(), 60_000);

    [TestMethod]
    public void Mutated_blocks_do_no_harm_where_fields_are_read_over() => Play(new ReadOverTarget(), 20_000);

    private static void Play(IFuzzTarget target, int inputs)
    {
        var random = new Random(7541);
        var seeds = target.Seeds;
        foreach (var (_, seed) in seeds)
        {
            target.Run(seed);
        }

        for (int i = 0; i < inputs; i++)
        {
            byte[] input = seeds[random.Next(seeds.Length)].Input.AsSpan().ToArray();
            for (int changes = random.Next(1, 8); changes > 0; changes--)
            {
                input = Mutate(input, random, seeds[random.Next(seeds.Length)].Input);
            }

            try
            {
                target.Run(input);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{Convert.ToHexString(input)}: {exception}");
            }
        }
    }

    private static byte[] Mutate(byte[] input, Random random, byte[] other)
    {
        int at = random.Next(input.Length);
        switch (random.Next(6))
        {
            case 0:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;

            case 1:
                input[at] = (byte)random.Next(256);
                return input;

            case 2:
                input[at] = random.Next(4) switch { 0 => 0x7f, 1 => 0xff, 2 => 0x80, _ => 0 };
                return input;

            case 3:
                return [.. input.AsSpan(0, at), (byte)random.Next(256), .. input.AsSpan(at)];

            case 4:
                return input.Length > 2 ? [.. input.AsSpan(0, at), .. input.AsSpan(at + 1)] : input;

            default:
                return [.. input.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length))];
        }
    }
}
