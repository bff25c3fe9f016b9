namespace Http2Nano.Samples.Relay
{
    /// <summary>The relays of a board: on a device pins, on a PC nothing.</summary>
    public abstract class RelayOutputs
    {
        /// <summary>How many relays there are.</summary>
        public abstract int Count { get; }

        /// <summary>Whether a relay is on.</summary>
        /// <param name="relay">0 to <see cref="Count"/> - 1.</param>
        public abstract bool IsOn(int relay);

        /// <summary>Switches a relay. Called on the server's thread: it must not block.</summary>
        /// <param name="relay">0 to <see cref="Count"/> - 1.</param>
        /// <param name="on">Whether it is to be on.</param>
        public abstract void Switch(int relay, bool on);
    }
}
