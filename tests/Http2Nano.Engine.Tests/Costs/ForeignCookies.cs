using System;
using System.Linq;
using System.Text;
using Http2Nano.CostCounter;
using Http2Nano.Fields;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>
/// Requests with 4,000 octets of cookies that other services under the same host name have set, as curl sends them: one field,
/// which is in no table.
/// </summary>
internal sealed class CookieClient
{
    /// <summary>Octets of the cookies.</summary>
    internal const int Length = 4000;

    private const int HeaderLength = 9;
    private const int StreamAt = 5;
    private static readonly byte[] s_preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0];

    private readonly HttpSession _session;
    private readonly byte[] _request;
    private readonly byte[] _text = "ok"u8.ToArray();
    private readonly byte[] _name = "sid"u8.ToArray();
    private readonly byte[] _value = "0123456789abcdef"u8.ToArray();
    private readonly bool _http2;
    private readonly bool _named;
    private int _stream = -1;

    /// <summary>Connects.</summary>
    /// <param name="http2">The protocol.</param>
    /// <param name="named">Whether the application has declared its cookie, which is there among the others.</param>
    /// <param name="coded">Whether the client codes it over HTTP/2.</param>
    internal CookieClient(bool http2, bool named, bool coded = true)
    {
        _http2 = http2;
        _named = named;
        string own = named ? "; sid=0123456789abcdef" : "";
        string half = string.Join("; ", Enumerable.Range(0, 70).Select(i => $"_service{i}=GA1.2.{1000000 + i * 7}.{1600000000 + i}"))[..((Length - own.Length) / 2)];
        string cookies = half + own + "; " + half;
        cookies = cookies[..Math.Min(Length, cookies.Length)].PadRight(Length, 'x');
        var router = new Router();
        router.MapGet("/", Handle);
        var limits = new HttpLimits();
        if (named)
        {
            limits.Kept.AddCookie("sid");
        }

        _session = new HttpSession(limits, router, new ServerCounters());
        _session.Begin(0, false);
        if (http2)
        {
            Receive(s_preface);
            byte[] text = Encoding.ASCII.GetBytes(cookies);
            byte[] octets = new byte[2 * Length];
            int length = coded ? HuffmanWriter.Write(text, 0, text.Length, octets, 0) : text.Length;
            byte[] value = coded ? octets[..length] : text;
            int rest = value.Length - 127;
            byte[] block = [0x82, 0x86, 0x84, 0x01, 1, (byte)'d', 0x0F, 0x11, (byte)((coded ? 0x80 : 0) | 127), (byte)(rest | 128), (byte)(rest >> 7), .. value];
            _request = [0, (byte)(block.Length >> 8), (byte)block.Length, 1, 5, 0, 0, 0, 1, .. block];
        }
        else
        {
            _request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: d\r\nCookie: " + cookies + "\r\n\r\n");
        }
    }

    /// <summary>Requests that were served, with the application's cookie if it has one.</summary>
    internal int Served { get; private set; }

    /// <summary>Makes a request.</summary>
    internal void Ask()
    {
        if (_http2)
        {
            _stream += 2;
            _request[StreamAt + 2] = (byte)(_stream >> 8);
            _request[StreamAt + 3] = (byte)_stream;
        }

        Receive(_request);
    }

    private void Receive(byte[] octets)
    {
        for (int at = 0; at < octets.Length;)
        {
            _session.Receive.MakeRoom();
            int count = Math.Min(_session.Receive.Bytes.Length - _session.Receive.End, octets.Length - at);
            Array.Copy(octets, at, _session.Receive.Bytes, _session.Receive.End, count);
            _session.Receive.End += count;
            at += count;
            _session.Advance(1);
            _session.Transmit.Sent(_session.Transmit.Length);
        }
    }

    private void Handle(HttpRequest request, HttpResponse response)
    {
        Served += !_named || request.CookieEquals(_name, _value) ? 1 : 0;
        response.Write(_text);
    }
}

/// <summary>A request with foreign cookies.</summary>
public abstract class ForeignCookies(bool http2, bool named) : ICostScenario
{
    private const int WarmUp = 4;
    private CookieClient _client = null!;

    /// <inheritdoc/>
    public string Name => $"4,000 octets of foreign cookies{(named ? " beside one that is wanted" : "")} over {(http2 ? "HTTP/2" : "HTTP/1.1")}";

    /// <inheritdoc/>
    public string Unit => "request";

    /// <inheritdoc/>
    public void Prepare()
    {
        _client = new CookieClient(http2, named);
        for (int i = 0; i < WarmUp; i++)
        {
            _client.Ask();
        }
    }

    /// <inheritdoc/>
    public void Run()
    {
        int served = _client.Served;
        _client.Ask();
        if (_client.Served != served + 1)
        {
            throw new InvalidOperationException($"{Name}: the request was not served.");
        }
    }
}

/// <inheritdoc/>
public sealed class ForeignCookiesOverHttp1() : ForeignCookies(false, false);

/// <inheritdoc/>
public sealed class ForeignCookiesOverHttp2() : ForeignCookies(true, false);

/// <inheritdoc/>
public sealed class CookiesAmongOthersOverHttp1() : ForeignCookies(false, true);

/// <inheritdoc/>
public sealed class CookiesAmongOthersOverHttp2() : ForeignCookies(true, true);
