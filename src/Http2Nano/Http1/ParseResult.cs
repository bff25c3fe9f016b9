namespace Http2Nano.Http1
{
    /// <summary>What a parser of this room returns: one of these, or the status (400 and above) that refuses the request.</summary>
    internal static class ParseResult
    {
        /// <summary>All that has arrived is consumed as far as it can be; more must come.</summary>
        internal const int More = 0;

        /// <summary>The parser's part of the message is complete.</summary>
        internal const int Complete = 1;

        /// <summary>The least number that is an error's status.</summary>
        internal const int Error = 400;
    }
}
