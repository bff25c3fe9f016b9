using System;
using System.Net.Sockets;
using System.Threading;
using Http2Nano.Fields;
using Http2Nano.Http1;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// Waits for the first octets of a connection and looks at them before anything else is done: a silent client must hold up
    /// nobody, and on the device a TLS handshake cannot be interrupted once it has begun.
    /// </summary>
    internal static class Greeting
    {
        /// <summary>The client has spoken.</summary>
        internal const int Begun = 0;

        /// <summary>The connection is over and the socket closed.</summary>
        internal const int Ended = 1;

        /// <summary>The client is silent and others wait.</summary>
        internal const int Silent = 2;

        // RFC 8446 5.1: type, major version and length of a record; the type of a handshake.
        private const int RecordHeader = 5;
        private const byte HandshakeRecord = 22;
        private const byte MajorVersion = 3;

        // A greeting that is longer need not fit into the network stack.
        private const int MostAwaited = 2048;

        // Octets of a plain request that are read before its refusal, in pieces of the receive buffer.
        private const int MostPieces = 16;

        private const int Slice = 5;

        // What Check returns beside Begun and Ended.
        private const int Partial = 3;

        /// <summary>Waits for the first octets.</summary>
        /// <param name="socket">The accepted socket.</param>
        /// <param name="secure">Whether a TLS handshake is expected.</param>
        /// <param name="scratch">A buffer that nobody needs at the moment.</param>
        /// <param name="options">The deadlines.</param>
        /// <param name="gate">Says how long a newcomer may be silent while another client waits.</param>
        /// <param name="server">Knows who else waits.</param>
        /// <returns><see cref="Begun"/>, <see cref="Ended"/> or <see cref="Silent"/>.</returns>
        internal static int Await(Socket socket, bool secure, byte[] scratch, HttpServerOptions options, ConnectionGate gate, HttpServer server)
        {
            long began = Environment.TickCount64;
            int slice = gate.SilentGrace < Slice ? gate.SilentGrace : Slice;
            bool partial = false;
            while (true)
            {
                if (SocketOptions.Poll(socket, partial ? 0 : slice, SelectMode.SelectRead))
                {
                    int state = secure ? Check(socket, scratch, options) : Begun;
                    if (state != Partial)
                    {
                        return state;
                    }

                    partial = true;
                    Thread.Sleep(slice);
                }

                long now = Environment.TickCount64;
                long waited = now - began;
                bool over = partial
                    ? waited >= gate.Grace(options.NewcomerGrace)
                    : waited >= gate.SilentGrace && server.CanPark(now, gate.ParkedGrace);
                if (over && server.IsAnotherWaiting())
                {
                    if (!partial)
                    {
                        gate.NewcomerSilent();
                        return Silent;
                    }

                    gate.HeldUp();
                    SocketOptions.Close(socket);
                    return Ended;
                }

                if (server.IsStopping || waited >= options.Limits.FirstByteTimeout)
                {
                    SocketOptions.Close(socket);
                    return Ended;
                }
            }
        }

        // Whether a whole record of a handshake has come: the device's handshake cannot be interrupted, and must not be begun with
        // a client that stops in the middle of its first record.
        private static int Check(Socket socket, byte[] scratch, HttpServerOptions options)
        {
            try
            {
                int count = socket.Receive(scratch, 0, RecordHeader, SocketFlags.Peek);
                if (count > 0)
                {
                    if (scratch[0] == HandshakeRecord && (count == 1 || scratch[1] == MajorVersion))
                    {
                        int whole = count < RecordHeader ? MostAwaited : RecordHeader + (scratch[3] << 8) + scratch[4];
                        return socket.Available < (whole < MostAwaited ? whole : MostAwaited) ? Partial : Begun;
                    }

                    // Plain HTTP on the TLS port gets a plain answer.
                    SocketOptions.Apply(socket, options.Limits.WriteTimeout);
                    for (int i = 0; i < MostPieces && socket.Available > 0; i++)
                    {
                        socket.Receive(scratch, 0, scratch.Length, SocketFlags.None);
                    }

                    int length = FlashText.Utf8.GetBytes(Http1Text.Text, Http1Text.BadRequest, Http1Text.BadRequestLength, scratch, 0);
                    socket.Send(scratch, 0, length, SocketFlags.None);
                }
            }
            catch (Exception)
            {
                // Gone before it said anything.
            }

            SocketOptions.Close(socket);
            return Ended;
        }
    }
}
