namespace Http2Nano.Samples.Relay
{
    /// <summary>The relays of a board: pins on a device, nothing on a PC.</summary>
    public abstract class RelayOutputs
    {
        /// <summary>Number of relays.</summary>
        public abstract int Count { get; }

        /// <summary>Whether a relay is on.</summary>
        /// <param name="relay">0 to <see cref="Count"/> - 1.</param>
        public abstract bool IsOn(int relay);

        /// <summary>Switches a relay. Called on the server's thread: it must not block.</summary>
        /// <param name="relay">0 to <see cref="Count"/> - 1.</param>
        /// <param name="on">Whether the relay is to be on.</param>
        public abstract void Switch(int relay, bool on);
    }
}
