using System;
using System.Net.Security;
using System.Net.Sockets;

namespace Http2Nano.Hosting.Device
{
    /// <summary>A TLS connection on the device.</summary>
    internal sealed class DeviceTlsTransport : Transport
    {
        // One TLS record per call, because the native write blocks the runtime until the record is sent.
        private const int Portion = 1024;

        private readonly Socket _socket;
        private readonly SslStream _stream;

        internal DeviceTlsTransport(Socket socket, SslStream stream)
        {
            _socket = socket;
            _stream = stream;
        }

        public override bool IsSecure
        {
            get { return true; }
        }

        public override string PeerAddress
        {
            get { return SocketOptions.PeerAddress(_socket); }
        }

        public override bool WaitForData(int milliseconds)
        {
            // DataAvailable counts decrypted octets only; the socket tells whether more have arrived.
            return _stream.DataAvailable || SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectRead);
        }

        public override bool WaitForRoom(int milliseconds)
        {
            return SocketOptions.Poll(_socket, milliseconds, SelectMode.SelectWrite);
        }

        public override int Receive(byte[] buffer, int offset, int count)
        {
            try
            {
                return _stream.Read(buffer, offset, count);
            }
            catch (Exception)
            {
                return Lost;
            }
        }

        public override int Send(byte[] buffer, int offset, int count)
        {
            if (count > Portion)
            {
                count = Portion;
            }

            try
            {
                _stream.Write(buffer, offset, count);
                return count;
            }
            catch (Exception)
            {
                return Lost;
            }
        }

        public override void Close()
        {
            try
            {
                _stream.Close();
            }
            catch (Exception)
            {
                // The connection is already lost.
            }

            SocketOptions.Close(_socket);
        }
    }
}
