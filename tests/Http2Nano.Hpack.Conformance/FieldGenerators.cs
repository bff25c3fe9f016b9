using System.Linq;
using CsCheck;

namespace Http2Nano.Hpack.Conformance;

/// <summary>A field with the policy that it is given.</summary>
internal sealed record PolicyField(Field Field, int Policy);

/// <summary>What happens on a connection: a limit of the peer's that is acknowledged at once, and then a block.</summary>
internal sealed record Exchange(int[] Limits, PolicyField[] Fields);

/// <summary>Generates header lists like those that occur, and others that do not.</summary>
internal static class FieldGenerators
{
    private static readonly string[] KnownNames =
    [
        ":authority", ":method", ":path", ":scheme", ":status", "accept", "accept-encoding", "content-length", "content-type",
        "cookie", "set-cookie", "authorization", "etag", "www-authenticate", ":protocol", "te", "upgrade", "priority",
        "sec-ch-ua", "sec-fetch-user", "x-frame-options", "x-custom", "x-other",
    ];

    private static readonly string[] KnownValues =
        ["", "GET", "POST", "/", "/index.html", "http", "https", "200", "404", "gzip, deflate", "0", "text/html; charset=utf-8"];

    private static readonly Gen<char> Token = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-_.~!"];
    private static readonly Gen<char> Visible = Gen.Char[' ', '~'];
    private static readonly Gen<char> Octet = Gen.Char['\0', '\u00ff'];

    private static readonly Gen<string> ShortName = Gen.Frequency(
        (6, Gen.Int[0, KnownNames.Length - 1].Select(index => KnownNames[index])),
        (3, Gen.String[Token, 1, 12]));

    private static readonly Gen<string> Name = Gen.Frequency((9, ShortName), (1, Gen.String[Token, 100, 300]));

    private static readonly Gen<string> Value = Gen.Frequency(
        (4, Gen.Int[0, KnownValues.Length - 1].Select(index => KnownValues[index])),
        (6, Gen.String[Visible, 0, 40]),
        (2, Gen.String[Octet, 0, 20]),
        (1, Gen.String[Visible, 100, 400]),
        (1, Gen.String[Octet, 100, 600]));

    /// <summary>A connection's exchanges. Fields come from a few, so that they come again.</summary>
    public static readonly Gen<Exchange[]> Connection = ConnectionOf(Name);

    /// <summary>The same with names of the length that names have.</summary>
    public static readonly Gen<Exchange[]> ConnectionOfShortNames = ConnectionOf(ShortName);

    private static Gen<Exchange[]> ConnectionOf(Gen<string> name) =>
        Gen.Select(name, Value, Gen.Int[0, 3], (text, value, policy) => new PolicyField(new Field(text, value), policy))
            .Array[1, 12].SelectMany(pool => Gen.Select(
                    Gen.Frequency((4, Gen.Const(System.Array.Empty<int>())), (1, Gen.Int[0, 5000].Array[1, 3])),
                    Gen.Int[0, pool.Length - 1].Array[0, 12],
                    (limits, chosen) => new Exchange(limits, [.. chosen.Select(index => pool[index])]))
                .Array[1, 12]);
}
