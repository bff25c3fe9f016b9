using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Assets;
using Http2Nano.Packing;
using Http2Nano.Peers.Harness;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>pack</c>, <c>unpack</c> and <c>list</c>, and packs that were not made by them.</summary>
[TestClass]
public sealed class PackTests
{
    [TestMethod]
    public async Task What_is_packed_comes_out_again()
    {
        using var folder = new TemporaryFolder();
        folder.Write("www/index.html", "<!doctype html>\n<title>  a page </title>\n<p>text   </p>" + new string(' ', 3000));
        folder.Write("www/deep/er/data.bin", "\u0001\u0002\u0003");
        folder.Write("www/empty.txt", "");
        string pack = folder.Of("www.pack");
        await Nano.SucceedAsync("pack", folder.Of("www"), pack, "--no-minify");
        await Nano.SucceedAsync("unpack", pack, folder.Of("out"));
        foreach (string file in Directory.EnumerateFiles(folder.Of("www"), "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(folder.Of("www"), file);
            CollectionAssert.AreEqual(File.ReadAllBytes(file), File.ReadAllBytes(folder.Of("out", relative)), relative);
        }

        Assert.AreEqual(3, Directory.EnumerateFiles(folder.Of("out"), "*", SearchOption.AllDirectories).Count());
        JsonElement[] listed = [.. (await Nano.SucceedAsync("list", pack, "--json")).Json.EnumerateArray()];
        Assert.HasCount(3, listed);
        Assert.AreEqual(new FileInfo(pack).Length, listed.Sum(entry => entry.GetProperty("cost").GetInt32()) + AssetPackFormat.HeaderSize + AssetPackFormat.ChecksumSize);
    }

    [TestMethod]
    public async Task Pages_are_made_smaller_and_still_work()
    {
        using var folder = new TemporaryFolder();
        string www = Path.Combine(Places.Root, "boards", "Dashboard", "www");
        Result minified = await Nano.SucceedAsync("pack", www, folder.Of("small.pack"), "--json");
        await Nano.SucceedAsync("pack", www, folder.Of("large.pack"), "--no-minify", "-q");
        Assert.IsLessThan(new FileInfo(folder.Of("large.pack")).Length, minified.Json.GetProperty("bytes").GetInt64());
        Assert.AreEqual("", minified.Errors, "A file was left as it is.");

        // Another parser than the minifier's takes what it made.
        await Nano.SucceedAsync("unpack", folder.Of("small.pack"), folder.Of("out"));
        Tool node = Tool.Find("node");
        foreach (string script in Directory.EnumerateFiles(folder.Of("out"), "*.js"))
        {
            string module = Path.ChangeExtension(script, ".mjs");
            File.Move(script, module);
            await node.SucceedAsync(["--check", module]);
        }

        foreach (string image in Directory.EnumerateFiles(folder.Of("out"), "*.svg", SearchOption.AllDirectories))
        {
            Assert.AreEqual("svg", System.Xml.Linq.XDocument.Load(image).Root!.Name.LocalName);
        }
    }

    [TestMethod]
    public async Task What_cannot_be_made_smaller_is_packed_as_it_is_and_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("www/broken.js", "function ( { " + new string('x', 200));
        File.WriteAllBytes(folder.Of("www", "latin.css"), [.. "/* "u8, 0xE9, .. " */ body { color: red }"u8]);
        Result result = await Nano.SucceedAsync("pack", folder.Of("www"), folder.Of("www.pack"));
        Assert.Contains("broken.js", result.Errors);
        Assert.Contains("latin.css", result.Errors);
        await Nano.SucceedAsync("unpack", folder.Of("www.pack"), folder.Of("out"));
        CollectionAssert.AreEqual(File.ReadAllBytes(folder.Of("www", "latin.css")), File.ReadAllBytes(folder.Of("out", "latin.css")));
        Assert.AreEqual(File.ReadAllText(folder.Of("www", "broken.js")), File.ReadAllText(folder.Of("out", "broken.js")));
    }

    [TestMethod]
    public async Task A_pack_that_is_cut_or_damaged_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        folder.Write("www/index.html", new string('a', 4000));
        string pack = folder.Of("www.pack");
        await Nano.SucceedAsync("pack", folder.Of("www"), pack, "-q");
        byte[] good = File.ReadAllBytes(pack);
        foreach (int length in new[] { 0, 3, 15, 16, 40, good.Length - 1 })
        {
            File.WriteAllBytes(pack, good[..length]);
            await Nano.RefusedAsync(length < 16 ? "no asset pack" : "is cut", "unpack", pack, folder.Of("out"));
            await Nano.RefusedAsync("www.pack", "list", pack);
        }

        // Every octet of the index, one after the other: a sentence or the same files, never a crash. In this process, for speed.
        for (int i = 4; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0xFF;
            try
            {
                foreach (PackEntry entry in AssetPackReader.Read(bad))
                {
                    entry.Read();
                }
            }
            catch (PackingException exception)
            {
                Assert.EndsWith(".", exception.Message);
            }
        }

        Assert.IsFalse(Directory.Exists(folder.Of("out")));
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path, "*.unpack-*"));
        await Nano.RefusedAsync("nowhere", "unpack", folder.Of("nowhere.pack"), folder.Of("out"));
    }

    [TestMethod]
    public async Task A_path_that_leads_out_of_the_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("www/aaaaaaaaaaaa.txt", "escaped");
        string pack = folder.Of("www.pack");
        await Nano.SucceedAsync("pack", folder.Of("www"), pack, "-q");
        byte[] octets = File.ReadAllBytes(pack);
        int at = octets.AsSpan().IndexOf("aaaaaaaaaaaa.txt"u8);
        "../../escaped.tx"u8.CopyTo(octets.AsSpan(at));
        int end = octets.Length - AssetPackFormat.ChecksumSize;
        BitConverter.TryWriteBytes(octets.AsSpan(end), AssetPackFormat.Checksum(AssetPackFormat.NoChecksum, octets, 0, end));
        File.WriteAllBytes(pack, octets);
        await Nano.RefusedAsync("leads out of the folder", "unpack", pack, folder.Of("a", "out"));
        Assert.IsFalse(File.Exists(folder.Of("escaped.tx")));
    }

    [TestMethod]
    public void A_file_that_expands_without_end_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++)
            {
                gzip.Write(zeros);
            }
        }

        var entry = new PackEntry("bomb.txt", "text/plain", "0000000000000000", false, false, default, packed.ToArray(), 0);
        Assert.ThrowsExactly<PackingException>(() => entry.Read());
    }

    [TestMethod]
    public async Task A_folder_that_is_not_empty_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("www/index.html", "a");
        folder.Write("out/mine.txt", "mine");
        await Nano.SucceedAsync("pack", folder.Of("www"), folder.Of("www.pack"), "-q");
        await Nano.RefusedAsync("not empty", "unpack", folder.Of("www.pack"), folder.Of("out"));
        Assert.HasCount(1, Directory.GetFiles(folder.Of("out")));
    }
}
