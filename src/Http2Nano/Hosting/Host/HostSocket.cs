using System;
using System.Diagnostics;
using System.Net.Sockets;

namespace Http2Nano.Hosting.Host
{
    /// <summary>An accepted socket on which no call blocks but the waits. A test puts another in its place.</summary>
    internal class HostSocket
    {
        /// <summary>Returned when the connection is lost.</summary>
        internal const int Lost = Transport.Lost;

        /// <summary>Returned when nothing can be received, or sent, at once.</summary>
        internal const int NotYet = -2;

        // Bytes of the send buffer, of which so many may be unsent: what waits in the server's own buffers can still be
        // overtaken or withdrawn, but what is on its way must not run dry. Linux names the option TCP_NOTSENT_LOWAT.
        private const int SendBuffer = 262144;
        private const int MostUnsent = 65536;
        private const int Tcp = 6;
        private const int NotSentLowWaterMark = 25;

        private Socket _socket;

        /// <summary>Microseconds of a monotonic clock.</summary>
        internal virtual long Micros
        {
            get { return Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000000); }
        }

        /// <summary>Uses a socket, until the next one.</summary>
        internal virtual void Use(Socket socket)
        {
            if (_socket == socket)
            {
                return;
            }

            _socket = socket;
            socket.Blocking = false;
            if (OperatingSystem.IsLinux())
            {
                WidenSendBuffer(socket);
            }
        }

        /// <summary>Receives what has arrived.</summary>
        /// <returns>
        /// Number of octets; 0 when the peer has ended its side; <see cref="NotYet"/> or <see cref="Lost"/>.
        /// </returns>
        internal virtual int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return Result(_socket.Receive(buffer, offset, count, SocketFlags.None, out SocketError error), error);
            }
            catch (ObjectDisposedException)
            {
                return Lost;
            }
        }

        /// <summary>Sends as many octets as the network stack has room for.</summary>
        /// <returns>Number of octets, at least 1; <see cref="NotYet"/> or <see cref="Lost"/>.</returns>
        internal virtual int Send(byte[] buffer, int offset, int count)
        {
            try
            {
                int sent = Result(_socket.Send(buffer, offset, count, SocketFlags.None, out SocketError error), error);
                return sent == 0 ? NotYet : sent;
            }
            catch (ObjectDisposedException)
            {
                return Lost;
            }
        }

        /// <summary>Waits until <see cref="Receive"/> has a result.</summary>
        internal virtual bool WaitForData(int milliseconds)
        {
            return SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectRead);
        }

        /// <summary>Waits until <see cref="Send"/> takes octets, or fails.</summary>
        internal virtual bool WaitForRoom(int milliseconds)
        {
            return SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectWrite);
        }

        private static void WidenSendBuffer(Socket socket)
        {
            try
            {
                socket.SetRawSocketOption(Tcp, NotSentLowWaterMark, BitConverter.GetBytes(MostUnsent));
                socket.SendBufferSize = SendBuffer;
            }
            catch (SocketException)
            {
                // The small buffer stays, as it does where there is no such option.
            }
        }

        private static int Result(int count, SocketError error)
        {
            switch (error)
            {
                case SocketError.Success:
                    return count;

                case SocketError.WouldBlock:
                case SocketError.Interrupted:
                    return NotYet;

                default:
                    return Lost;
            }
        }
    }
}
