using Http2Nano.Fields;
using Http2Nano.Http1;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// Examines the first octets of a connection to the TLS port. On the device a handshake cannot be interrupted, so it
    /// must not begin before the client's first record is complete.
    /// </summary>
    internal static class Greeting
    {
        /// <summary>The first record of a handshake has arrived.</summary>
        internal const int Whole = 0;

        /// <summary>The octets are not a handshake, and the connection is closed.</summary>
        internal const int Refused = -1;

        // RFC 8446 5.1: type, major version and length of a record; the type of a handshake.
        private const int RecordHeader = 5;
        private const byte HandshakeRecord = 22;
        private const byte MajorVersion = 3;

        // The network stack may have no room for a longer record.
        private const int MostAwaited = 2048;

        // Octets of a plain request that are read before it is refused, counted in pieces of the buffer.
        private const int MostPieces = 16;

        /// <summary>Examines the first octets. Some must be available.</summary>
        /// <param name="accepted">The connection.</param>
        /// <param name="scratch">A free buffer.</param>
        /// <param name="writeTimeout">Milliseconds that a refusal may take.</param>
        /// <returns>
        /// <see cref="Whole"/>, <see cref="Refused"/>, or the number of octets that must be available before the next call.
        /// </returns>
        internal static int Check(AcceptedTransport accepted, byte[] scratch, int writeTimeout)
        {
            int count = accepted.Peek(scratch, RecordHeader);
            if (count > 0 && scratch[0] == HandshakeRecord && (count == 1 || scratch[1] == MajorVersion))
            {
                if (count < RecordHeader)
                {
                    return count + 1;
                }

                int whole = RecordHeader + (scratch[3] << 8) + scratch[4];
                whole = whole < MostAwaited ? whole : MostAwaited;
                return accepted.Available < whole ? whole : Whole;
            }

            if (count > 0)
            {
                Refuse(accepted, scratch, writeTimeout);
            }

            accepted.Close();
            return Refused;
        }

        // A client that speaks plain HTTP to the TLS port gets a plain 400.
        private static void Refuse(AcceptedTransport accepted, byte[] scratch, int writeTimeout)
        {
            accepted.Begin(writeTimeout);
            for (int i = 0; i < MostPieces && accepted.Available > 0; i++)
            {
                accepted.Receive(scratch, 0, scratch.Length);
            }

            int length = FlashText.Write(FlashText.BadRequest, FlashText.BadRequestLength, scratch, 0);
            accepted.Send(scratch, 0, length);
        }
    }
}
