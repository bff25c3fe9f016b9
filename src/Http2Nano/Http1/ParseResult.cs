namespace Http2Nano.Http1
{
    /// <summary>
    /// The results of the parsers of this room: one of these, or the status (400 and above) that refuses the request.
    /// </summary>
    internal static class ParseResult
    {
        /// <summary>Everything that has arrived was consumed, as far as possible; more must arrive.</summary>
        internal const int More = 0;

        /// <summary>The parser's part of the message is complete.</summary>
        internal const int Complete = 1;

        /// <summary>The smallest result that is an error's status.</summary>
        internal const int Error = 400;
    }
}
