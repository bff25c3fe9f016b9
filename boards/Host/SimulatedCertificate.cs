using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Certificates;
using Http2Nano.Dashboard;
using Http2Nano.Development;
using Http2Nano.Drives;
using Http2Nano.Hosting.Host;

namespace Http2Nano.Host;

/// <summary>
/// The certificate of a simulated device: the development certificate of this machine, until somebody uploads another one or has
/// one made. With a drive it is kept there, in a file that is hidden, and so not below <c>/files/</c>.
/// </summary>
internal sealed class SimulatedCertificate : CertificateControl
{
    private const string KeptFile = ".server.pem";
    private const int Most = 16384;

    // The answer goes out before the server stops.
    private static readonly TimeSpan s_timeForTheAnswer = TimeSpan.FromSeconds(0.5);

    // Stands before a certificate that was made here; what stands outside the blocks of PEM is for people.
    private static readonly byte[] s_made = Encoding.ASCII.GetBytes("Made by the device itself.\n");

    private readonly DevelopmentContext _context;
    private readonly SimulatedBoard _board;
    private readonly Func<string> _hostName;
    private readonly HostDrive? _drive;
    private X509Certificate2? _certificate;
    private HostTlsAcceptor? _acceptor;
    private bool _isMade;

    /// <summary>Takes the certificate that is kept, or the development certificate.</summary>
    /// <param name="context">The host, whose TLS it sets.</param>
    /// <param name="board">The device.</param>
    /// <param name="hostName">The device's name in the network, without <c>.local</c>.</param>
    /// <param name="folder">The folder of its drive; null for none.</param>
    public SimulatedCertificate(DevelopmentContext context, SimulatedBoard board, Func<string> hostName, string? folder)
    {
        _context = context;
        _board = board;
        _hostName = hostName;
        _drive = folder == null ? null : new HostDrive(folder) { IsPrivate = true };
        if (!UseKept())
        {
            UseDevelopment();
        }

        context.Server.Tls = _acceptor;
    }

    /// <inheritdoc/>
    public override int Origin => _isMade ? Made : Uploaded;

    /// <inheritdoc/>
    public override int Longest => Most;

    /// <inheritdoc/>
    public override long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <inheritdoc/>
    public override bool CanMake => true;

    /// <inheritdoc/>
    public override CertificateFacts Read() => CertificateFacts.Read(_certificate!.RawData, 0, _certificate.RawData.Length);

    /// <inheritdoc/>
    public override string? Refuse(CertificatePair pair)
    {
        try
        {
            MakeAcceptor(pair);
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return "The TLS of this system does not take it.";
        }
    }

    /// <inheritdoc/>
    public override bool Keep(CertificatePair pair) => Keep(pair, isMade: false);

    /// <inheritdoc/>
    public override bool Make()
    {
        using X509Certificate2 made = DevelopmentCertificate.Make($"{_hostName()}.local", _context.Server.Address);
        return Keep(PairOf(made), isMade: true);
    }

    /// <summary>Goes back to the development certificate.</summary>
    public void Forget()
    {
        if (_drive?.Exists(KeptFile) == true)
        {
            _drive.Delete(KeptFile);
        }

        UseDevelopment();
        BeginAnew();
    }

    private bool UseKept()
    {
        if (_drive == null)
        {
            return false;
        }

        FileReplacement.Recover(_drive, KeptFile);
        using Stream? file = _drive.Open(KeptFile);
        if (file == null)
        {
            return false;
        }

        byte[] text = new byte[(int)Math.Min(file.Length, 2 * Most)];
        file.ReadExactly(text);

        // It was in time when it was taken; what to think of it today is the browser's decision.
        CertificatePair pair = CertificatePair.Read(text, text.Length, 0);
        string? fault = pair.Fault ?? Refuse(pair);
        if (fault != null)
        {
            Console.Error.WriteLine($"The drive's {KeptFile} is not served with. {fault}");
            return false;
        }

        Use(pair, text.AsSpan().StartsWith(s_made));
        return true;
    }

    private void UseDevelopment()
    {
        using X509Certificate2 certificate = DevelopmentCertificate.LoadOrCreate(_context.Server.Address);
        Use(PairOf(certificate), isMade: true);
    }

    private bool Keep(CertificatePair pair, bool isMade)
    {
        if (!_board.HasStorage)
        {
            return false;
        }

        if (_drive != null)
        {
            var file = new FileReplacement(_drive);
            try
            {
                file.Begin(KeptFile);
                file.Write(s_made, 0, isMade ? s_made.Length : 0);
                file.Write(pair.Text, 0, pair.Text.Length);
                file.Finish().Close();
                file.Replace();
            }
            catch (IOException)
            {
                file.Abandon();
                return false;
            }
        }

        Use(pair, isMade);
        BeginAnew();
        return true;
    }

    private void Use(CertificatePair pair, bool isMade)
    {
        _acceptor = MakeAcceptor(pair);
        _certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(pair.Text, 0, pair.KeyStart));
        _isMade = isMade;
    }

    private void BeginAnew() => _ = Task.Delay(s_timeForTheAnswer).ContinueWith(_ => _context.Restart?.Invoke(() => _context.Server.Tls = _acceptor), TaskScheduler.Default);

    private static CertificatePair PairOf(X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        byte[] text = Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        CertificatePair pair = CertificatePair.Read(text, text.Length, 0);
        return pair.Fault == null ? pair : throw new InvalidOperationException(pair.Fault);
    }

    private static HostTlsAcceptor MakeAcceptor(CertificatePair pair)
    {
        string open = Encoding.ASCII.GetString(pair.Text, 0, pair.KeyStart);
        using X509Certificate2 own = X509Certificate2.CreateFromPem(open, Encoding.ASCII.GetString(pair.Text, pair.KeyStart, pair.Text.Length - pair.KeyStart));
        var others = new X509Certificate2Collection();
        others.ImportFromPem(open);
        others.RemoveAt(0);

        // TLS on Windows takes only keys that have been loaded from a file format.
        return new HostTlsAcceptor(X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pfx), null), others);
    }
}
