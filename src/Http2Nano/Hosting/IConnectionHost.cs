namespace Http2Nano.Hosting
{
    /// <summary>Whom the loop of a connection asks about the world outside of it.</summary>
    internal interface IConnectionHost
    {
        /// <summary>Whether the server is to stop.</summary>
        bool IsStopping { get; }

        /// <summary>Who else is there. Each call looks at sockets: once a turn is enough.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <returns>Constants of <see cref="Others"/>, added up.</returns>
        int Look(long now);

        /// <summary>Sets a connection aside that has nothing to say, until it speaks again.</summary>
        /// <param name="place">The connection's place.</param>
        /// <param name="answered">Whether it has had an answer; otherwise it is a newcomer still.</param>
        /// <param name="now">Milliseconds.</param>
        void Park(ConnectionPlace place, bool answered, long now);
    }
}
