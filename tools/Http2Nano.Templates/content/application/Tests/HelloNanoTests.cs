using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Assets;
using Http2Nano.Development;
using Http2Nano.Packing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace HelloNano.Tests;

/// <summary>Tests the application behind a server in this process, with a real client.</summary>
[TestClass]
public sealed class HelloNanoTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Says_hello_over_either_protocol(bool http2)
    {
        var pack = new AssetPackBuilder();
        pack.Add("index.html", "<p>the page"u8.ToArray());
        var pages = new StaticAssets(new AssetPack(new MemoryAssetStore(pack.Build())));
        using DevelopmentServer server = DevelopmentServer.Start(new HelloNanoApplication(pages).Router);
        using HttpClient client = server.CreateClient(http2);
        Assert.AreEqual("Hello, Ada", await client.GetStringAsync("hello/Ada"));
        Assert.AreEqual("<p>the page", await client.GetStringAsync(""));
    }
}
