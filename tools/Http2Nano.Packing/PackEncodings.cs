namespace Http2Nano.Packing;

/// <summary>The forms in which a pack keeps files.</summary>
public enum PackEncodings
{
    /// <summary>Plain, and coded with gzip where that is smaller. Serves every client; takes the most flash.</summary>
    Both,

    /// <summary>Only coded with gzip, where that is smaller: a client that does not accept gzip gets 406.</summary>
    GzipOnly,

    /// <summary>Plain only.</summary>
    Plain,
}
