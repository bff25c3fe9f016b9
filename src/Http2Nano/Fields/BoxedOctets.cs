namespace Http2Nano.Fields
{
    /// <summary>
    /// Octets, boxed for <see cref="System.Array.IndexOf(System.Array, object, int, int)"/>. That method is native code on
    /// the platform and searches a path in about the time that a loop takes for one octet.
    /// </summary>
    internal static class BoxedOctets
    {
        internal static readonly object Backslash = (byte)'\\';
        internal static readonly object Colon = (byte)':';
        internal static readonly object LineFeed = (byte)'\n';
        internal static readonly object Percent = (byte)'%';
        internal static readonly object QuestionMark = (byte)'?';
        internal static readonly object Semicolon = (byte)';';
        internal static readonly object Solidus = (byte)'/';
    }
}
