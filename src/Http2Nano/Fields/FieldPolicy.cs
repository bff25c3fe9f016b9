namespace Http2Nano.Fields
{
    /// <summary>How the encoder is to represent a field (RFC 7541 6).</summary>
    public static class FieldPolicy
    {
        /// <summary>The encoder decides by the name: credentials are never indexed, what changes with every response is not indexed.</summary>
        public const int Default = 0;

        /// <summary>Into the dynamic table (RFC 7541 6.2.1): for values that come again.</summary>
        public const int Indexed = 1;

        /// <summary>Not into the dynamic table (RFC 7541 6.2.2): for values that come once.</summary>
        public const int WithoutIndexing = 2;

        /// <summary>Not into this nor any later hop's table (RFC 7541 6.2.3): for secrets.</summary>
        public const int NeverIndexed = 3;
    }
}
