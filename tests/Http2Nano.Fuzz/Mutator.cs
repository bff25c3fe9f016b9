using System;
using System.Collections.Generic;
using Http2Nano.Fuzz.Targets;

namespace Http2Nano.Fuzz;

/// <summary>Makes inputs out of others.</summary>
internal sealed class Mutator(int seed, IFuzzTarget target)
{
    private const int MostOctets = 4096;
    private const int MostChanges = 6;

    private static readonly byte[] s_interesting = [0, 1, 2, 4, 8, 16, 32, 64, 127, 128, 192, 254, 255];

    private readonly Random _random = new(seed);
    private readonly IReadOnlyList<byte[]> _words = (target as IVocabulary)?.Words ?? [s_interesting];

    /// <summary>Picks one of a list.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    /// <summary>Changes an input in some places; another one may lend a part.</summary>
    public byte[] Change(byte[] input, byte[] other)
    {
        var octets = new List<byte>(input);
        for (int i = _random.Next(MostChanges) + 1; i > 0; i--)
        {
            ChangeOnce(octets, other);
        }

        if (octets.Count > MostOctets)
        {
            octets.RemoveRange(MostOctets, octets.Count - MostOctets);
        }

        return [.. octets];
    }

    private void ChangeOnce(List<byte> octets, byte[] other)
    {
        int at = _random.Next(octets.Count + 1);
        int rest = octets.Count - at;
        switch (_random.Next(9))
        {
            case 0 when rest > 0:
                octets[at] ^= (byte)(1 << _random.Next(8));
                break;

            case 1 when rest > 0:
                octets[at] = (byte)_random.Next(256);
                break;

            case 2 when rest > 0:
                octets[at] = Pick(s_interesting);
                break;

            case 3 when rest > 0:
                octets[at] += (byte)(_random.Next(9) - 4);
                break;

            case 4:
                octets.RemoveRange(at, Math.Min(rest, _random.Next(24)));
                break;

            case 5:
                octets.InsertRange(at, octets.GetRange(at, Math.Min(rest, _random.Next(64))));
                break;

            case 6 when other.Length > 0:
                int from = _random.Next(other.Length);
                octets.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, _random.Next(256))).ToArray());
                break;

            case 7:
                octets.RemoveRange(at, rest);
                octets.AddRange(other);
                break;

            default:
                octets.InsertRange(at, Pick(_words));
                break;
        }
    }
}
