using System;
using System.Text;
using Http2Nano.Assets;
using Http2Nano.Packing;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>
/// A device's site as Chromium met it: a page that is served with gzip, a style sheet and a script that are not, and a status
/// of 200 bytes. The files are other ones with the same entity tags, among 20 pictures.
/// </summary>
internal static class ChromiumSite
{
    public const int StyleLength = 3000;

    private const int PageLength = 4000;
    private const int ScriptLength = 1200;
    private const int Pictures = 20;

    private static readonly byte[] s_status = Encoding.ASCII.GetBytes(new string('s', JsonStatus.Length));
    private static readonly byte[] s_pack = Pack();

    public static Router Serve()
    {
        Router router = new();
        router.MapGet("/api/status", (_, response) => response.Write(s_status));
        for (int i = 0; i < Pictures - 1; i++)
        {
            router.MapGet($"/api/{i}", (_, _) => throw new InvalidOperationException());
        }

        router.MapAssets("/", new StaticAssets(new AssetPack(new MemoryAssetStore(s_pack))));
        return router;
    }

    private static byte[] Pack()
    {
        // A page of which gzip saves half; of the others it saves nothing.
        byte[] page = Encoding.ASCII.GetBytes(Convert.ToHexString(Noise(PageLength / 2)));
        byte[] style = Noise(StyleLength);
        byte[] script = Noise(ScriptLength);
        AssetPackBuilder builder = new();
        builder.Add("index.html", page);
        builder.Add("style.css", style);
        builder.Add("app.js", script);
        for (int i = 0; i < Pictures; i++)
        {
            builder.Add($"icons/icon{i}.svg", [(byte)i]);
        }

        byte[] pack = builder.Build();
        Retag(pack, page, ChromiumCapture.PageTag);
        Retag(pack, style, ChromiumCapture.StyleTag);
        Retag(pack, script, ChromiumCapture.ScriptTag);
        return pack;
    }

    private static byte[] Noise(int length)
    {
        byte[] octets = new byte[length];
        new Random(length).NextBytes(octets);
        return octets;
    }

    private static void Retag(Span<byte> pack, byte[] content, string tag)
    {
        ReadOnlySpan<byte> own = Encoding.ASCII.GetBytes(new PackedAsset("a", content, "text/plain", PackEncodings.Both).Tag);
        int at;
        while ((at = pack.IndexOf(own)) >= 0)
        {
            Encoding.ASCII.GetBytes(tag, pack[at..]);
        }
    }
}
