using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The octets of one accepted connection, in both directions. No call waits longer than asked. Errors are return
    /// values, never exceptions.
    /// </summary>
    public abstract class Transport : ConnectionPeer
    {
        /// <summary>Returned when the connection is lost.</summary>
        public const int Lost = -1;

        /// <summary>Whether the connection is over TLS.</summary>
        public abstract bool IsSecure { get; }

        /// <summary>
        /// The protocol agreed on by ALPN (RFC 7301): a constant of <see cref="ApplicationProtocol"/>. Undecided without
        /// ALPN: then the first octets determine it.
        /// </summary>
        public virtual int Protocol
        {
            get { return ApplicationProtocol.Undecided; }
        }

        /// <summary>Waits until octets can be received or the peer has ended its side.</summary>
        /// <param name="milliseconds">Longest wait; 0 for none.</param>
        /// <returns>Whether <see cref="Receive"/> will return at once.</returns>
        public abstract bool WaitForData(int milliseconds);

        /// <summary>Waits until octets can be sent.</summary>
        /// <param name="milliseconds">Longest wait; 0 for none.</param>
        /// <returns>Whether <see cref="Send"/> will take octets at once.</returns>
        public abstract bool WaitForRoom(int milliseconds);

        /// <summary>Receives the octets that have arrived, after <see cref="WaitForData"/> has returned true.</summary>
        /// <param name="buffer">Takes the octets.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">The most octets, at least 1.</param>
        /// <returns>Octets received; 0 when the peer has ended its side; <see cref="Lost"/>.</returns>
        public abstract int Receive(byte[] buffer, int offset, int count);

        /// <summary>
        /// Sends some octets, after <see cref="WaitForRoom"/> has returned true. The transport may keep them until
        /// <see cref="Flush"/>.
        /// </summary>
        /// <param name="buffer">Holds the octets.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">The most octets, at least 1.</param>
        /// <returns>Octets taken, at least 1; <see cref="Lost"/>.</returns>
        public abstract int Send(byte[] buffer, int offset, int count);

        /// <summary>Passes the octets that it has kept to the network stack, without waiting.</summary>
        /// <returns>
        /// Whether none are left: all have been passed on, or the connection is lost. The network stack has no room otherwise.
        /// </returns>
        public virtual bool Flush()
        {
            return true;
        }

        /// <summary>Closes the connection. May be called more than once.</summary>
        public abstract void Close();

        /// <summary>Closes the connection, waiting until the last octets have been sent where that takes time.</summary>
        /// <param name="milliseconds">Longest wait.</param>
        public virtual void Close(int milliseconds)
        {
            Close();
        }
    }
}
