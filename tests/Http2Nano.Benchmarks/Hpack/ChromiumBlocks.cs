namespace Http2Nano.Benchmarks.Hpack;

/// <summary>
/// The field blocks of one connection of Chromium 156 to a small dashboard, as they came: a page with its style sheet,
/// script, picture and favourite icon and a few calls from the script; and all of it again after each of two reloads.
/// </summary>
internal static class ChromiumBlocks
{
    /// <summary>The first block: nothing in it is in a table.</summary>
    public const int First = 0;

    /// <summary>The page after the second reload: everything in it is in a table, in an order of its own.</summary>
    public const int Indexed = 18;

    /// <summary>All blocks in their order.</summary>
    public static readonly string[] Hex =
    [
        // /
        "82418c90bdcc42af39e92dc7da699f878440874148b1275ad1ffa2fe749d37215aed83aa4fe7efbc1fcbdfcfd29fcde9ec3d26b69fe7ef"
        + "bc1fc85b73f9408b4148b1275ad1ad49e33505023f30408d4148b1275ad1ad5d034ca7b29f07224c696e7578224092b6b9ac1c8558d520"
        + "a4b6c2ad617b5a54251f01317ad3d07f66a281b0dae053fafc087ed4ce6aadf2a7979c89c6bfb521aeba0bc8b1e632586d975765c53fac"
        + "d8f7e8cff4a506ea5531149d4ffda98ca39282a117a7b0f49580b6e2e05c0b814dc394761986d975765c53ec497ca589d34d1f43aeba0c"
        + "41a4c7a98f33a69a3fdf9a68fa1d75d0620d263d4c79a68fbed00177fe8d48e62b1d3cd1f46a4731581f734bf46a473158f058ebfa3523"
        + "98ac0ebaa6faf963e7efb4005defa1d75d0620d263d4c20d35459162f924e3aa62fdf782367efb4005dd408a4148b4a549275906497f83"
        + "a8f517408a4148b4a549275a93c85f86a87dcd30d25f408a4148b4a549275ad416cf023f31408a4148b4a549275a42a13f8690e4b692d4"
        + "9f50929bd9abfa5242cb40d25fa523b3e94f684c9f518b2d4b70ddf45abefb4005df4086aec31ec327d785b6007d286f",
        // /style.css
        "82cb8704876109f541572211c8c6cac9538e497ca582211f5f2c7cfdf6800b877f068840e92ac7b0d31aaf7f0685a8eb10f6237f058442"
        + "7d505f73929d29ad17186242f7310abce7a4b71f69a658c5c47f0403753d30",
        // /app.js
        "82d18704866075d6bf447fceccd0cf53032a2f2ac3c27f0284412c3569c1c8c77f0103753d31",
        // /logo.svg
        "82d48704876283cc75d1de6fd1cfd3d253b9352398ac74f347d1a91cc5607dcd2fd1a91cc563c163afe8d48e62b03aea9be8d48e62b08e"
        + "f37fbf34d1f46a473158f9faf963e7efb4005defc6c57f0184352398bfc4cbca7f0185b6017d286f",
        // /api/state
        "82d78704876075998424692fd4d2d6d5c3c87f088321ec477f01842d35a7d7c7cecd7f0185b600fd286f",
        // /api/state
        "82da8704876075998424692fd7d5d9d8c6cbc0bfc8cfcebe",
        // /favicon.ico
        "82da8704896251f7310f52e621ffd7d5d9d8c3cbcac2c8cfcebe",
        // /api/state
        "82da8704876075998424692fd7d5d9d8c6cbc0bfc8cfcebe",
        // /api/state
        "82da8704876075998424692fd7d5d9d8c6cbc0bfc8cfcebe",
        // /
        "82da87845887a47e561cc5801fdad9d8d7d6d5ccd3d1c9d0cfce",
        // /style.css
        "82db8704876109f541572211d8d6dad9cdcccbcac9d0cfc8",
        // /app.js
        "82db8704866075d6bf447fd8d6dad9c7cccbc6c9d0cfc5",
        // /logo.svg
        "82db8704876283cc75d1de6fd8d6dad9c4cccbc3c9d0cfc2",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /favicon.ico
        "82db8704896251f7310f52e621ffd8d6dad9c4cccbc3c9d0cfbf",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /
        "82db8784bedad9d8d7d6d5ccd3d1c9d0cfce",
        // /style.css
        "82db8704876109f541572211d8d6dad9cdcccbcac9d0cfc8",
        // /app.js
        "82db8704866075d6bf447fd8d6dad9c7cccbc6c9d0cfc5",
        // /logo.svg
        "82db8704876283cc75d1de6fd8d6dad9c4cccbc3c9d0cfc2",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /favicon.ico
        "82db8704896251f7310f52e621ffd8d6dad9c4cccbc3c9d0cfbf",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
        // /api/state
        "82db8704876075998424692fd8d6dad9c7ccc1c0c9d0cfbf",
    ];
}
