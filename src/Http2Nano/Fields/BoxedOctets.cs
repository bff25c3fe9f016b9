namespace Http2Nano.Fields
{
    /// <summary>
    /// Octets as <see cref="System.Array.IndexOf(System.Array, object, int, int)"/> wants them. It is native code on the
    /// platform, so it looks through a path for about what a loop takes for one octet.
    /// </summary>
    internal static class BoxedOctets
    {
        internal static readonly object Backslash = (byte)'\\';
        internal static readonly object Dot = (byte)'.';
        internal static readonly object Percent = (byte)'%';
        internal static readonly object QuestionMark = (byte)'?';
        internal static readonly object Semicolon = (byte)';';
        internal static readonly object Solidus = (byte)'/';
    }
}
