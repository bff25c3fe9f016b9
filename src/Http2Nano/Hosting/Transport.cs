using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>The protocol of a connection, as far as it is known before the first octet.</summary>
    public static class ApplicationProtocol
    {
        /// <summary>The first octets decide.</summary>
        public const int Undecided = 0;

        /// <summary><c>http/1.1</c>.</summary>
        public const int Http11 = 1;

        /// <summary><c>h2</c>.</summary>
        public const int Http2 = 2;
    }

    /// <summary>
    /// The octets of one accepted connection, in both directions, without waiting longer than asked. What fails is told by
    /// return values, never by exceptions.
    /// </summary>
    public abstract class Transport : ConnectionPeer
    {
        /// <summary>Returned when the connection is lost.</summary>
        public const int Lost = -1;

        /// <summary>Whether the connection is over TLS.</summary>
        public abstract bool IsSecure { get; }

        /// <summary>
        /// What was agreed on by ALPN (RFC 7301): a constant of <see cref="ApplicationProtocol"/>. Undecided where there is no
        /// ALPN: the first octets decide then.
        /// </summary>
        public virtual int Protocol
        {
            get { return ApplicationProtocol.Undecided; }
        }

        /// <summary>Waits until something can be received or the peer has ended.</summary>
        /// <param name="milliseconds">Longest wait; 0 only looks.</param>
        /// <returns>Whether <see cref="Receive"/> will return at once.</returns>
        public abstract bool WaitForData(int milliseconds);

        /// <summary>Waits until something can be sent.</summary>
        /// <param name="milliseconds">Longest wait; 0 only looks.</param>
        /// <returns>Whether <see cref="Send"/> will take something at once.</returns>
        public abstract bool WaitForRoom(int milliseconds);

        /// <summary>Receives what is there, after <see cref="WaitForData"/> returned true.</summary>
        /// <param name="buffer">Where to write.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Most bytes, at least 1.</param>
        /// <returns>Bytes received; 0 when the peer has ended; <see cref="Lost"/>.</returns>
        public abstract int Receive(byte[] buffer, int offset, int count);

        /// <summary>Sends a part, after <see cref="WaitForRoom"/> returned true.</summary>
        /// <param name="buffer">What to send.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Most bytes, at least 1.</param>
        /// <returns>Bytes taken, at least 1; <see cref="Lost"/>.</returns>
        public abstract int Send(byte[] buffer, int offset, int count);

        /// <summary>Closes the connection. May be called more than once.</summary>
        public abstract void Close();

        /// <summary>Closes the connection, and waits until what was sent last is on its way where that takes time.</summary>
        /// <param name="milliseconds">Longest wait.</param>
        public virtual void Close(int milliseconds)
        {
            Close();
        }
    }
}
