using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Dashboard.Tests;

/// <summary>A certificate and its key as people have them.</summary>
internal sealed record KeyPair(string Certificate, string Key, string Encrypted, string Fingerprint, DateTime End)
{
    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);

    public static KeyPair Make(string name, int days, string kind = "p256")
    {
        using AsymmetricAlgorithm key = kind.StartsWith("rsa", StringComparison.Ordinal) ? RSA.Create(2048)
            : ECDsa.Create(kind == "p384" ? ECCurve.NamedCurves.nistP384 : kind == "brainpool" ? ECCurve.NamedCurves.brainpoolP256r1 : ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(name, key);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(days));
        return Of(certificate, key, kind);
    }

    // The root is not sent: clients have it, or do not trust it.
    public static (KeyPair Authority, KeyPair Own) MakeChain(string name)
    {
        using X509Certificate2 root = Authority("Example Root").CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(90));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 signed = Authority("Example Authority", authorityKey).Create(root, DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(60), [1, 2, 3, 3]);
        using X509Certificate2 authority = signed.CopyWithPrivateKey(authorityKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 own = Request(name, key).Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30), [1, 2, 3, 4]);
        return (Of(authority, authorityKey, string.Empty), Of(own, key, string.Empty));
    }

    public static string FingerprintOf(X509Certificate2 certificate) => string.Join(':', SHA256.HashData(certificate.RawData).Select(octet => $"{octet:X2}"));

    private static KeyPair Of(X509Certificate2 certificate, AsymmetricAlgorithm key, string kind) => new(
        certificate.ExportCertificatePem() + "\n",
        (kind == "sec1" ? ((ECDsa)key).ExportECPrivateKeyPem() : kind == "rsa pkcs1" ? ((RSA)key).ExportRSAPrivateKeyPem() : key.ExportPkcs8PrivateKeyPem()) + "\n",
        key.ExportEncryptedPkcs8PrivateKeyPem("secret", s_encryption) + "\n",
        FingerprintOf(certificate),
        certificate.NotAfter.ToUniversalTime());

    private static CertificateRequest Authority(string name, ECDsa? key = null)
    {
        CertificateRequest request = Request(name, key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key)
    {
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name.Replace(' ', '-'));
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
