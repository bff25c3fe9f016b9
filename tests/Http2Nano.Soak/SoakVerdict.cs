using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Soak;

/// <summary>Whether nothing grew.</summary>
internal static class SoakVerdict
{
    // What the runtime of a PC does for itself from one moment to the next.
    private const long HeapAllowance = 1_000_000;
    private const int ThreadAllowance = 4;
    private const int HandleAllowance = 16;

    /// <summary>Compares the last third of the samples with the first, without the very first, before everything was warm.</summary>
    public static bool IsFlat(IReadOnlyList<Sample> samples)
    {
        int third = samples.Count / 3;
        if (third < 2)
        {
            return false;
        }

        Sample[] early = [.. samples.Skip(1).Take(third)];
        Sample[] late = [.. samples.TakeLast(third)];
        return samples.All(sample => sample.Held == samples[0].Held)
            && late.Min(sample => sample.Heap) <= early.Max(sample => sample.Heap) + HeapAllowance
            && late.Min(sample => sample.Threads) <= early.Max(sample => sample.Threads) + ThreadAllowance
            && late.Min(sample => sample.Handles) <= early.Max(sample => sample.Handles) + HandleAllowance;
    }
}
