using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;

namespace Http2Nano.Cli.Certificates;

/// <summary>The contents of a certificate to be made.</summary>
/// <param name="Names">Host names, or addresses.</param>
/// <param name="Addresses">IP addresses.</param>
/// <param name="Days">Days of validity.</param>
/// <param name="IsRsa">Whether the key is an RSA key.</param>
internal sealed record CertificateOrder(IReadOnlyList<string> Names, IReadOnlyList<IPAddress> Addresses, int Days, bool IsRsa);

/// <summary>A key and its certificate in the formats that boards accept; the key has no password.</summary>
internal sealed record DeviceKeyPair(byte[] CertificatePem, byte[] KeyPem, byte[] CertificateDer, byte[] KeyDer, DateTimeOffset NotAfter, string Fingerprint)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Makes a pair.</summary>
    /// <param name="order">The contents of the certificate.</param>
    /// <param name="authority">The signing authority; null for self-signed.</param>
    public static DeviceKeyPair Create(CertificateOrder order, DeviceAuthority? authority)
    {
        using AsymmetricAlgorithm key = order.IsRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(order.Names[0].Length <= 64 ? order.Names[0] : "device");
        CertificateRequest request = key is RSA rsa
            ? new CertificateRequest(subject.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject.Build(), (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in order.Names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        foreach (IPAddress address in order.Addresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(order.IsRsa ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1);
        DateTimeOffset to = from.AddDays(order.Days + 1);
        using X509Certificate2 certificate = authority == null ? request.CreateSelfSigned(from, to) : authority.Sign(request, from, to);
        byte[] keyDer = key.ExportPkcs8PrivateKey();
        return new DeviceKeyPair(
            Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"),
            Encoding.ASCII.GetBytes(PemEncoding.WriteString("PRIVATE KEY", keyDer) + "\n"),
            certificate.RawData,
            keyDer,
            certificate.NotAfter,
            string.Join(':', SHA256.HashData(certificate.RawData).Select(octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))));
    }
}

/// <summary>A private certificate authority in a folder. It signs the certificates of a fleet, so that browsers have to trust only it.</summary>
internal sealed class DeviceAuthority
{
    private const int Years = 10;
    private readonly X509Certificate2 _certificate;

    private DeviceAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Loads the authority of a folder, or makes one.</summary>
    /// <exception cref="UserException">The files are not an authority.</exception>
    public static DeviceAuthority LoadOrCreate(string folder, out bool isNew)
    {
        string certificateFile = Path.Combine(folder, "ca.crt");
        string keyFile = Path.Combine(folder, "ca.key");
        isNew = false;
        if (File.Exists(certificateFile) != File.Exists(keyFile))
        {
            throw new UserException($"'{folder}' has only one of ca.crt and ca.key: put the other one there, or name another folder.");
        }

        if (File.Exists(certificateFile))
        {
            try
            {
                X509Certificate2 loaded = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
                return loaded.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority)
                    ? new DeviceAuthority(loaded)
                    : throw new UserException($"{certificateFile} is the certificate of no authority: name a folder that has one, or an empty one.");
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                throw new UserException($"The authority in '{folder}' cannot be read: ca.crt and ca.key must be PEM and belong together, the key without a password.");
            }
        }

        isNew = true;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("Devices " + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);

        // A path length of 0: it signs certificates of devices, not of other authorities.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        X509Certificate2 made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The folder '{folder}' cannot be made: {exception.Message}");
        }

        Files.Write(keyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"), secret: true);
        Files.Write(certificateFile, Encoding.ASCII.GetBytes(made.ExportCertificatePem() + "\n"));
        return new DeviceAuthority(made);
    }

    /// <summary>Signs a certificate.</summary>
    public X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset end = _certificate.NotAfter.ToUniversalTime();
        if (end <= DateTimeOffset.UtcNow)
        {
            throw new UserException("The authority has ended: name another folder, and have browsers trust the new one.");
        }

        DateTimeOffset begin = _certificate.NotBefore.ToUniversalTime();
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;

        // The authority's key is an ECDSA key, whatever the device's is.
        using ECDsa key = _certificate.GetECDsaPrivateKey() ?? throw new UserException("The authority's key is on no elliptic curve: use one that http2nano cert made.");
        X509SignatureGenerator generator = X509SignatureGenerator.CreateForECDsa(key);
        return request.Create(_certificate.SubjectName, generator, from < begin ? begin : from, to > end ? end : to, serial);
    }
}
