using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Http2Nano.Fuzz.Targets;
using Trace = SharpFuzz.Common.Trace;

namespace Http2Nano.Fuzz;

/// <summary>
/// Fuzzing guided by coverage, in this process: SharpFuzz has instrumented the library, an input that reaches new branches
/// joins the corpus.
/// </summary>
internal sealed unsafe class CoverageRun
{
    private const int MapSize = 1 << 16;

    private readonly IFuzzTarget _target;
    private readonly string _folder;
    private readonly List<byte[]> _corpus = [];
    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(MapSize);
    private readonly byte[] _seen = new byte[MapSize];

    /// <summary>Prepares a run.</summary>
    /// <param name="name">Name of the target.</param>
    /// <param name="folder">Where corpus and findings are kept.</param>
    public CoverageRun(string name, string folder)
    {
        // Instrumented code writes there from its first call on.
        Trace.SharedMem = _map;
        _target = TargetList.Make(name);
        _folder = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
    }

    public long Inputs { get; private set; }

    public int Corpus => _corpus.Count;

    /// <summary>Pairs of branches seen.</summary>
    public int Branches => _seen.Count(bits => bits != 0);

    public int Findings { get; private set; }

    /// <summary>Runs for a time.</summary>
    public void Run(int seed, TimeSpan time, Action<CoverageRun> report)
    {
        var mutator = new Mutator(seed, _target);
        IEnumerable<byte[]> known = Directory.GetFiles(_folder, "corpus-*").Select(File.ReadAllBytes);
        foreach (byte[] input in _target.Seeds.Select(entry => entry.Input).Concat(known).ToArray())
        {
            Try(input);
        }

        var watch = Stopwatch.StartNew();
        for (long next = 1; watch.Elapsed < time;)
        {
            for (int i = 0; i < 100; i++)
            {
                // The latest inputs are the ones that are least explored.
                byte[] input = mutator.Pick(_corpus.Count > 64 && i % 2 == 0 ? _corpus[^64..] : _corpus);
                Try(mutator.Change(input, mutator.Pick(_corpus)));
            }

            if (watch.Elapsed.TotalSeconds >= next)
            {
                next += 5;
                report(this);
            }
        }
    }

    private void Try(byte[] input)
    {
        Inputs++;
        NativeMemory.Clear(_map, MapSize);
        Trace.PrevLocation = 0;
        try
        {
            _target.Run(input);
        }
        catch (Exception exception)
        {
            Findings++;
            Keep("finding", input);
            Console.Error.WriteLine(exception + " " + Convert.ToHexString(input));
            return;
        }

        if (IsNew())
        {
            _corpus.Add(input);
            Keep("corpus", input);
        }
    }

    // How often each pair of branches was passed counts by powers of two.
    private bool IsNew()
    {
        bool found = false;
        var map = new ReadOnlySpan<byte>(_map, MapSize);
        for (int i = map.IndexOfAnyExcept((byte)0), from = 0; i >= 0; i = map[from..].IndexOfAnyExcept((byte)0))
        {
            int at = from + i;
            byte bit = (byte)(1 << Math.Min(7, 31 - int.LeadingZeroCount(map[at])));
            if ((_seen[at] & bit) == 0)
            {
                _seen[at] |= bit;
                found = true;
            }

            from = at + 1;
        }

        return found;
    }

    private void Keep(string kind, byte[] input) =>
        File.WriteAllBytes(Path.Combine(_folder, $"{kind}-{Convert.ToHexString(SHA256.HashData(input))[..16]}"), input);
}
