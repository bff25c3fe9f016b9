using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Scoreboard;

/// <summary>A certificate that all servers use, and a folder for what they need; both are gone with the run.</summary>
internal sealed class CertificateFiles : IDisposable
{
    public CertificateFiles()
    {
        Folder = Directory.CreateTempSubdirectory("http2nano-scoreboard-").FullName;
        Certificate = Path.Combine(Folder, "certificate.pem");
        Key = Path.Combine(Folder, "key.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    public string Folder { get; }

    public string Certificate { get; }

    public string Key { get; }

    public void Dispose() => Directory.Delete(Folder, true);
}
