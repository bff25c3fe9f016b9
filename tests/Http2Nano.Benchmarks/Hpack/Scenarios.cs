using System;
using System.Linq;
using System.Text;
using Http2Nano.CostCounter;
using Http2Nano.Fields;
using Http2Nano.Hpack;
using Http2Nano.Hpack.Conformance;

namespace Http2Nano.Benchmarks.Hpack;

/// <summary>Decoding field blocks as a server does: into the storage of a request slot.</summary>
public abstract class DecodingScenario : ICostScenario
{
    private HeaderList _list = null!;

    /// <summary>The decoder, fresh.</summary>
    protected HpackDecoder Decoder { get; private set; } = null!;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual long? Aim => null;

    /// <inheritdoc/>
    public virtual void Prepare()
    {
        Decoder = new HpackDecoder(4096);
        _list = new HeaderList(new byte[2048]);
    }

    /// <inheritdoc/>
    public abstract void Run();

    /// <summary>Decodes a block, not counted.</summary>
    protected void Prepare(byte[] block)
    {
        Decode(block);
        if (_list.TooLarge || _list.Malformed)
        {
            throw new InvalidOperationException();
        }

        _list.Reset(0, 2048);
    }

    /// <summary>Decodes a block.</summary>
    protected void Decode(byte[] block)
    {
        Decoder.Begin(_list);
        if (!Decoder.Decode(block, 0, block.Length) || !Decoder.End())
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>A block of Chromium's connection.</summary>
    protected static byte[] Chromium(int number)
    {
        return Convert.FromHexString(ChromiumBlocks.Hex[number]);
    }
}

/// <summary>The first block of a connection: 17 fields, 600 octets, nothing of it in the table.</summary>
public sealed class ColdRequest : DecodingScenario
{
    private readonly byte[] _block = Chromium(ChromiumBlocks.First);

    /// <inheritdoc/>
    public override string Name => "decode Chromium's first request";

    /// <inheritdoc/>
    public override long? Aim => 15_000;

    /// <inheritdoc/>
    public override void Run()
    {
        Decode(_block);
    }
}

/// <summary>The page after its second reload: 18 fields, 18 octets.</summary>
public sealed class WarmRequest : DecodingScenario
{
    private readonly byte[] _block = Chromium(ChromiumBlocks.Indexed);

    /// <inheritdoc/>
    public override string Name => "decode Chromium's second reload, all indexed";

    /// <inheritdoc/>
    public override long? Aim => 1_000;

    /// <inheritdoc/>
    public override void Prepare()
    {
        base.Prepare();
        for (int i = 0; i < ChromiumBlocks.Indexed; i++)
        {
            Prepare(Chromium(i));
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        Decode(_block);
    }
}

/// <summary>A request as Chromium repeats it: its path is a literal every time, all else is indexed, in an order of its own.</summary>
public sealed class RepeatedRequest : DecodingScenario
{
    private readonly byte[] _block = Chromium(ChromiumBlocks.Hex.Length - 1);

    /// <inheritdoc/>
    public override string Name => "decode Chromium's last request (fetch)";

    /// <inheritdoc/>
    public override void Prepare()
    {
        base.Prepare();
        for (int i = 0; i < ChromiumBlocks.Hex.Length; i++)
        {
            Prepare(Chromium(i));
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        Decode(_block);
    }
}

/// <summary>
/// Blocks made to cost as much as they can for their octets. An honest request whose fields are all indexed costs the server
/// about 350 an octet; these must stay below.
/// </summary>
/// <param name="name">What they consist of.</param>
/// <param name="field">A field, which is repeated; hexadecimal.</param>
public abstract class HostileScenario(string name, string field) : DecodingScenario, ICostScenario
{
    private readonly byte[] _block = Convert.FromHexString(string.Concat(Enumerable.Repeat(field, 1024)));

    /// <inheritdoc/>
    public override string Name => $"decode a block of {name}";

    /// <inheritdoc/>
    public override long? Aim => 350;

    /// <summary>Octets of the block.</summary>
    public long Units => _block.Length;

    /// <summary>What is counted.</summary>
    public string Unit => "input byte";

    /// <inheritdoc/>
    public override void Prepare()
    {
        // The table is full already.
        base.Prepare();
        Decoder.Begin(null);
        Decoder.Decode([0x60, 0x01, 0x31], 0, 3);
        Decoder.Decode(_block, 0, _block.Length);
        Decoder.End();
    }

    /// <inheritdoc/>
    public override void Run()
    {
        Decode(_block);
    }
}

/// <summary>Fields without name and value that go into the table (CVE-2019-9516).</summary>
public sealed class EmptyFields() : HostileScenario("empty fields", "400000");

/// <summary>Fields without value whose name is in the static table.</summary>
public sealed class EmptyValues() : HostileScenario("empty values", "6000");

/// <summary>References of one octet to the newest field (CVE-2026-49975).</summary>
public sealed class References() : HostileScenario("references", "be");

/// <summary>All stories of a corpus.</summary>
public abstract class CorpusScenario(string corpus) : ICostScenario
{
    private readonly HeaderList _list = new(new byte[16384]);
    private readonly byte[][][] _stories =
        Corpus.TryLoad(corpus)?.Select(story => story.Cases.Select(item => item.Wire).ToArray()).ToArray() ?? [];

