using System;
using System.Diagnostics;
using System.Linq;
using Http2Nano.Fuzz.Targets;

namespace Http2Nano.Fuzz;

/// <summary>Inputs from seeds by chance, always the same ones: for tests.</summary>
public static class MutationRun
{
    /// <summary>Runs for a time.</summary>
    /// <param name="target">What to run.</param>
    /// <param name="seed">Decides about the inputs.</param>
    /// <param name="time">How long.</param>
    /// <returns>How many inputs there were.</returns>
    /// <exception cref="InvariantException">Something did not hold; the message has the input in hexadecimal.</exception>
    public static int Run(IFuzzTarget target, int seed, TimeSpan time)
    {
        byte[][] seeds = [.. target.Seeds.Select(entry => entry.Input)];
        var mutator = new Mutator(seed, target);
        var watch = Stopwatch.StartNew();
        int count = 0;
        foreach (byte[] input in seeds.Concat(Enumerable.Repeat(0, int.MaxValue).Select(_ => mutator.Change(mutator.Pick(seeds), mutator.Pick(seeds)))))
        {
            if (watch.Elapsed > time)
            {
                break;
            }

            count++;
            try
            {
                target.Run(input);
            }
            catch (Exception exception)
            {
                throw new InvariantException($"{exception} Input {count}: {Convert.ToHexString(input)}");
            }
        }

        return count;
    }
}
