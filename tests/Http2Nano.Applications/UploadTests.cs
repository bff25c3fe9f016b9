using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Applications.Harness;
using Http2Nano.Development;
using Http2Nano.Drives;
using Http2Nano.Forms;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>Large files of forms from curl: the heap stays flat, and what is broken off leaves nothing.</summary>
[TestClass]
public sealed class UploadTests
{
    private const int Megabyte = 1 << 20;
    private const int Large = 20 * Megabyte;

    [TestMethod]
    [DataRow("http", "--http1.1", 1)]
    [DataRow("http", "--http1.1", 8)]
    [DataRow("https", "--http2", 1)]
    [DataRow("https", "--http2", 8)]
    public async Task The_heap_stays_flat_while_a_large_file_arrives(string scheme, string protocol, int parts)
    {
        var receiver = new CountingReceiver();
        Router router = new();
        router.MapStream(HttpMethod.Post, "/form", new MultipartForm(receiver, 256, 8).Handle);
        using var server = new TestServer(router);
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "large");
        await File.WriteAllBytesAsync(file, new byte[Large]);
        string[] arguments = [protocol, "--limit-rate", "40M", .. Enumerable.Range(0, parts).SelectMany(i => new[] { "-F", $"part{i}=@{file}" }), server.Of(scheme) + "form"];
        Task<Reply> upload = Reply.OfCurlAsync(arguments);
        var heaps = new List<long>();
        while (!upload.IsCompleted)
        {
            if (receiver.Octets > Megabyte)
            {
                heaps.Add(GC.GetTotalMemory(true));
            }

            await Task.Delay(20);
        }

        Assert.AreEqual(200, (await upload).Status);
        Assert.AreEqual((long)parts * Large, receiver.Octets);
        Assert.IsGreaterThan(4, heaps.Count);

        // What others have left behind may be collected meanwhile, so the heap may shrink.
        long lowest = long.MaxValue;
        long growth = heaps.Max(heap => heap - (lowest = Math.Min(lowest, heap)));
        Assert.IsLessThan(Megabyte, growth, string.Join(", ", heaps));
    }

    [TestMethod]
    [DataRow("http", "--http1.1")]
    [DataRow("https", "--http2")]
    public async Task A_file_comes_up_and_down_again(string scheme, string protocol)
    {
        using var folder = new TemporaryFolder();
        var drive = new HostDrive(Path.Combine(folder.Path, "drive"));
        var files = new FolderRoute(drive, string.Empty, 4);
        Router router = new();
        router.MapGet("/files/{*path}", files.Handle);
        router.MapStream(HttpMethod.Put, "/files/{*path}", new FileUpload(drive, null, Large).Handle);
        using var server = new TestServer(router);
        byte[] content = new byte[5 * Megabyte];
        new Random(1).NextBytes(content);
        string file = Path.Combine(folder.Path, "new");
        await File.WriteAllBytesAsync(file, content);
        string url = server.Of(scheme) + "files/a%20b.bin";
        Assert.AreEqual(201, (await Reply.OfCurlAsync([protocol, "-T", file, url])).Status);
        CollectionAssert.AreEqual(content, (await Reply.OfCurlAsync([protocol, url])).Body);
        CollectionAssert.AreEqual(content[1000..2000], (await Reply.OfCurlAsync([protocol, "-r", "1000-1999", url])).Body);

        // Broken off in the middle: the old file is what everybody gets.
        await Assert.ThrowsAsync<Exception>(() => Reply.OfCurlAsync([protocol, "--limit-rate", "1M", "-m", "1", "-T", file, url]));
        Assert.AreEqual(204, (await Reply.OfCurlAsync([protocol, "--retry", "5", "-T", file, url])).Status);
        CollectionAssert.AreEqual(content, (await Reply.OfCurlAsync([protocol, url])).Body);
        CollectionAssert.AreEqual(new[] { "a b.bin" }, Directory.GetFiles(Path.Combine(folder.Path, "drive")).Select(Path.GetFileName).ToArray());
        Assert.AreEqual(0, files.OpenFiles);
    }

    private sealed class CountingReceiver : FormReceiver
    {
        private readonly CountingSink _sink = new();

        public long Octets => _sink.Octets;

        public override BodySink BeginPart(MultipartForm form) => _sink;

        public override void Complete(MultipartForm form, HttpResponse response)
        {
        }
    }

    private sealed class CountingSink : BodySink
    {
        private long _octets;

        public long Octets => System.Threading.Volatile.Read(ref _octets);

        public override int Room(int key) => int.MaxValue;

        public override void Write(int key, byte[] buffer, int offset, int count) => System.Threading.Volatile.Write(ref _octets, _octets + count);

        public override void Close(int key, bool complete)
        {
        }
    }
}
