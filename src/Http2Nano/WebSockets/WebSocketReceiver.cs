using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.WebSockets
{
    /// <summary>Reads a client's frames (RFC 6455 5) as they arrive, over either protocol.</summary>
    /// <remarks>
    /// Payload is unmasked in the server's receive buffer and passed on from there. Only a header that arrives in pieces,
    /// and the payload of a Ping or Close, are stored.
    /// </remarks>
    internal sealed class WebSocketReceiver : BodySink
    {
        // RFC 6455 5.2.
        private const int Fin = 0x80;
        private const int Reserved = 0x70;
        private const int OpcodeBits = 0x0F;
        private const int Masked = 0x80;
        private const int LengthBits = 0x7F;
        private const int Length16 = 126;
        private const int MaskLength = 4;
        private const int ShortHeader = 2 + MaskLength;

        // The bit of octets that are not ASCII.
        private const long HighBits = unchecked((long)0x8080808080808080);

        private const int FinToPiece = 4;

        private readonly WebSocket _socket;
        private readonly WebSocketSender _sender;
        private readonly WebSocketEndpoint _endpoint;

        // Number of octets of an incomplete header.
        private int _held;

        // The frame: its first octet, the octets of payload to come, the mask rotated for the next of them.
        private int _first;
        private int _left;
        private int _mask;

        // The message: its opcode, or 0 between messages; and the state of the UTF-8 check.
        private int _message;
        private int _utf8;

        // Length of the payload of a Ping or Close.
        private int _controlLength;

        // Whether all further octets are dropped.
        private bool _deaf;

        internal WebSocketReceiver(WebSocket socket)
        {
            _socket = socket;
            _sender = socket.Sender;
            _endpoint = socket.Endpoint;
        }

        internal void Begin()
        {
            _held = 0;
            _left = 0;
            _message = 0;
            _utf8 = 0;
            _controlLength = 0;
            _deaf = false;
        }

        /// <inheritdoc/>
        public override int Room(int key)
        {
            // Some of the octets are headers, so the payload is at most this long.
            return _deaf || _sender.Code != 0 ? int.MaxValue : _endpoint.Room(_socket);
        }

        /// <inheritdoc/>
        public override void Write(int key, byte[] buffer, int offset, int count)
        {
            _sender.Heard = true;
            int end = offset + count;
            do
            {
                if (_deaf)
                {
                    return;
                }

                if (_left == 0)
                {
                    // Most frames are short, complete messages, and have arrived completely.
                    int behind = (_held | _message) != 0 || end - offset < ShortHeader ? 0 : TakeShortMessage(buffer, offset, end);
                    offset = behind != 0 ? behind : ReadHeader(buffer, offset, end);
                    continue;
                }

                count = end - offset;
                if (count > _left)
                {
                    count = _left;
                }

                _left -= count;
                if ((_first & Opcode.Close) == 0)
                {
                    ReadPayload(buffer, offset, count);
                }
                else
                {
                    ReadControl(buffer, offset, count);
                }

                offset += count;
            }
            while (offset < end);
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _deaf = true;
            _socket.SinkClosed();
        }

        // RFC 6455 7.1.7: octets after an error are not processed.
        private void Fail(int code)
        {
            _deaf = true;
            _sender.Fail(code);
        }

        // Returns the offset after the message; 0 for a frame that has to be read in pieces.
        private int TakeShortMessage(byte[] buffer, int offset, int end)
        {
            int first = buffer[offset];
            int length = buffer[offset + 1] ^ Masked;
            int start = offset + ShortHeader;

            // Without the bit of a mask it is longer too.
            if (length >= Length16 || length > end - start || (first != (Fin | Opcode.Text) && first != (Fin | Opcode.Binary)))
            {
                return 0;
            }

            end = start + length;
            long seen = FrameMask.Remove(buffer, start, end, BitConverter.ToInt32(buffer, offset + 2), _socket.Octets);
            if ((seen & HighBits) != 0 && first == (Fin | Opcode.Text) && !IsWholeText(buffer, start, end))
            {
                return end;
            }

            if (_sender.Code == 0)
            {
                _endpoint.Receive(_socket, (WebSocketPiece)(first - (Fin - FinToPiece)), buffer, start, length);
            }

            return end;
        }

        private int ReadHeader(byte[] buffer, int offset, int end)
        {
            int available = end - offset;
            if (_held == 0 && available > 1)
            {
                int length = HeaderLength(buffer[offset + 1]);
                if (length <= available)
                {
                    if (Check(buffer[offset], buffer[offset + 1]))
                    {
                        BeginFrame(buffer, offset);
                    }

                    return offset + length;
                }
            }

            // Reads octets of the header into its storage.
            byte[] octets = _socket.Octets;
            octets[WebSocket.HeaderAt + _held++] = buffer[offset++];
            if (_held == 2)
            {
                Check(octets[WebSocket.HeaderAt], octets[WebSocket.HeaderAt + 1]);
            }
            else if (_held > 2 && _held == HeaderLength(octets[WebSocket.HeaderAt + 1]))
            {
                _held = 0;
                BeginFrame(octets, WebSocket.HeaderAt);
            }

            return offset;
        }

        private static int HeaderLength(int second)
        {
            int length = second & LengthBits;
            return length < Length16 ? 2 + MaskLength : length == Length16 ? 4 + MaskLength : 10 + MaskLength;
        }

        // Whether a frame may begin with these two octets.
        private bool Check(int first, int second)
        {
            int opcode = first & OpcodeBits;
            bool good;

            // RFC 6455 5.2: no extension was negotiated that defines the reserved bits. 5.1: a client must mask.
            if ((first & Reserved) != 0 || second < Masked)
            {
                good = false;
            }
            else if (opcode < Opcode.Close)
            {
                // 5.4: a message must end before the next one begins, and a continuation needs a message.
                good = opcode == Opcode.Continuation ? _message != 0 : opcode <= Opcode.Binary && _message == 0;
            }
            else
            {
                // 5.5: control frames are short and not fragmented.
                good = opcode <= Opcode.Pong && first >= Fin && (second & LengthBits) <= WebSocket.ControlLimit;
            }

            if (!good)
            {
                Fail(CloseCode.ProtocolError);
            }

            return good;
        }

        // The header is complete, and its first two octets are valid.
        private void BeginFrame(byte[] bytes, int at)
        {
            int first = bytes[at];
            int length = bytes[at + 1] & LengthBits;
            at += 2;
            if (length >= Length16)
            {
                length = length == Length16 ? LengthOf16(bytes, at) : LengthOf64(bytes, at);
                if (length < 0)
                {
                    Fail(-length);
                    return;
                }

                at += length > ushort.MaxValue ? 8 : 2;
            }

            _first = first;
            _left = length;
            _mask = BitConverter.ToInt32(bytes, at);
            if ((first & Opcode.Close) != 0)
            {
                if ((first & OpcodeBits) != Opcode.Pong)
                {
                    _controlLength = 0;
                    _sender.ForgetPing();
                }

                if (length == 0)
                {
                    EndControl();
                }

                return;
            }

            if ((first & OpcodeBits) != Opcode.Continuation)
            {
                _message = first & OpcodeBits;
                _utf8 = 0;
            }

            if (length == 0 && first >= Fin)
            {
                ReadPayload(bytes, at, 0);
            }
        }

        // RFC 6455 5.2: the length must have its shortest form. Negative for an error code.
        private static int LengthOf16(byte[] bytes, int at)
        {
            int length = (bytes[at] << 8) | bytes[at + 1];
            return length < Length16 ? -CloseCode.ProtocolError : length;
        }

        private static int LengthOf64(byte[] bytes, int at)
        {
            if (bytes[at] >= 0x80)
            {
                // RFC 6455 5.2: the highest bit is 0.
                return -CloseCode.ProtocolError;
            }

            int high = bytes[at] | bytes[at + 1] | bytes[at + 2] | bytes[at + 3];
            if (high != 0 || bytes[at + 4] >= 0x80)
            {
                return -CloseCode.TooBig;
            }

            int length = (bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7];
            return length <= ushort.MaxValue ? -CloseCode.ProtocolError : length;
        }

        // Passes octets of a message on; none when its last frame is empty.
        private void ReadPayload(byte[] buffer, int offset, int count)
        {
            long seen = UnmaskPiece(buffer, offset, count);
            bool last = _left == 0 && _first >= Fin;
            int piece = _message;
            if (piece == Opcode.Text)
            {
                // RFC 6455 8.1: the check continues over all frames of a message.
                if (((seen & HighBits) != 0 || _utf8 != 0) && !CheckText(buffer, offset, offset + count, last))
                {
                    return;
                }
            }

            if (last)
            {
                _message = 0;
                piece |= FinToPiece;
            }

            if (_sender.Code == 0)
            {
                _endpoint.Receive(_socket, (WebSocketPiece)piece, buffer, offset, count);
            }
        }

        private bool IsWholeText(byte[] bytes, int at, int end)
        {
            _utf8 = 0;
            return CheckText(bytes, at, end, true);
        }

        // Returns false when the text is not UTF-8; then the socket fails.
        private bool CheckText(byte[] bytes, int at, int end, bool last)
        {
            int state = _utf8;
            for (; at < end; at++)
            {
                int octet = bytes[at];
                if (octet >= 0x80 || state != 0)
                {
                    state = Utf8.Next(state, octet);
                    if (state < 0)
                    {
                        Fail(CloseCode.InvalidData);
                        return false;
                    }
                }
            }

            _utf8 = state;
            if (last && state != 0)
            {
                Fail(CloseCode.InvalidData);
                return false;
            }

            return true;
        }

        // Unmasks octets of a frame that continues in the next piece.
        private long UnmaskPiece(byte[] buffer, int at, int count)
        {
            int mask = _mask;
            int turn = (count & 3) << 3;
            if (turn != 0)
            {
                _mask = (int)(((uint)mask >> turn) | ((uint)mask << (32 - turn)));
            }

            return FrameMask.Remove(buffer, at, at + count, mask, _socket.Octets);
        }

        private void ReadControl(byte[] buffer, int offset, int count)
        {
            // The payload of a Pong is ignored, so that it does not overwrite that of a Ping which waits for its answer.
            if ((_first & OpcodeBits) != Opcode.Pong)
            {
                byte[] octets = _socket.Octets;
                int at = WebSocket.ControlAt + _controlLength;
                Array.Copy(buffer, offset, octets, at, count);
                UnmaskPiece(octets, at, count);
                _controlLength += count;
            }

            if (_left == 0)
            {
                EndControl();
            }
        }

        private void EndControl()
        {
            switch (_first & OpcodeBits)
            {
                case Opcode.Ping:
                    _sender.Answer(_controlLength);
                    break;
                case Opcode.Close:
                    EndClose();
                    break;
            }
        }

        // RFC 6455 5.5.1: the payload is a code and a text, or empty.
        private void EndClose()
        {
            int length = _controlLength;
            if (length == 0)
            {
                _deaf = true;
                _sender.ClosedByClient(CloseCode.NoStatus);
                return;
            }

            byte[] octets = _socket.Octets;
            int code = length == 1 ? 0 : (octets[WebSocket.ControlAt] << 8) | octets[WebSocket.ControlAt + 1];
            if (!CloseCode.MayBeSent(code))
            {
                Fail(CloseCode.ProtocolError);
                return;
            }

            if (!IsWholeText(octets, WebSocket.ControlAt + 2, WebSocket.ControlAt + length))
            {
                return;
            }

            // The sender returns the code to the client (5.5.1).
            _deaf = true;
            _sender.ClosedByClient(code);
        }
    }
}
