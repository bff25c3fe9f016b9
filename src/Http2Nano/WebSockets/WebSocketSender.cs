using System;
using Http2Nano.Messages;

namespace Http2Nano.WebSockets
{
    /// <summary>
    /// Writes frames to a client (RFC 6455 5), as a source: messages of the application, Pongs, and the Close frame.
    /// </summary>
    /// <remarks>
    /// A frame of a message is written in place, its header in front of the octets that the application has written.
    /// Control frames, and frames for which there is little room, are first assembled in the socket's own array.
    /// </remarks>
    internal sealed class WebSocketSender : BodySource
    {
        private const int Fin = 0x80;

        // The smallest room for a frame in place; a frame with less room is assembled in the array.
        private const int LeastRoom = 16;

        // Milliseconds for which octets after an error are still dropped, so that the client receives the Close frame.
        private const int Linger = 250;

        private const int ShortHeader = 2;
        private const int LongHeader = 4;
        private const int EndOfMessage = 4;
        private const int KindOfPiece = 3;

        private readonly WebSocket _socket;
        private readonly WebSocketEndpoint _endpoint;

        // The frame in the socket's array: its length, and the number of octets sent.
        private int _staged;
        private int _sent;

        // 1 more than the length of the payload of a Ping that has not been answered; 0 for none.
        private int _ping;

        // Whether the Close frame is in the array and sent next; whether it has been sent.
        private bool _closing;
        private bool _closed;

        // Whether the client has closed, or has made an error and is not waited for.
        private bool _final;
        private bool _failed;

        // Whether a message has begun, so that its next frames are continuations.
        private bool _within;

        private bool _pinged;
        private long _since;

        /// <summary>The code to close with; 0 while the closing handshake has not begun.</summary>
        internal int Code;

        /// <summary>Whether octets have arrived from the client.</summary>
        internal bool Heard;

        /// <summary>The code with which the application closes, or <see cref="Unheard"/>; 0 for none.</summary>
        internal int Asked;

        /// <summary>
        /// The client's side has ended without a Close frame, or the server has ended it because it stops.
        /// </summary>
        internal const int Unheard = -1;

        private const long Recently = -1;

        internal WebSocketSender(WebSocket socket)
        {
            _socket = socket;
            _endpoint = socket.Endpoint;
        }

        internal void Begin(long now)
        {
            _staged = 0;
            _sent = 0;
            _ping = 0;
            Code = 0;
            _closing = false;
            _closed = false;
            _final = false;
            _failed = false;
            _within = false;
            _pinged = false;
            _since = now;
            Heard = false;
            Asked = 0;
        }

        /// <summary>A Ping has arrived (RFC 6455 5.5.2); its payload is in the socket's array.</summary>
        /// <param name="length">Length of the payload.</param>
        internal void Answer(int length)
        {
            // 5.5.3: of several unanswered Pings only the latest needs an answer.
            _ping = length + 1;
        }

        /// <summary>The payload of a Ping is about to be overwritten.</summary>
        internal void ForgetPing()
        {
            _ping = 0;
        }

        /// <summary>
        /// The client has closed (RFC 6455 5.5.1). Its code is returned, unless the server has closed first.
        /// </summary>
        internal void ClosedByClient(int code)
        {
            _final = true;
            Begin(code, code);
        }

        /// <summary>The client has violated the protocol (RFC 6455 7.1.7).</summary>
        internal void Fail(int code)
        {
            _failed = true;
            Begin(code, code);
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            if (_staged == 0)
            {
                if ((Code | Asked | _ping) == 0)
                {
                    int read = ReadMessage(buffer, offset, count);
                    if (read != 0)
                    {
                        return read;
                    }

                    if (Heard)
                    {
                        // The time of the arrival is determined when nothing more arrives.
                        Heard = false;
                        _since = Recently;
                        return 0;
                    }

                    if (!CheckTime())
                    {
                        return Code == 0 ? 0 : Failed;
                    }
                }
                else if (!StageControl())
                {
                    return End();
                }
            }

            return TakeStaged(buffer, offset, count);
        }

        /// <inheritdoc/>
        public override bool IsReady(int key)
        {
            if ((_staged | Code | Asked | _ping) != 0 || _endpoint.HasMessage(_socket))
            {
                return true;
            }

            if (Heard)
            {
                Heard = false;
                _since = Recently;
                return false;
            }

            return IsTimeUp();
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            if (Code == 0)
            {
                Code = CloseCode.Abnormal;
            }

            _socket.SourceClosed();
        }

        // Returns false when everything has been sent.
        private bool StageControl()
        {
            if (Code == 0 && Asked != 0)
            {
                Begin(Asked, Asked == Unheard ? CloseCode.Abnormal : Asked);
            }

            if (Code == 0)
            {
                StagePong();
                return true;
            }

            if (_closed)
            {
                return false;
            }

            StageClose();
            return true;
        }

        // Sets the code to send and the code for the application. Only the first call counts.
        private void Begin(int code, int reason)
        {
            _socket.Ends(reason);
            if (Code == 0)
            {
                Code = code == Unheard ? CloseCode.GoingAway : code;
            }
        }

