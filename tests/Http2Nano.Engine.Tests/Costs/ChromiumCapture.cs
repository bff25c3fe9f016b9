using System;
using System.Text;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>
/// What Chromium 156 sends for a page with a style sheet and a script that asks for the device's status: field blocks as they
/// came over one HTTP/2 connection, in their order, and heads as they came over HTTP/1.1. A table of 4,096 octets was announced.
/// </summary>
internal static class ChromiumCapture
{
    /// <summary>Entity tag of the page, which was served with gzip.</summary>
    public const string PageTag = "5896cd0c6cd38b99";

    /// <summary>Entity tag of the style sheet.</summary>
    public const string StyleTag = "d96482efa7de18fc";

    /// <summary>Entity tag of the script.</summary>
    public const string ScriptTag = "d3686e6a7b21b092";

    /// <summary>The page, 17 fields of which nothing is in a table.</summary>
    public static readonly byte[] FirstPage = Block(
        "82418d90bdcc42af41c83a2e09e69a67878440874148b1275ad1ffa2fe749d37215aed83aa4fe7efbc1fcbdfcfd29fcde9ec3d26b69fe7efbc1f"
            + "c85b73f9408b4148b1275ad1ad49e33505023f30408d4148b1275ad1ad5d034ca7b29f07224c696e7578224092b6b9ac1c8558d520a4b6c2ad61"
            + "7b5a54251f01317aced07f66a281b0dae053fafc087ed4ce6aadf2a7979c89c6bfb521aeba0bc8b1e632586d975765c53facd8f7e8cff4a506ea"
            + "5531149d4ffda97a7b0f49580b6e2e05c0b814dc394761986d975765cf53ec497ca589d34d1f43aeba0c41a4c7a98f33a69a3fdf9a68fa1d75d0"
            + "620d263d4c79a68fbed00177fe8d48e62b1d3cd1f46a4731581f734bf46a473158f058ebfa352398ac0ebaa6faf963e7efb4005defa1d75d0620"
            + "d263d4c20d35459162f924e3aa62fdf782367efb4005dd408a4148b4a549275906497f83a8f517408a4148b4a549275a93c85f86a87dcd30d25f"
            + "408a4148b4a549275ad416cf023f31408a4148b4a549275a42a13f8690e4b692d49f50929bd9abfa5242cb40d25fa523b3e94f684c9f518b2d4b"
            + "70ddf45abefb4005df4086aec31ec327d785b6007d286f");

    /// <summary>Its style sheet.</summary>
    public static readonly byte[] FirstStyle = Block(
        "82cb8704876109f541572211c8c6cac9538e497ca582211f5f2c7cfdf6800b877f068840e92ac7b0d31aaf7f0685a8eb10f6237f0584427d505f"
            + "73949d29ad17186242f7310abd0720e8b8279a69963fc5c47f0403753d30");

    /// <summary>Its script.</summary>
    public static readonly byte[] FirstScript = Block(
        "82d18704866075d6bf447fceccd0cf53032a2f2ac3c27f0284412c3569c1c8c77f0103753d31");

    /// <summary>The status, which the script fetches.</summary>
    public static readonly byte[] FirstPoll = Block(
        "82d4870488607599842469b51f4085aec1cd48ff86a8eb10649cbf5886a8eb10649cbfd3d1d5d4c2c77f078321ec477f03842d35a7d7c6cdcc7f"
            + "0385b600fd286f");

    /// <summary>The page with a validator: it is reloaded.</summary>
    public static readonly byte[] FirstPageUnchanged = Block(
        "82d987845887a47e561cc5801fd9d8d7d6d5d4d3d2d1d0cfce6991fe5b79f7092008e12465e8df7d69bdff3fce");

    /// <summary>Its style sheet with a validator.</summary>
    public static readonly byte[] FirstStyleUnchanged = Block(
        "82db8704876109f541572211d8d6dad9cd698efe647dc69e11651bb2142f4a4fe7cdcccbcad1d0c9");

    /// <summary>Its script with a validator.</summary>
    public static readonly byte[] FirstScriptUnchanged = Block(
        "82dc8704866075d6bf447fd9d7dbdac8698efe6465c79c2b83763106303e2fe7cecdc8cbd2d1c7");

    /// <summary>The page, reloaded once more.</summary>
    public static readonly byte[] PageUnchanged = Block(
        "82dd8784c1dcdbdad9d8d7d6d5d4d3d2d1c0d0");

    /// <summary>Its style sheet once more.</summary>
    public static readonly byte[] StyleUnchanged = Block(
        "82dd8704876109f541572211dad8dcdbcfbfcecdcccbd2d1ca");

