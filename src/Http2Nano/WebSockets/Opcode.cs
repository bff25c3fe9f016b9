namespace Http2Nano.WebSockets
{
    /// <summary>
    /// The opcodes of frames (RFC 6455 11.8). Those of control frames contain the bit of <see cref="Close"/>.
    /// </summary>
    internal static class Opcode
    {
        internal const int Continuation = 0;
        internal const int Text = 1;
        internal const int Binary = 2;
        internal const int Close = 8;
        internal const int Ping = 9;
        internal const int Pong = 10;
    }
}
