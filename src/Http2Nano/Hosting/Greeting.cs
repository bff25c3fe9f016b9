using System;
using System.Net.Sockets;

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

        // RFC 8446 5.1: the type of a handshake record.
        private const byte HandshakeRecord = 22;
        private const int Slice = 5;

        // "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        private static readonly byte[] PlainAnswer =
        {
            0x48, 0x54, 0x54, 0x50, 0x2F, 0x31, 0x2E, 0x31, 0x20, 0x34, 0x30, 0x30, 0x20, 0x42, 0x61, 0x64, 0x20, 0x52, 0x65,
            0x71, 0x75, 0x65, 0x73, 0x74, 0x0D, 0x0A, 0x63, 0x6F, 0x6E, 0x6E, 0x65, 0x63, 0x74, 0x69, 0x6F, 0x6E, 0x3A, 0x20,
            0x63, 0x6C, 0x6F, 0x73, 0x65, 0x0D, 0x0A, 0x63, 0x6F, 0x6E, 0x74, 0x65, 0x6E, 0x74, 0x2D, 0x6C, 0x65, 0x6E, 0x67,
            0x74, 0x68, 0x3A, 0x20, 0x30, 0x0D, 0x0A, 0x0D, 0x0A,
        };

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
            while (!SocketOptions.Poll(socket, slice, SelectMode.SelectRead))
            {
                long waited = Environment.TickCount64 - began;
                if (waited >= gate.SilentGrace && server.IsAnotherWaiting())
                {
                    gate.NewcomerFailed();
                    return Silent;
                }

                if (server.IsStopping || waited >= options.Limits.FirstByteTimeout)
                {
                    SocketOptions.Close(socket);
                    return Ended;
                }
            }

            return secure ? Check(socket, scratch, options) : Begun;
        }

        private static int Check(Socket socket, byte[] scratch, HttpServerOptions options)
        {
            try
            {
                if (socket.Receive(scratch, 0, 1, SocketFlags.Peek) == 1)
                {
                    if (scratch[0] == HandshakeRecord)
                    {
                        return Begun;
                    }

                    // Plain HTTP on the TLS port gets a plain answer.
                    SocketOptions.Apply(socket, options.Limits.WriteTimeout);
                    while (socket.Available > 0 && socket.Receive(scratch, 0, scratch.Length, SocketFlags.None) > 0)
                    {
                    }

                    socket.Send(PlainAnswer, 0, PlainAnswer.Length, SocketFlags.None);
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
