using System;
using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Attacks.Scripts;

/// <summary>Puts scripts together.</summary>
internal static class Script
{
    /// <summary>Identifiers of the streams that a client opens one after the other.</summary>
    public static IEnumerable<int> Streams => Enumerable.Range(0, 1_000_000).Select(i => 2 * i + 1);

    /// <summary>First this, then that again and again.</summary>
    public static Func<IEnumerable<Step>> Flood(byte[] first, byte[] then, int pause = 0) => () => Enumerable.Repeat(new Step(then, pause), 1_000_000).Prepend(new Step(first));

    /// <summary>First this, then something for each new stream.</summary>
    public static Func<IEnumerable<Step>> FloodStreams(byte[] first, Func<int, byte[]> then, int pause = 0) => () => Streams.Select(stream => new Step(then(stream), pause)).Prepend(new Step(first));

    /// <summary>This, and then nothing more.</summary>
    public static Func<IEnumerable<Step>> Once(byte[] octets) => () => [new Step(octets), .. Enumerable.Repeat(new Step([], 1000), 600)];

    /// <summary>Octet by octet.</summary>
    public static Func<IEnumerable<Step>> Dribble(byte[] first, byte[] then, int pause) => () => then.Select(octet => new Step([octet], pause)).Prepend(new Step(first));
}
