using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Attacks.Scripts;
using Http2Nano.Hosting.Host;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Loopback;

/// <summary>Clients that stall before or in a TLS handshake, while honest clients ask for a page without TLS.</summary>
[TestClass]
public sealed class HandshakeTests
{
    private const double MostSeconds = 2;

    // A record of type handshake that announces 512 octets and has four.
    private static readonly byte[] s_begun = [22, 3, 1, 2, 0, 1, 0, 1, 252];

    private static readonly Dictionary<string, Attack> s_attacks = new()
    {
        ["silence"] = new("silence on the TLS port", "Slowloris", Script.Once([])),
        ["first octet"] = new("first octet of a handshake", "stalled handshake", Script.Once([22])),
        ["half a message"] = new("half a ClientHello", "stalled handshake", Script.Once(s_begun)),
        ["octet by octet"] = new("ClientHello octet by octet", "stalled handshake", Script.Dribble([], [.. s_begun, .. new byte[500]], 300)),
        ["not TLS"] = new("HTTP on the TLS port", "RFC 9110 4.2.2", Script.Flood([], "GET / HTTP/1.1\r\n\r\n"u8.ToArray())),
    };

    public static IEnumerable<object[]> Attacks => s_attacks.Keys.Select(key => new object[] { key });

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Retry(2)]
    [DynamicData(nameof(Attacks))]
    public async Task Honest_clients_are_served_while_it_goes_on(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        using var server = new AttackedServer(null, options =>
        {
            options.TlsPort = 0;
            options.Tls = new HostTlsAcceptor(certificate);
        });
        using var stop = new CancellationTokenSource();
        var attacker = new Attacker(server.TlsEndPoint, s_attacks[name]);
        Task attacking = attacker.RunAsync(stop.Token);
        await Task.Delay(300, CancellationToken.None);
        double first = (await HonestClient.AskAsync(server.EndPoint, HttpVersion.Version11)).TotalSeconds;
        double second = (await HonestClient.AskAsync(server.EndPoint, HttpVersion.Version20)).TotalSeconds;
        await stop.CancelAsync();
        await attacking;
        TestContext.WriteLine(FormattableString.Invariant($"{name}: {attacker.FirstAnswer}; honest clients waited {first:0.000} s and {second:0.000} s; {attacker.Connections} connections"));
        Assert.IsLessThanOrEqualTo(MostSeconds, first);
        Assert.IsLessThanOrEqualTo(MostSeconds, second);
    }
}