        private int TakeStaged(byte[] buffer, int offset, int count)
        {
            int left = _staged - _sent;
            if (count > left)
            {
                count = left;
            }

            Array.Copy(_socket.Octets, WebSocket.StagedAt + _sent, buffer, offset, count);
            _sent += count;
            if (count == left)
            {
                _staged = 0;
                _sent = 0;
                if (_closing)
                {
                    _closed = true;
                    _since = _endpoint.Clock.Now;
                }
            }

            return count;
        }

        // RFC 6455 7.1.1: the server closes the connection when both sides have sent Close. It does not wait long for the
        // client's.
        private int End()
        {
            return _final || _socket.IsUnheard || _endpoint.Clock.Now - _since >= (_failed ? Linger : _endpoint.CloseTimeout) ? EndOfBody : 0;
        }

        private int ReadMessage(byte[] buffer, int offset, int count)
        {
            WebSocketPiece piece;
            if (count < LeastRoom)
            {
                int few = _endpoint.Read(_socket, _socket.Octets, WebSocket.StagedAt + ShortHeader, LeastRoom, out piece);
                if (!IsFrame(piece, few, LeastRoom))
                {
                    return 0;
                }

                _staged = ShortHeader + few;
                WriteHeader(_socket.Octets, WebSocket.StagedAt, piece, few);
                return TakeStaged(buffer, offset, count);
            }

            int header = count <= ShortHeader + WebSocket.ControlLimit ? ShortHeader : LongHeader;
            int room = count - header;
            if (room > ushort.MaxValue)
            {
                room = ushort.MaxValue;
            }

            int length = _endpoint.Read(_socket, buffer, offset + header, room, out piece);
            if ((piece == WebSocketPiece.None && length == 0) || !IsFrame(piece, length, room))
            {
                return 0;
            }

            if (length <= WebSocket.ControlLimit)
            {
                // RFC 6455 5.2: the length must have its shortest form.
                if (header == LongHeader)
                {
                    Array.Copy(buffer, offset + LongHeader, buffer, offset + ShortHeader, length);
                }

                WriteHeader(buffer, offset, piece, length);
                return ShortHeader + length;
            }

            WriteHeader(buffer, offset, piece, WebSocket.ControlLimit + 1);
            buffer[offset + 2] = (byte)(length >> 8);
            buffer[offset + 3] = (byte)length;
            return LongHeader + length;
        }

        // Whether a frame has to be sent, rather than an empty part of a message.
        private static bool IsFrame(WebSocketPiece piece, int length, int room)
        {
            if (length < 0 || length > room || (piece == WebSocketPiece.None && length != 0))
            {
                throw new InvalidOperationException("Read of a WebSocketEndpoint returns what it has written, and a piece for it.");
            }

            return length != 0 || ((int)piece & EndOfMessage) != 0;
        }

        private void WriteHeader(byte[] bytes, int at, WebSocketPiece piece, int length)
        {
            int first = _within ? Opcode.Continuation : (int)piece & KindOfPiece;
            _within = ((int)piece & EndOfMessage) == 0;
            bytes[at] = (byte)(_within ? first : first | Fin);
            bytes[at + 1] = (byte)length;
        }

        private void StagePong()
        {
            int length = _ping - 1;
            Array.Copy(_socket.Octets, WebSocket.ControlAt, _socket.Octets, WebSocket.StagedAt + ShortHeader, length);
            Stage(Opcode.Pong, length);
            _ping = 0;
        }

        private void StageClose()
        {
            _closing = true;
            byte[] octets = _socket.Octets;
            octets[WebSocket.StagedAt + ShortHeader] = (byte)(Code >> 8);
            octets[WebSocket.StagedAt + ShortHeader + 1] = (byte)Code;
            Stage(Opcode.Close, Code == CloseCode.NoStatus ? 0 : 2);
        }

        private void Stage(int opcode, int length)
        {
            byte[] octets = _socket.Octets;
            octets[WebSocket.StagedAt] = (byte)(Fin | opcode);
            octets[WebSocket.StagedAt + 1] = (byte)length;
            _staged = ShortHeader + length;
        }

        // Whether the client has been silent for the interval between two Pings.
        private bool IsTimeUp()
        {
            int interval = _endpoint.PingInterval;
            if (interval == 0)
            {
                return false;
            }

            long now = _endpoint.Clock.Now;
            if (_since == Recently)
            {
                _pinged = false;
                _since = now;
                return false;
            }

            return now - _since >= interval;
        }

        // Sends a Ping to a silent client (RFC 6455 5.5.2), and disconnects one that does not answer.
        private bool CheckTime()
        {
            if (!IsTimeUp())
            {
                return false;
            }

            long now = _endpoint.Clock.Now;
            if (_endpoint.Room(_socket) <= 0)
            {
                // Nothing is read at present, so a Pong may wait behind a message.
                _pinged = false;
                _since = now;
                return false;
            }

            if (_pinged)
            {
                Code = CloseCode.Abnormal;
                return false;
            }

            _pinged = true;
            _since = now;
            Stage(Opcode.Ping, 0);
            return true;
        }
    }
}
