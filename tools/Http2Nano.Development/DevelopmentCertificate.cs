using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Http2Nano.Development;

/// <summary>The development certificate of this machine: made once, stored in the user's folder, renewed before it expires.</summary>
public static class DevelopmentCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int Days = 365;
    private const int DaysBeforeTheEnd = 14;

    /// <summary>
    /// The folder of the certificate: that of the environment variable <c>HTTP2NANO_HOME</c>, or <c>http2nano</c> in the
    /// user's folder for application data. Null when the user has none.
    /// </summary>
    public static string? Folder
    {
        get
        {
            string? named = Environment.GetEnvironmentVariable("HTTP2NANO_HOME");
            if (!string.IsNullOrEmpty(named))
            {
                return named;
            }

            string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length == 0 ? null : Path.Combine(data, "http2nano");
        }
    }

    /// <summary>The file for browsers to trust: the certificate without its key, PEM. Null when there is no folder.</summary>
    public static string? CertificateFile => Folder is { } folder ? Path.Combine(folder, "development.crt") : null;

    /// <summary>Loads the certificate, or makes one. If it cannot be stored, it is used for this run only.</summary>
    /// <param name="address">The server's address; a stored certificate that does not contain it is not used.</param>
    /// <returns>The certificate with its key.</returns>
    public static X509Certificate2 LoadOrCreate(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string? folder = Folder;
        if (folder == null || !(IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any)))
        {
            return Create(address);
        }

        string certificateFile = Path.Combine(folder, "development.crt");
        string keyFile = Path.Combine(folder, "development.key");
        if (TryLoad(certificateFile, keyFile) is { } kept)
        {
            return kept;
        }

        X509Certificate2 made = Create(address);
        try
        {
            Keep(made, folder, certificateFile, keyFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // HTTPS works without a user's folder too.
        }

        return made;
    }

    /// <summary>Instructions to make browsers of this machine trust the certificate, a line for each step.</summary>
    /// <returns>Lines for people.</returns>
    public static string[] TrustSteps()
    {
        if (CertificateFile is not { } file)
        {
            return ["There is no folder to keep the certificate in: set HTTP2NANO_HOME to one."];
        }

        string step = OperatingSystem.IsWindows()
            ? $"certutil -user -addstore Root \"{file}\""
            : OperatingSystem.IsMacOS()
                ? $"security add-trusted-cert -p ssl -k ~/Library/Keychains/login.keychain-db \"{file}\""
                : $"certutil -d sql:$HOME/.pki/nssdb -A -t P,, -n http2nano -i \"{file}\"";
        return
        [
            $"The certificate is {file}; it names localhost and 127.0.0.1, and its key never leaves this machine.",
            OperatingSystem.IsLinux() ? "Chrome, Edge and Chromium (certutil is in the package libnss3-tools):" : "All browsers but Firefox:",
            "  " + step,
            "Firefox: Settings, Certificates, Servers, Add Exception.",
            $"curl: --cacert \"{file}\"",
        ];
    }

    private static X509Certificate2? TryLoad(string certificateFile, string keyFile)
    {
        try
        {
            if (!File.Exists(certificateFile) || !File.Exists(keyFile))
            {
                return null;
            }

            using X509Certificate2 pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            return pair.NotAfter.ToUniversalTime() < DateTime.UtcNow.AddDays(DaysBeforeTheEnd) ? null : ThroughFile(pair);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // The file is damaged or not a certificate of this kind: a new one is made.
            return null;
        }
    }

    private static void Keep(X509Certificate2 made, string folder, string certificateFile, string keyFile)
    {
        Directory.CreateDirectory(folder);
        using ECDsa key = made.GetECDsaPrivateKey()!;

        // The key is written first, readable by its owner only: a certificate without its key would count as damaged.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string written = keyFile + "." + Environment.ProcessId;
        using (var writer = new StreamWriter(new FileStream(written, options)))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        File.Move(written, keyFile, true);
        written = certificateFile + "." + Environment.ProcessId;
        File.WriteAllText(written, made.ExportCertificatePem() + "\n");
        File.Move(written, certificateFile, true);
    }

    /// <summary>Makes a certificate for a name and this machine, which is kept nowhere.</summary>
    /// <param name="name">A host name.</param>
    /// <param name="address">The server's address.</param>
    /// <returns>The certificate with its key, which can be exported.</returns>
    public static X509Certificate2 Make(string name, IPAddress address)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(address);
        return Create(address, name);
    }

    private static X509Certificate2 Create(IPAddress address, string? name = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name ?? "localhost");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name != null)
        {
            names.AddDnsName(name);
        }

        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        if (!IPAddress.IsLoopback(address) && !address.Equals(IPAddress.Any))
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(Days));
        return ThroughFile(certificate);
    }

    // TLS on Windows takes only keys that have been loaded from a file format.
    private static X509Certificate2 ThroughFile(X509Certificate2 pair) =>
        X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
}