    /// <summary>Its script once more.</summary>
    public static readonly byte[] ScriptUnchanged = Block(
        "82dd8704866075d6bf447fdad8dcdbc9bececdc8cbd2d1c7");

    /// <summary>The status; it comes like this again and again.</summary>
    public static readonly byte[] Poll = Block(
        "82dd870488607599842469b51fc6c5dad8dcdbc9cec4c3cbd2d1c2");

    /// <summary>The style sheet, fetched past the cache.</summary>
    public static readonly byte[] StyleAnew = Block(
        "82dd8704876109f541572211c6c5dad8dcdbc9cec4c3cbd2d1c2");

    /// <summary>The page, reloaded past the cache.</summary>
    public static readonly byte[] PageAnew = Block(
        "82dd8784c6c5dcdbdad9d8d7d6d5d4d3d2d1d0");

    /// <summary>The page.</summary>
    public static readonly byte[] PageHead = Head(
        """
        GET / HTTP/1.1
        Host: device.local:28444
        Connection: keep-alive
        sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"
        sec-ch-ua-mobile: ?0
        sec-ch-ua-platform: "Linux"
        Upgrade-Insecure-Requests: 1
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7
        Sec-Fetch-Site: none
        Sec-Fetch-Mode: navigate
        Sec-Fetch-User: ?1
        Sec-Fetch-Dest: document
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        """);

    /// <summary>The style sheet.</summary>
    public static readonly byte[] StyleHead = Head(
        """
        GET /style.css HTTP/1.1
        Host: device.local:28444
        Connection: keep-alive
        sec-ch-ua-platform: "Linux"
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
        sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"
        sec-ch-ua-mobile: ?0
        Accept: text/css,*/*;q=0.1
        Sec-Fetch-Site: same-origin
        Sec-Fetch-Mode: no-cors
        Sec-Fetch-Dest: style
        Referer: https://device.local:28444/
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        """);

    /// <summary>The style sheet with a validator.</summary>
    public static readonly byte[] StyleUnchangedHead = Head(
        """
        GET /style.css HTTP/1.1
        Host: device.local:28444
        Connection: keep-alive
        sec-ch-ua-platform: "Linux"
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
        sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"
        sec-ch-ua-mobile: ?0
        Accept: text/css,*/*;q=0.1
        If-None-Match: "d96482efa7de18fc"
        Sec-Fetch-Site: same-origin
        Sec-Fetch-Mode: no-cors
        Sec-Fetch-Dest: style
        Referer: https://device.local:28444/
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        """);

    /// <summary>The page with a validator: it is reloaded.</summary>
    public static readonly byte[] PageUnchangedHead = Head(
        """
        GET / HTTP/1.1
        Host: device.local:28444
        Connection: keep-alive
        Cache-Control: max-age=0
        sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"
        sec-ch-ua-mobile: ?0
        sec-ch-ua-platform: "Linux"
        Upgrade-Insecure-Requests: 1
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7
        Sec-Fetch-Site: none
        Sec-Fetch-Mode: navigate
        Sec-Fetch-User: ?1
        Sec-Fetch-Dest: document
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        If-None-Match: "5896cd0c6cd38b99-gz"
        """);

    /// <summary>The script with a validator.</summary>
    public static readonly byte[] ScriptUnchangedHead = Head(
        """
        GET /app.js HTTP/1.1
        Host: device.local:28444
        Connection: keep-alive
        sec-ch-ua-platform: "Linux"
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
        sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"
        sec-ch-ua-mobile: ?0
        Accept: */*
        If-None-Match: "d3686e6a7b21b092"
        Sec-Fetch-Site: same-origin
        Sec-Fetch-Mode: no-cors
        Sec-Fetch-Dest: script
        Referer: https://device.local:28444/
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        """);

    /// <summary>The status, which the script fetches.</summary>
    public static readonly byte[] PollHead = Head(
        """
        GET /api/status HTTP/1.1
        Host: device.local:28444
        Connection: keep-alive
        Pragma: no-cache
        Cache-Control: no-cache
        sec-ch-ua-platform: "Linux"
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
        sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"
        sec-ch-ua-mobile: ?0
        Accept: */*
        Sec-Fetch-Site: same-origin
        Sec-Fetch-Mode: cors
        Sec-Fetch-Dest: empty
        Referer: https://device.local:28444/
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-US,en;q=0.9
        """);

    private static byte[] Block(string hexadecimal) => Convert.FromHexString(hexadecimal);

    private static byte[] Head(string lines) => Encoding.ASCII.GetBytes(lines.ReplaceLineEndings("\r\n") + "\r\n\r\n");
}
