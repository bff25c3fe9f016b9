namespace Http2Nano.Hosting
{
    /// <summary>The other clients beside a connection that is served.</summary>
    internal static class Others
    {
        /// <summary>There are none.</summary>
        internal const int Nobody = 0;

        /// <summary>Connections that are set aside and silent.</summary>
        internal const int Quiet = 1;

        /// <summary>A client that has sent octets and waits to be served.</summary>
        internal const int Waiting = 2;

        /// <summary>
        /// A client in the backlog for which there is no place, so it is unknown whether it has sent octets.
        /// </summary>
        internal const int Outside = 4;

        /// <summary>The next client finds no place, unless another connection loses its own.</summary>
        internal const int Full = 8;

        /// <summary>Other connections are served at the same time.</summary>
        internal const int Served = 16;

        /// <summary>
        /// A client waits, but for another connection: one that is ending, or one of a client with more connections.
        /// </summary>
        internal const int Spared = 32;

        /// <summary>Another connection that could make way has been served longer.</summary>
        internal const int Younger = 64;

        /// <summary>The client that waits to be served next speaks HTTP/1.1.</summary>
        internal const int Http1 = 128;

        /// <summary>A client that was set aside has asked for nothing, but there is something for it, such as an event.</summary>
        internal const int News = 256;

        /// <summary>A client has asked for something, or may have, and has to wait while the connection is served.</summary>
        internal const int Asking = Waiting | Outside;

        /// <summary>A client has to wait while the connection is served.</summary>
        internal const int Held = Asking | News;
    }
}
