namespace Http2Nano.Hosting
{
    /// <summary>The protocol of a connection, if it is known before the first octet.</summary>
    public static class ApplicationProtocol
    {
        /// <summary>The first octets determine the protocol.</summary>
        public const int Undecided = 0;

        /// <summary><c>http/1.1</c>.</summary>
        public const int Http11 = 1;

        /// <summary><c>h2</c>.</summary>
        public const int Http2 = 2;
    }
}
