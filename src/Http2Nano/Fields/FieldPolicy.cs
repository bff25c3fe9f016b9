namespace Http2Nano.Fields
{
    /// <summary>How the encoder represents a field (RFC 7541 6).</summary>
    public static class FieldPolicy
    {
        /// <summary>
        /// The encoder decides by the name: never indexed for credentials, without indexing for values that change with
        /// every response.
        /// </summary>
        public const int Default = 0;

        /// <summary>With incremental indexing (RFC 7541 6.2.1): for values that are sent again.</summary>
        public const int Indexed = 1;

        /// <summary>Without indexing (RFC 7541 6.2.2): for values that are sent once.</summary>
        public const int WithoutIndexing = 2;

        /// <summary>Never indexed, by this or any later hop (RFC 7541 6.2.3): for secrets.</summary>
        public const int NeverIndexed = 3;
    }
}
