using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Certificates;

/// <summary><c>http2nano cert NAME…</c>: makes a key and a certificate for a board.</summary>
internal static class CertCommand
{
    private const int UsualDays = 365;

    // The longest validity that browsers accept from an installed authority.
    private const int MostDays = 825;

    public static Command Create()
    {
        Argument<string[]> names = new("NAME") { Description = "The names that the device is reached by, for instance greenhouse.local.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> ip = new("--ip") { Description = "An address that it is reached by; may be given again.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = false };
        Option<DirectoryInfo> output = new("--out", "-o") { Description = "The folder for the files; this one unless given." };
        Option<DirectoryInfo> ca = new("--ca") { Description = "A folder with an authority of your own, made there the first time: trust its ca.crt once, and all its devices are trusted." };
        Option<int> days = new("--days") { Description = $"How long it is valid, 1 to {MostDays} days.", DefaultValueFactory = _ => UsualDays };
        Option<bool> rsa = new("--rsa") { Description = "A key of 2,048 bits for RSA, for clients without elliptic curves; takes a device ten times as long." };
        Option<bool> der = new("--der") { Description = "The same in DER, too." };
        Option<bool> force = new("--force") { Description = "Replace the files that are there." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        days.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > MostDays))
            {
                result.AddError($"--days must be 1 to {MostDays}: browsers take no more.");
            }
        });
        ip.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !IPAddress.TryParse(token.Value, out _)) is { } wrong)
            {
                result.AddError($"--ip must be an address, for instance 192.168.1.7, and not '{wrong.Value}'.");
            }
        });
        Command command = new("cert", "Makes a key and a certificate for a device, in the forms that boards want, without OpenSSL.") { names, ip, output, ca, days, rsa, der, force, json };
        command.SetAction(result => Run(
            new CertificateOrder(result.GetValue(names)!, [.. result.GetValue(ip)!.Select(IPAddress.Parse)], result.GetValue(days), result.GetValue(rsa)),
            result.GetValue(output)?.ToString() ?? ".",
            result.GetValue(ca)?.ToString(),
            result.GetValue(der),
            result.GetValue(force),
            result.GetValue(json)));
        return ExampleHelp.With(command, "cert greenhouse.local --ip 192.168.1.7", "cert relay1.local --ca fleet --out relay1");
    }

    private static int Run(CertificateOrder order, string folder, string? authorityFolder, bool der, bool force, bool json)
    {
        foreach (string name in order.Names.Where(name => !IPAddress.TryParse(name, out _) && Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) != UriHostNameType.Dns))
        {
            throw new UserException($"'{name}' is no name that a device can be reached by: write for instance greenhouse.local.");
        }

        List<string> files = ["server.crt", "server.key", .. der ? (string[])["server.crt.der", "server.key.der"] : []];
        string[] there = [.. files.Select(file => Path.Combine(folder, file)).Where(File.Exists)];
        if (there.Length != 0 && !force)
        {
            throw new UserException($"{there[0]} is there: --force replaces it, --out names another folder.");
        }

        bool isNew = false;
        DeviceAuthority? authority = authorityFolder == null ? null : DeviceAuthority.LoadOrCreate(authorityFolder, out isNew);
        DeviceKeyPair pair = DeviceKeyPair.Create(order, authority);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The folder '{folder}' cannot be made: {exception.Message}");
        }

        // The key is written first: a certificate without its key would count as a pair.
        Files.Write(Path.Combine(folder, "server.key"), pair.KeyPem, secret: true);
        Files.Write(Path.Combine(folder, "server.crt"), pair.CertificatePem);
        if (der)
        {
            Files.Write(Path.Combine(folder, "server.key.der"), pair.KeyDer, secret: true);
            Files.Write(Path.Combine(folder, "server.crt.der"), pair.CertificateDer);
        }

        if (json)
        {
            Console.WriteLine(JsonText.Of(new
            {
                Names = order.Names.Concat(order.Addresses.Select(address => address.ToString())),
                Key = order.IsRsa ? "rsa" : "p256",
                ValidUntil = pair.NotAfter,
                Sha256 = pair.Fingerprint,
                Files = files.Select(file => Path.Combine(folder, file)),
                Authority = authorityFolder,
            }));
        }
        else
        {
            Print(order, folder, files, pair, authorityFolder, isNew);
        }

        return 0;
    }

    private static void Print(CertificateOrder order, string folder, List<string> files, DeviceKeyPair pair, string? authority, bool isNew)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn();
        void Row(string name, string value) => grid.AddRow($"[grey]{name}[/]", Markup.Escape(value));
        Row("Names", string.Join(", ", order.Names.Concat(order.Addresses.Select(a => a.ToString()))));
        Row("Key", order.IsRsa ? "RSA, 2,048 bits" : "elliptic curve, P-256");
        Row("Valid until", pair.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Row("SHA-256", pair.Fingerprint);
        Row("Files", string.Join(", ", files.Select(file => Path.Combine(folder, file))));
        Terminal.Out.Write(grid);
        Terminal.Out.WriteLine(authority == null
            ? "Put server.crt and server.key on the board's drive. A browser has to be told to trust server.crt."
            : isNew
                ? $"A new authority is in {authority}: have browsers trust {Path.Combine(authority, "ca.crt")}, once for all devices, and keep ca.key where nobody else reads it."
                : $"Whoever trusts {Path.Combine(authority, "ca.crt")} trusts this device.");
    }
}
