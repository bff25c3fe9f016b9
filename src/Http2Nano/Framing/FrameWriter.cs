using System;
using Http2Nano.Buffers;

namespace Http2Nano.Framing
{
    /// <summary>
    /// Writes frames (RFC 9113 4) into the transmit buffer. The caller has reserved the bytes that each method states.
    /// </summary>
    public sealed class FrameWriter
    {
        /// <summary>
        /// Bytes that must be free before a frame is processed. WINDOW_UPDATE, RST_STREAM and GOAWAY in reply to one frame
        /// fit, and so do the server's SETTINGS followed by GOAWAY.
        /// </summary>
        public const int ControlFrameRoom = 64;

        /// <summary>Length of RST_STREAM in bytes. They stay free after everything that is written for a stream.</summary>
        public const int RstStreamLength = FrameReader.HeaderLength + 4;

        /// <summary>Length of GOAWAY in bytes.</summary>
        public const int GoAwayLength = FrameReader.HeaderLength + 8;

        private const int WindowUpdateLength = FrameReader.HeaderLength + 4;

        private readonly TransmitBuffer _transmit;

        /// <summary>Sees the frames, or null.</summary>
        internal FrameObserver Observer;

        /// <summary>Makes a writer.</summary>
        /// <param name="transmit">The buffer to write to.</param>
        public FrameWriter(TransmitBuffer transmit)
        {
            _transmit = transmit;
        }

        /// <summary>Writes a frame header at a given offset, for a payload that already follows it.</summary>
        /// <param name="offset">Offset in the transmit buffer of the nine octets.</param>
        /// <param name="length">Length of the payload in bytes, at most 16,384.</param>
        /// <param name="type">Frame type.</param>
        /// <param name="flags">Flags.</param>
        /// <param name="stream">Stream identifier.</param>
        public void WriteHeader(int offset, int length, int type, int flags, int stream)
        {
            byte[] bytes = _transmit.Bytes;
            bytes[offset] = 0;
            bytes[offset + 1] = (byte)(length >> 8);
            bytes[offset + 2] = (byte)length;
            bytes[offset + 3] = (byte)type;
            bytes[offset + 4] = (byte)flags;
            bytes[offset + 5] = (byte)(stream >> 24);
            bytes[offset + 6] = (byte)(stream >> 16);
            bytes[offset + 7] = (byte)(stream >> 8);
            bytes[offset + 8] = (byte)stream;
            if (Observer != null)
            {
                Observer.Observe(bytes, offset, offset + FrameReader.HeaderLength + length, true);
            }
        }

        /// <summary>
        /// Writes the header of the DATA frame that ends a stream, at a given offset, for a payload that already follows it.
        /// </summary>
        /// <param name="other">Offset of the header of another frame on the same stream, which is repeated but for what differs.</param>
        /// <param name="offset">Offset in the transmit buffer of the nine octets.</param>
        /// <param name="length">Length of the payload in bytes, at most 16,384.</param>
        internal void RepeatAsLastData(int other, int offset, int length)
        {
            byte[] bytes = _transmit.Bytes;
            Array.Copy(bytes, other, bytes, offset, FrameReader.HeaderLength);
            bytes[offset + 1] = (byte)(length >> 8);
            bytes[offset + 2] = (byte)length;
            bytes[offset + 3] = FrameType.Data;
            bytes[offset + 4] = FrameFlags.EndStream;
            if (Observer != null)
            {
                Observer.Observe(bytes, offset, offset + FrameReader.HeaderLength + length, true);
            }
        }

        /// <summary>Appends a frame header. 9 bytes.</summary>
        /// <param name="length">Length of the payload in bytes.</param>
        /// <param name="type">Frame type.</param>
        /// <param name="flags">Flags.</param>
        /// <param name="stream">Stream identifier.</param>
        public void Header(int length, int type, int flags, int stream)
        {
            WriteHeader(_transmit.End, length, type, flags, stream);
            _transmit.End += FrameReader.HeaderLength;
        }

        /// <summary>Appends one entry of a SETTINGS payload. 6 bytes.</summary>
        /// <param name="identifier">A <see cref="Framing.Setting"/>.</param>
        /// <param name="value">Its value.</param>
        public void Setting(int identifier, int value)
        {
            byte[] bytes = _transmit.Bytes;
            int end = _transmit.End;
            bytes[end] = (byte)(identifier >> 8);
            bytes[end + 1] = (byte)identifier;
            _transmit.End = end + 2;
            Int32(value);
        }

        /// <summary>Appends an acknowledgement of SETTINGS (RFC 9113 6.5.3). 9 bytes.</summary>
        public void SettingsAck()
        {
            Header(0, FrameType.Settings, FrameFlags.Ack, 0);
        }

        /// <summary>Appends an acknowledgement of PING (RFC 9113 6.7). 17 bytes.</summary>
        /// <param name="opaque">Array that holds the eight octets of opaque data.</param>
        /// <param name="offset">The first of them.</param>
        public void PingAck(byte[] opaque, int offset)
        {
            Header(8, FrameType.Ping, FrameFlags.Ack, 0);
            _transmit.Append(opaque, offset, 8);
        }

        /// <summary>Appends RST_STREAM (RFC 9113 6.4). 13 bytes.</summary>
        /// <param name="stream">The stream.</param>
        /// <param name="errorCode">An <see cref="ErrorCode"/>.</param>
        public void RstStream(int stream, int errorCode)
        {
            _transmit.End += FrameReader.HeaderLength;
            Int32(errorCode);
            WriteHeader(_transmit.End - RstStreamLength, 4, FrameType.RstStream, 0, stream);
        }

        /// <summary>Appends GOAWAY (RFC 9113 6.8). 17 bytes.</summary>
        /// <param name="lastStream">The highest stream that the server has processed or may yet process.</param>
        /// <param name="errorCode">An <see cref="ErrorCode"/>.</param>
        public void GoAway(int lastStream, int errorCode)
        {
            _transmit.End += FrameReader.HeaderLength;
            Int32(lastStream);
            Int32(errorCode);
            WriteHeader(_transmit.End - GoAwayLength, 8, FrameType.GoAway, 0, 0);
        }

        /// <summary>Appends WINDOW_UPDATE (RFC 9113 6.9). 13 bytes.</summary>
        /// <param name="stream">The stream, or 0 for the connection.</param>
        /// <param name="increment">1 to 2,147,483,647 bytes.</param>
        public void WindowUpdate(int stream, int increment)
        {
            _transmit.End += FrameReader.HeaderLength;
            Int32(increment);
            WriteHeader(_transmit.End - WindowUpdateLength, 4, FrameType.WindowUpdate, 0, stream);
        }

        /// <summary>Appends four octets in network order. 4 bytes.</summary>
        /// <param name="value">The number.</param>
        public void Int32(int value)
        {
            byte[] bytes = _transmit.Bytes;
            int end = _transmit.End;
            bytes[end] = (byte)(value >> 24);
            bytes[end + 1] = (byte)(value >> 16);
            bytes[end + 2] = (byte)(value >> 8);
            bytes[end + 3] = (byte)value;
            _transmit.End = end + 4;
        }
    }
}
