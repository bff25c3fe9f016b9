namespace Http2Nano.Packing;

/// <summary>In which forms files are kept.</summary>
public enum PackEncodings
{
    /// <summary>As they are, and coded with gzip where that is smaller. Every client is served; takes the most flash.</summary>
    Both,

    /// <summary>Coded with gzip where that is smaller, and only so: a client that does not accept gzip gets 406.</summary>
    GzipOnly,

    /// <summary>As they are.</summary>
    Plain,
}
