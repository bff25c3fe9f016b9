using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Fields;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// What proxies say about clients, under any values. Each line is a field: a digit that chooses its name, and its value. What is
/// taken of it must be an address, a host and a path to others too; what is taken for an address must be the same one to .NET.
/// </summary>
public sealed class ForwardedTarget : IFuzzTarget, IVocabulary
{
    private static readonly byte[][] s_names =
        [.. new[] { "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-prefix", "x-ingress-path", "forwarded" }.Select(Encoding.ASCII.GetBytes)];

    private readonly ForwardedReader _reader = new(new NetworkList(["10.0.0.0/8", "fd00::/8"]));

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds =>
    [
        Seed("chain", "0203.0.113.9, 10.0.0.2\n1https, http\n2fleet.example:8443\n3/device"),
        Seed("ports", "0[2001:db8::1]:4711, 203.0.113.9:4711, ::ffff:10.0.0.3\n4/api/hassio_ingress/x"),
        Seed("forwarded", "5for=203.0.113.9;proto=https;host=\"fleet.example\", for=\"[fd00::1]:_port\";by=_x\n5for=unknown"),
        Seed("hidden", "0unknown, 2001:db8::192.0.2.1\n1wss\n3/caf%C3%A9/"),
        Seed("bad", "0nonsense\n1gopher\n2a b\n3//evil\n5for=\"a\\"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "for=", "proto=", "host=", "\"", "\\", ";", ", ", "unknown", "_", "[", "]:", "::", "10.0.0.1", "%2e", "//", "https", "\n" }.Select(Encoding.ASCII.GetBytes)];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        var fields = new HeaderList(new byte[4096]);
        foreach (Range range in input.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = input[range];
            if (line.Length != 0)
            {
                fields.Add(s_names[line[0] % s_names.Length], line[1..].ToArray());
                IsTheSameAddress(line[1..]);
            }
        }

        string said = Read(fields, input.Length % 2 == 0);
        SessionHarness.Check(said == Read(fields, input.Length % 2 == 0), "Read again it says something else.");
    }

    private string Read(HeaderList fields, bool onlyStandard)
    {
        _reader.Read(fields, onlyStandard);
        ForwardedChain chain = _reader.Chain;
        string client = Encoding.ASCII.GetString(chain.Client, 0, chain.ClientLength);
        string host = Encoding.UTF8.GetString(chain.Host, 0, chain.HostLength);
        SessionHarness.Check(client.Length == 0 || IPAddress.TryParse(client, out _), "The client's address is none.");
        SessionHarness.Check(host.All(c => c is > ' ' and < '\x7F' and not '/' and not '@' and not '\\' and not '"'), "The host is none.");
        SessionHarness.Check(chain.Hops >= 1 && chain.Scheme is >= ForwardedChain.NoScheme and <= ForwardedChain.Https && chain.Malformed >= 0, "Numbers that cannot be.");
        string told = $"{client} {host} {chain.Scheme} {chain.Hops} {chain.Malformed}";
        int length = _reader.ReadPrefix(fields);
        string prefix = Encoding.UTF8.GetString(_reader.Text, 0, Math.Max(0, length));
        SessionHarness.Check(prefix.Length == 0 || (prefix[0] == '/' && prefix[^1] != '/' && prefix.All(c => c is > ' ' and < '\x7F' and not ';' and not ',' and not '"' and not '?' and not '#' and not '\\')), "The prefix is no path.");
        SessionHarness.Check(prefix.Length == 0 || Uri.UnescapeDataString(prefix)[1..].Split('/').All(segment => segment is not ("" or "." or "..")), "The prefix leads elsewhere.");
        return $"{told} {prefix}";
    }

    private static void IsTheSameAddress(ReadOnlySpan<byte> value)
    {
        byte[] octets = value.ToArray();
        if (!AddressText.TryParse(octets, 0, octets.Length, out long high, out long low))
        {
            return;
        }

        byte[] ours = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(ours, high);
        BinaryPrimitives.WriteInt64BigEndian(ours.AsSpan(8), low);
        SessionHarness.Check(IPAddress.TryParse(Encoding.ASCII.GetString(octets), out IPAddress? theirs), "An address to nobody else.");
        SessionHarness.Check(theirs!.MapToIPv6().GetAddressBytes().AsSpan().SequenceEqual(ours), "Another address to others.");
    }

    private static (string Name, byte[] Input) Seed(string name, string text) => (name, Encoding.UTF8.GetBytes(text));
}
