using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>What a test needs that may be absent: it is inconclusive then, and says what it misses.</summary>
internal static class Requirements
{
    /// <summary>The stories of a corpus.</summary>
    public static IReadOnlyList<Story> Load(string corpus)
    {
        var stories = Corpus.TryLoad(corpus);
        if (stories is null)
        {
            Assert.Inconclusive($"Skipped: no corpus {corpus}. Set HTTP2NANO_CORPORA to the folder that holds hpack-test-case.");
        }

        return stories;
    }

    /// <summary>libnghttp2.</summary>
    public static void RequireNghttp2()
    {
        if (!Nghttp2.IsInstalled)
        {
            Assert.Inconclusive("Skipped: libnghttp2 is not installed (Debian: libnghttp2-14).");
        }
    }
}
