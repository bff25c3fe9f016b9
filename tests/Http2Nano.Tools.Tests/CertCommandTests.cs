using System.IO;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>http2nano cert</c>, looked at by OpenSSL.</summary>
[TestClass]
public sealed class CertCommandTests
{
    [TestMethod]
    public async Task Makes_a_pair_that_OpenSSL_takes()
    {
        using var folder = new TemporaryFolder();
        await Nano.SucceedAsync("cert", "greenhouse.local", "--ip", "192.168.1.7", "--out", folder.Path, "--der");
        Tool openssl = Tool.Find("openssl");
        string text = (await openssl.SucceedAsync(["x509", "-in", folder.Of("server.crt"), "-noout", "-text"])).Text;
        Assert.Contains("DNS:greenhouse.local, IP Address:192.168.1.7", text);
        Assert.Contains("CA:FALSE", text);
        Assert.Contains("TLS Web Server Authentication", text);
        Assert.Contains("prime256v1", text);
        string ofKey = (await openssl.SucceedAsync(["pkey", "-in", folder.Of("server.key"), "-pubout"])).Text;
        string ofCertificate = (await openssl.SucceedAsync(["x509", "-in", folder.Of("server.crt"), "-noout", "-pubkey"])).Text;
        Assert.AreEqual(ofCertificate, ofKey);
        await openssl.SucceedAsync(["x509", "-inform", "DER", "-in", folder.Of("server.crt.der"), "-noout"]);
        await openssl.SucceedAsync(["pkey", "-inform", "DER", "-in", folder.Of("server.key.der"), "-noout"]);
        if (!System.OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Of("server.key")), "Others may read the key.");
        }
    }

    [TestMethod]
    public async Task An_authority_of_ones_own_is_trusted_once_for_all_devices()
    {
        using var folder = new TemporaryFolder();
        string fleet = folder.Of("fleet");
        await Nano.SucceedAsync("cert", "relay1.local", "--ca", fleet, "--out", folder.Of("relay1"));
        byte[] authority = await File.ReadAllBytesAsync(Path.Combine(fleet, "ca.crt"));
        await Nano.SucceedAsync("cert", "relay2.local", "--ca", fleet, "--out", folder.Of("relay2"), "--rsa");
        CollectionAssert.AreEqual(authority, await File.ReadAllBytesAsync(Path.Combine(fleet, "ca.crt")), "The authority was made anew.");
        await Tool.Find("openssl").SucceedAsync(
            ["verify", "-x509_strict", "-CAfile", Path.Combine(fleet, "ca.crt"), folder.Of("relay1", "server.crt"), folder.Of("relay2", "server.crt")]);
        await Nano.SucceedAsync("cert", "alone.local", "--out", folder.Of("alone"));
        Assert.AreNotEqual(0, (await Tool.Find("openssl").RunAsync(["verify", "-CAfile", Path.Combine(fleet, "ca.crt"), folder.Of("alone", "server.crt")])).ExitCode);
    }

    [TestMethod]
    public async Task What_is_there_is_not_overwritten()
    {
        using var folder = new TemporaryFolder();
        await Nano.SucceedAsync("cert", "greenhouse.local", "--out", folder.Path);
        string key = await File.ReadAllTextAsync(folder.Of("server.key"));
        await Nano.RefusedAsync("--force", "cert", "greenhouse.local", "--out", folder.Path);
        Assert.AreEqual(key, await File.ReadAllTextAsync(folder.Of("server.key")));
        await Nano.SucceedAsync("cert", "greenhouse.local", "--out", folder.Path, "--force");
        Assert.AreNotEqual(key, await File.ReadAllTextAsync(folder.Of("server.key")));
    }

    [TestMethod]
    public async Task What_is_wrong_gets_a_sentence()
    {
        using var folder = new TemporaryFolder();
        await Nano.RefusedAsync("no name", "cert", "a b", "--out", folder.Path);
        await Nano.RefusedAsync("--ip", "cert", "a.local", "--ip", "300.1.1.1");
        await Nano.RefusedAsync("--days", "cert", "a.local", "--days", "0");
        await Nano.RefusedAsync("NAME", "cert");
        folder.Write("fleet/ca.crt", "no certificate");
        await Nano.RefusedAsync("ca.key", "cert", "a.local", "--ca", folder.Of("fleet"), "--out", folder.Of("out"));
        folder.Write("fleet/ca.key", "no key");
        await Nano.RefusedAsync("cannot be read", "cert", "a.local", "--ca", folder.Of("fleet"), "--out", folder.Of("out"));
        folder.Write("file", "");
        await Nano.RefusedAsync("file", "cert", "a.local", "--out", folder.Of("file", "out"));
        Assert.IsFalse(Directory.Exists(folder.Of("out")), "Something was written.");
    }
}
