using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Http2Nano.Fields;
using Http2Nano.Hpack;
using Http2Nano.Hpack.Conformance;

namespace Http2Nano.Benchmarks.Hpack;

/// <summary>
/// Decoding and encoding on the host, with libnghttp2 beside it: a whole story of hpack-test-case per operation, in a context
/// of its own.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(Config))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class HpackBenchmarks
{
    private const int Room = 32000;

    private readonly HpackDecoder _decoder = new(4096);
    private readonly HpackEncoder _encoder = new(4096);
    private readonly HeaderList _list = new(new byte[Room]);
    private readonly byte[] _buffer = new byte[65536];
    private byte[][] _blocks = [];
    private HeaderList[] _lists = [];
    private Nghttp2.Prepared[] _prepared = [];

    /// <summary>Octets of the story's names and values.</summary>
    public static long FieldOctets => Story.Cases.Sum(item => item.Fields.Sum(pair => (long)pair.Name.Length + pair.Value.Length));

    private static Story Story =>
        (Corpus.TryLoad("nghttp2") ?? throw new InvalidOperationException("No corpus: set HTTP2NANO_CORPORA to the folder that holds hpack-test-case."))
        .MaxBy(story => story.Cases.Count)!;

    /// <summary>Reads the story.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _blocks = [.. Story.Cases.Select(item => item.Wire)];
        _lists = [.. Story.Cases.Select(item => Fill(item.Fields))];
        _prepared = [.. Story.Cases.Select(item => Nghttp2.Prepare(item.Fields))];
    }

    /// <summary>Frees what libnghttp2 was given.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var fields in _prepared)
        {
            fields.Free();
        }
    }

    /// <summary>libnghttp2's inflater.</summary>
    [Benchmark(Baseline = true, Description = "libnghttp2")]
    [BenchmarkCategory("decode")]
    public int InflateNghttp2()
    {
        using var inflater = new Nghttp2.Inflater();
        int fields = 0;
        foreach (byte[] block in _blocks)
        {
            fields += inflater.Count(block);
        }

        return fields;
    }

    /// <summary>The decoder.</summary>
    [Benchmark(Description = "Http2Nano")]
    [BenchmarkCategory("decode")]
    public int Decode()
    {
        _decoder.Reset();
        int fields = 0;
        foreach (byte[] block in _blocks)
        {
            _list.Reset(0, Room);
            _decoder.Begin(_list);
            _decoder.Decode(block, 0, block.Length);
            _decoder.End();
            fields += _list.Count;
        }

        return fields;
    }

    /// <summary>libnghttp2's deflater.</summary>
    [Benchmark(Baseline = true, Description = "libnghttp2")]
    [BenchmarkCategory("encode")]
    public int DeflateNghttp2()
    {
        using var deflater = new Nghttp2.Deflater(4096);
        int octets = 0;
        foreach (var fields in _prepared)
        {
            octets += deflater.Encode(fields, _buffer);
        }

        return octets;
    }

    /// <summary>The encoder.</summary>
    [Benchmark(Description = "Http2Nano")]
    [BenchmarkCategory("encode")]
    public int Encode()
    {
        _encoder.Reset();
        int octets = 0;
        foreach (var list in _lists)
        {
            _encoder.Begin(_buffer, 0);
            _encoder.Encode(list);
            octets += _encoder.End();
        }

        return octets;
    }

    private static HeaderList Fill(IReadOnlyList<Field> fields)
    {
        var list = new HeaderList(new byte[Room]);
        foreach (var field in fields)
        {
            list.Add(Encoding.Latin1.GetBytes(field.Name), Encoding.Latin1.GetBytes(field.Value));
        }

        return list;
    }

    private sealed class Config : ManualConfig
    {
        public Config()
        {
            AddColumn(new ThroughputColumn());
            HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.Categories);
        }
    }

    // Megabytes of names and values a second: what is decoded, or encoded.
    private sealed class ThroughputColumn : IColumn
    {
        public string Id => nameof(ThroughputColumn);

        public string ColumnName => "MB/s";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Statistics;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Megabytes of names and values per second";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            return summary[benchmarkCase]?.ResultStatistics is { } statistics
                ? (FieldOctets / statistics.Mean * 1000).ToString("F1", System.Globalization.CultureInfo.InvariantCulture)
                : "-";
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style)
        {
            return GetValue(summary, benchmarkCase);
        }

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase)
        {
            return false;
        }

        public bool IsAvailable(Summary summary)
        {
            return true;
        }
    }
}
