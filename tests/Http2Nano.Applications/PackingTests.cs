using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Applications.Harness;
using Http2Nano.Assets;
using Http2Nano.Packing;
using Http2Nano.Routing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>Packs as the tool builds them and the server reads them.</summary>
[TestClass]
public sealed class PackingTests
{
    private static readonly byte[] s_text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("the same again and again ", 100)));

    [TestMethod]
    public void The_same_files_give_the_same_pack_in_whatever_order()
    {
        string[] paths = ["index.html", "a/b/c.js", "a/index.html", "z.bin", "ä ö.txt", "empty"];
        AssetPackBuilder one = new();
        AssetPackBuilder other = new();
        foreach (string path in paths)
        {
            one.Add(path, path == "empty" ? [] : s_text);
        }

        foreach (string path in paths.Reverse())
        {
            other.Add(path, path == "empty" ? [] : s_text);
        }

        byte[] pack = one.Build();
        CollectionAssert.AreEqual(pack, other.Build());

        // Each index page is there under its folder's path as well.
        Assert.AreEqual(paths.Length + 2, new AssetPack(new MemoryAssetStore(pack)).Count);
    }

    [TestMethod]
    public void Tags_change_with_the_content_and_only_with_it()
    {
        PackedAsset asset = new("a.js", s_text, "text/javascript", PackEncodings.Both);
        Assert.AreEqual(asset.Tag, new PackedAsset("b.js", s_text, "text/plain", PackEncodings.Plain).Tag);
        Assert.AreNotEqual(asset.Tag, new PackedAsset("a.js", [.. s_text, 0], "text/javascript", PackEncodings.Both).Tag);
        Assert.MatchesRegex("^[0-9a-f]{16}$", asset.Tag);
    }

    [TestMethod]
    public void Gzip_is_kept_where_it_is_smaller()
    {
        byte[] noise = new byte[1000];
        new Random(1).NextBytes(noise);
        Assert.IsNull(new PackedAsset("a.bin", noise, "application/octet-stream", PackEncodings.Both).Gzip);
        Assert.IsNull(new PackedAsset("a.txt", [], "text/plain", PackEncodings.Both).Gzip);
        PackedAsset both = new("a.txt", s_text, "text/plain", PackEncodings.Both);
        Assert.IsNotNull(both.Plain);
        using GZipStream gzip = new(new MemoryStream(both.Gzip!), CompressionMode.Decompress);
        using MemoryStream plain = new();
        gzip.CopyTo(plain);
        CollectionAssert.AreEqual(s_text, plain.ToArray());
        Assert.IsNull(new PackedAsset("a.txt", s_text, "text/plain", PackEncodings.GzipOnly).Plain);
        Assert.IsNotNull(new PackedAsset("a.bin", noise, "application/octet-stream", PackEncodings.GzipOnly).Plain);
        Assert.IsNull(new PackedAsset("a.txt", s_text, "text/plain", PackEncodings.Plain).Gzip);
    }

    [TestMethod]
    [DataRow("app.3f9a1c07.js", true)]
    [DataRow("assets/index-4e21ab90ff.css", true)]
    [DataRow("app.js", false)]
    [DataRow("app.deadbeef.js", false)]
    [DataRow("jquery-3.7.1.js", false)]
    [DataRow("a.12345678", false)]
    public void Names_that_carry_a_hash_are_kept_for_ever(string path, bool immutable) =>
        Assert.AreEqual(immutable, new PackedAsset(path, s_text, "text/plain", PackEncodings.Both).IsImmutable);

    [TestMethod]
    [DataRow("index.html", "text/html; charset=utf-8")]
    [DataRow("A.JS", "text/javascript; charset=utf-8")]
    [DataRow("x/y.webmanifest", "application/manifest+json")]
    [DataRow("x.y/z", "application/octet-stream")]
    [DataRow("README", "application/octet-stream")]
    [DataRow("a.unknown", "application/octet-stream")]
    public void Types_follow_from_names(string path, string type) => Assert.AreEqual(type, ContentTypes.Of(path));

    [TestMethod]
    [DataRow("")]
    [DataRow("/a")]
    [DataRow("a//b")]
    [DataRow("../a")]
    [DataRow("a/./b")]
    [DataRow("a\\b")]
    [DataRow("a\tb")]
    [DataRow("a/")]
    public void Paths_that_nobody_can_ask_for_are_refused(string path) =>
        Assert.ThrowsExactly<PackingException>(() => new AssetPackBuilder().Add(path, s_text));

    [TestMethod]
    public void Too_long_a_path_a_second_file_and_a_broken_type_are_refused()
    {
        AssetPackBuilder builder = new();
        builder.Add(new string('x', 255), s_text);
        Assert.ThrowsExactly<PackingException>(() => builder.Add(new string('x', 256), s_text));
        Assert.ThrowsExactly<PackingException>(() => builder.Add(new string('ä', 128), s_text));
        builder.Add("a", s_text);
        Assert.ThrowsExactly<PackingException>(() => builder.Add("a", s_text));
        Assert.ThrowsExactly<PackingException>(() => builder.Add("b", s_text, "text/plain\r\nx: y"));
        Assert.ThrowsExactly<PackingException>(() => builder.Add("b", s_text, ""));
    }

    [TestMethod]
    public async Task Whatever_is_packed_is_served()
    {
        using var folder = new TemporaryFolder();
        Random random = new(7);
        for (int i = 0; i < 60; i++)
        {
            byte[] content = new byte[random.Next(0, 5000)];
            random.NextBytes(content);
            Array.Fill(content, (byte)'x', 0, content.Length / 2);
            folder.Write($"folder {i % 7}/f{i}.bin", content);
        }

        folder.Write(".hidden", s_text);
        folder.Write(".git/config", s_text);
        foreach (PackEncodings encodings in Enum.GetValues<PackEncodings>())
        {
            AssetPackBuilder builder = AssetPackBuilder.FromFolder(folder.Path, encodings);
            Assert.HasCount(60, builder.Assets);
            Router router = new();
            router.MapAssets("/", new StaticAssets(new AssetPack(new MemoryAssetStore(builder.Build()))));
            using var server = new TestServer(router);
            using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.GZip }) { BaseAddress = server.Http };
            foreach (PackedAsset asset in builder.Assets)
            {
                string path = string.Join('/', asset.Path.Split('/').Select(Uri.EscapeDataString));
                CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(folder.Path, asset.Path)), await client.GetByteArrayAsync(path), asset.Path);
            }

            Assert.AreEqual(System.Net.HttpStatusCode.NotFound, (await client.GetAsync(".hidden")).StatusCode);
        }
    }

    [TestMethod]
    public async Task A_folder_that_changes_is_served_as_it_is_now()
    {
        using var folder = new TemporaryFolder();
        folder.Write("index.html", "before"u8.ToArray());
        using LiveFolder live = new(folder.Path);
        StaticAssets assets = new(live.Pack);
        live.Feed(assets);
        Router router = new();
        router.MapAssets("/", assets);
        using var server = new TestServer(router);
        using var client = new HttpClient { BaseAddress = server.Http };
        Assert.AreEqual("before", await client.GetStringAsync(""));
        string? tag = (await client.GetAsync("")).Headers.ETag?.Tag;

        folder.Write("index.html", "after"u8.ToArray());
        await SoonAsync(async () => await client.GetStringAsync("") == "after");
        Assert.AreNotEqual(tag, (await client.GetAsync("")).Headers.ETag?.Tag);

        folder.Write("sub/new.txt", "new"u8.ToArray());
        await SoonAsync(async () => (await client.GetAsync("sub/new.txt")).IsSuccessStatusCode);
        File.Delete(Path.Combine(folder.Path, "index.html"));
        await SoonAsync(async () => !(await client.GetAsync("")).IsSuccessStatusCode);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_packed_leaves_what_was_served()
    {
        using var folder = new TemporaryFolder();
        folder.Write("index.html", "good"u8.ToArray());
        string? failure = null;
        using LiveFolder live = new(folder.Path, exception => failure = exception.Message);
        StaticAssets assets = new(live.Pack);
        live.Feed(assets);
        AssetPack before = assets.Pack;
        folder.Write("back\\slash.txt", "bad"u8.ToArray());
        await SoonAsync(() => Task.FromResult(failure != null));
        Assert.Contains("slash.txt", failure!);
        Assert.AreSame(before, assets.Pack);
    }

    private static async Task SoonAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 1200; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It did not happen within a minute.");
    }
}