    private HpackDecoder[] _decoders = [];

    /// <inheritdoc/>
    public string Name => $"decode corpus {corpus}";

    /// <inheritdoc/>
    public long Units => _stories.Sum(story => story.Sum(block => (long)block.Length));

    /// <inheritdoc/>
    public string Unit => "input byte";

    /// <inheritdoc/>
    public bool IsAvailable => _stories.Length > 0;

    /// <inheritdoc/>
    public void Prepare()
    {
        _decoders = [.. _stories.Select(_ => new HpackDecoder(4096))];
    }

    /// <inheritdoc/>
    public void Run()
    {
        for (int i = 0; i < _stories.Length; i++)
        {
            foreach (byte[] block in _stories[i])
            {
                _list.Reset(0, 16384);
                _decoders[i].Begin(_list);
                if (!_decoders[i].Decode(block, 0, block.Length) || !_decoders[i].End())
                {
                    throw new InvalidOperationException();
                }
            }
        }
    }
}

/// <summary>The corpus encoded by nghttp2.</summary>
public sealed class Nghttp2Corpus() : CorpusScenario("nghttp2");

/// <summary>The corpus encoded by Go.</summary>
public sealed class GoCorpus() : CorpusScenario("go-hpack");

/// <summary>The corpus encoded by Node.</summary>
public sealed class NodeCorpus() : CorpusScenario("node-http2-hpack");

/// <summary>The header section of a dashboard's response.</summary>
public abstract class EncodingScenario : ICostScenario
{
    private readonly byte[] _buffer = new byte[1024];

    /// <summary>The encoder, fresh.</summary>
    protected HpackEncoder Encoder { get; private set; } = null!;

    /// <summary>The fields of the response.</summary>
    protected HeaderList Fields { get; } = new(new byte[1024]);

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual long? Aim => null;

    /// <inheritdoc/>
    public virtual void Prepare()
    {
        Encoder = new HpackEncoder(HpackEncoder.DefaultTableSize);
        Fill();
    }

    /// <inheritdoc/>
    public abstract void Run();

    /// <summary>What a handler would put into the response.</summary>
    protected void Fill()
    {
        Fields.Reset(0, 1024);
        Add(FieldName.ContentType, ContentType);
        Add(FieldName.CacheControl, NoStore);
        Fields.Add(FieldName.ContentLength, Length, 0, Length.Length, FieldPolicy.Indexed);
        Add(FieldName.XContentTypeOptions, NoSniff);
        Add(FieldName.XFrameOptions, Deny);
        Add(FieldName.ReferrerPolicy, NoReferrer);
        Add(FieldName.ContentSecurityPolicy, DefaultSelf);
    }

    /// <summary>Encodes the response.</summary>
    protected int Encode()
    {
        Encoder.Begin(_buffer, 0);
        Encoder.EncodeStatus(200);
        Encoder.Encode(Fields);
        return Encoder.End();
    }

    private static readonly byte[] ContentType = Octets("application/json");
    private static readonly byte[] NoStore = Octets("no-store");
    private static readonly byte[] Length = Octets("348");
    private static readonly byte[] NoSniff = Octets("nosniff");
    private static readonly byte[] Deny = Octets("DENY");
    private static readonly byte[] NoReferrer = Octets("no-referrer");
    private static readonly byte[] DefaultSelf = Octets("default-src 'self'");

    private void Add(int name, byte[] value)
    {
        Fields.Add(name, value);
    }

    private static byte[] Octets(string text)
    {
        return Encoding.ASCII.GetBytes(text);
    }
}

/// <summary>The first response of a connection.</summary>
public sealed class ColdResponse : EncodingScenario
{
    /// <inheritdoc/>
    public override string Name => "encode a dashboard's first response";

    /// <inheritdoc/>
    public override void Run()
    {
        Encode();
    }
}

/// <summary>The same response again: eight fields, eight octets.</summary>
public sealed class WarmResponse : EncodingScenario
{
    /// <inheritdoc/>
    public override string Name => "encode the same response again";

    /// <inheritdoc/>
    public override long? Aim => 400;

    /// <inheritdoc/>
    public override void Prepare()
    {
        base.Prepare();
        Encode();
        if (Encode() != 8)
        {
            throw new InvalidOperationException();
        }
    }

    /// <inheritdoc/>
    public override void Run()
    {
        Encode();
    }
}

/// <summary>What it takes to put the fields of the response into a list.</summary>
public sealed class FillResponse : EncodingScenario
{
    /// <inheritdoc/>
    public override string Name => "add the response's fields to a list";

    /// <inheritdoc/>
    public override void Run()
    {
        Fill();
    }
}
