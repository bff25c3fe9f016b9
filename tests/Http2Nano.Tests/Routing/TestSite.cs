using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Routing;

namespace Http2Nano.Tests.Routing
{
    /// <summary>A few files, packed, for the tests of assets.</summary>
    internal static class TestSite
    {
        internal const string Page = "<p>0123456789</p>";

        /// <summary>The files as a pack in memory.</summary>
        internal static AssetPack Pack()
        {
            return new AssetPack(new MemoryAssetStore(Build()));
        }

        /// <summary>The octets of the pack.</summary>
        internal static byte[] Build()
        {
            TestPack pack = new TestPack();
            byte[] page = RouterPeer.Octets(Page);
            pack.Add(string.Empty, "text/html; charset=utf-8", page, RouterPeer.Octets("PAGE"), AssetPackFormat.Page);
            pack.Add("index.html", "text/html; charset=utf-8", page, RouterPeer.Octets("PAGE"), AssetPackFormat.Page);
            pack.Add("style.css", "text/css", RouterPeer.Octets("body{}"), null, 0);
            pack.Add("app.js", "text/javascript", RouterPeer.Octets("uncoded script"), RouterPeer.Octets("CODED"), 0);
            pack.Add("only.js", "text/javascript", null, RouterPeer.Octets("ONLY"), 0);
            pack.Add("empty.txt", "text/plain", new byte[0], null, 0);
            pack.Add("deep/file.js", "text/javascript", page, null, 0);
            pack.Add("a.12345678.js", "text/javascript", page, null, AssetPackFormat.Immutable);
            pack.Add("grü n.txt", "text/plain", RouterPeer.Octets("umlaut"), null, 0);
            pack.Add("sub dir/", "text/plain", RouterPeer.Octets("below"), null, 0);
            pack.Add("last.txt", "text/plain", RouterPeer.Octets("last"), null, 0);
            return pack.Build();
        }

        /// <summary>A client of a server that has the files at its root.</summary>
        internal static RouterPeer Peer()
        {
            StaticAssets assets = new StaticAssets(Pack());
            assets.AddPageField(FieldName.ContentSecurityPolicy, RouterPeer.Octets("default-src 'self'"));
            Router router = new Router();
            router.MapAssets("/", assets);
            return new RouterPeer(router);
        }

        /// <summary>The entity tag of a file's plain form.</summary>
        internal static string Quoted(string path)
        {
            return "\"" + TestPack.Tag(path) + "\"";
        }
    }
}
