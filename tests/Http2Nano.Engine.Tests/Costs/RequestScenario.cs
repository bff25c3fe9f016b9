using System;
using System.Text;
using Http2Nano.CostCounter;
using Http2Nano.Fields;
using Http2Nano.Hosting;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>
/// One request on a connection that has served the same one before: from the octets of the request in the receive buffer
/// to those of the response in the transmit buffer. The fields are those that curl sends, coded as nghttp2 codes them:
/// path and validators as literals, the rest from the dynamic table.
/// </summary>
public abstract class RequestScenario(bool http2) : ICostScenario
{
    private const int WarmUp = 4;
    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0];

    private readonly HpackEncoder _encoder = new(HpackEncoder.MaximumTableSize);
    private readonly byte[] _request = new byte[1024];
    private HttpSession _session = null!;
    private int _stream;

    /// <inheritdoc/>
    public string Name => $"{What} over {(http2 ? "HTTP/2" : "HTTP/1.1")}";

    /// <inheritdoc/>
    public string Unit => "request";

    /// <summary>What is asked for.</summary>
    protected abstract string What { get; }

    /// <summary>The path asked for.</summary>
    protected abstract string Path { get; }

    /// <summary>The status expected.</summary>
    protected abstract int Status { get; }

    /// <summary>Length of the body expected, in bytes.</summary>
    protected abstract int BodyLength { get; }

    /// <summary>A field of this request alone.</summary>
    protected virtual (string Name, string Value)? Validator => null;

    /// <inheritdoc/>
    public void Prepare()
    {
        Router router = new();
        Map(router);
        _session = new HttpSession(new HttpLimits(), router, new ServerCounters());
        _session.Begin(0, false);
        _encoder.Reset();
        _encoder.SetLimit(new HttpLimits().DecoderTableSize);
        _stream = -1;
        if (http2)
        {
            Receive(s_preface);
            Answer();
        }

        for (int i = 0; i < WarmUp; i++)
        {
            Ask();
            Answer();
        }

        Ask();
    }

    /// <inheritdoc/>
    public void Run()
    {
        _session.Advance(1);
        Check();
    }

    /// <summary>Maps the routes.</summary>
    protected abstract void Map(Router router);

    private void Ask() => Receive(_request.AsSpan(0, http2 ? WriteFrame() : WriteHead()));

    private void Receive(ReadOnlySpan<byte> octets)
    {
        _session.Receive.MakeRoom();
        octets.CopyTo(_session.Receive.Bytes.AsSpan(_session.Receive.End));
        _session.Receive.End += octets.Length;
    }

    private void Answer()
    {
        do
        {
            _session.Advance(1);
            _session.Transmit.Sent(_session.Transmit.Length);
            _session.Advance(1);
        }
        while (_session.Transmit.Length != 0);
    }

    // The status and the length of the response; by numbers, so that nothing is allocated.
    private void Check()
    {
        ReadOnlySpan<byte> sent = _session.Transmit.Bytes.AsSpan(_session.Transmit.Start, _session.Transmit.Length);
        int status;
        int body;
        if (http2)
        {
            int head = (sent[0] << 16) | (sent[1] << 8) | sent[2];
            status = sent[9] switch { 0x88 => 200, 0x8B => 304, _ => sent[9] };
            body = sent.Length > 9 + head ? sent.Length - head - 18 : 0;
        }
        else
        {
            status = ((sent[9] - '0') * 100) + ((sent[10] - '0') * 10) + sent[11] - '0';
            body = sent.Length - sent.IndexOf("\r\n\r\n"u8) - 4;
        }

        if (status != Status || body != BodyLength)
        {
            throw new InvalidOperationException($"{Name}: status {status}, body of {body} bytes.");
        }
    }

    private int WriteHead()
    {
        string field = Validator is var (name, value) ? $"{name}: {value}\r\n" : "";
        return Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: device.local:8080\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n{field}\r\n", _request);
    }

    private int WriteFrame()
    {
        HeaderList list = new(new byte[512]);
        Add(":method", "GET", FieldPolicy.Indexed);
        Add(":scheme", "http", FieldPolicy.Indexed);
        Add(":authority", "device.local:8080", FieldPolicy.Indexed);
        Add(":path", Path, FieldPolicy.WithoutIndexing);
        Add("user-agent", "curl/8.5.0", FieldPolicy.Indexed);
        Add("accept", "*/*", FieldPolicy.Indexed);
        if (Validator is var (name, value))
        {
            Add(name, value, FieldPolicy.WithoutIndexing);
        }

        _stream += 2;
        _encoder.Begin(_request, 9);
        _encoder.Encode(list);
        int length = _encoder.End();
        ReadOnlySpan<byte> header = [0, (byte)(length >> 8), (byte)length, 1, 5, 0, 0, (byte)(_stream >> 8), (byte)_stream];
        header.CopyTo(_request);
        return 9 + length;

        void Add(string name, string value, int policy)
        {
            byte[] octets = Encoding.ASCII.GetBytes(value);
            list.Add(Encoding.ASCII.GetBytes(name), octets, 0, octets.Length, policy);
        }
    }
}
