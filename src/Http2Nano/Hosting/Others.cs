namespace Http2Nano.Hosting
{
    /// <summary>Who is there beside the connection that is served.</summary>
    internal static class Others
    {
        /// <summary>Nobody.</summary>
        internal const int Nobody = 0;

        /// <summary>Connections that have been set aside and say nothing.</summary>
        internal const int Quiet = 1;

        /// <summary>A client that has spoken and waits to be served.</summary>
        internal const int Waiting = 2;

        /// <summary>A client for which there is no place, so that nobody knows whether it has spoken.</summary>
        internal const int Outside = 4;

        /// <summary>Whoever comes next finds no place, unless another connection loses its own.</summary>
        internal const int Full = 8;

        /// <summary>Somebody has to wait as long as the connection is served.</summary>
        internal const int Held = Waiting | Outside;
    }
}
