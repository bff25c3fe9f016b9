namespace Http2Nano.Hosting
{
    /// <summary>The connection loop's view of the server and of other clients.</summary>
    internal interface IConnectionHost
    {
        /// <summary>Whether the server is to stop.</summary>
        bool IsStopping { get; }

        /// <summary>Finds out which other clients there are. Costs system calls: one call per turn is enough.</summary>
        /// <param name="loop">The loop that asks.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>Constants of <see cref="Others"/>, added up.</returns>
        int Look(ConnectionLoop loop, long now);

        /// <summary>Sets an idle connection aside until its peer sends something.</summary>
        /// <param name="place">The connection's place.</param>
        /// <param name="answered">Whether it has been answered; otherwise it is still a newcomer.</param>
        /// <param name="now">Milliseconds.</param>
        void Park(ConnectionPlace place, bool answered, long now);
    }
}
