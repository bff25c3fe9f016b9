using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>The body of one response, pulled into the transmit buffer when there is room (RFC 9112 6 and 7).</summary>
    internal sealed class ResponseBody
    {
        // How the end of a body is marked (RFC 9112 6.3).

        /// <summary>The response has no body.</summary>
        internal const int None = 0;

        /// <summary>By content-length.</summary>
        internal const int Counted = 1;

        /// <summary>By the chunked transfer coding.</summary>
        internal const int Chunked = 2;

        /// <summary>By closing the connection, for clients of HTTP/1.0.</summary>
        internal const int UntilClose = 3;

        // Results of Advance.

        /// <summary>The transmit buffer has too little room.</summary>
        internal const int NoRoom = 0;

        /// <summary>The source has no octets at present.</summary>
        internal const int NothingYet = 1;

        /// <summary>The whole body is in the transmit buffer.</summary>
        internal const int Complete = 2;

        /// <summary>The source failed, or its length is not the announced one.</summary>
        internal const int Broken = 3;

        // RFC 9112 7.1: the size is written before the data, so its number of digits is fixed. Four suffice for a transmit
        // buffer of at most 65,536 bytes.
        private const int SizeDigits = 4;
        private const int ChunkPrefix = SizeDigits + 2;
        private const int ChunkOverhead = ChunkPrefix + 2;

        private readonly TransmitBuffer _transmit;
        private readonly ServerCounters _counters;

        /// <summary>How the end of the body is marked.</summary>
        internal int Coding;

        /// <summary>Octets of the body that have been read.</summary>
        internal int Position;

        private HttpResponse _response;
        private int _left;

        internal ResponseBody(TransmitBuffer transmit, ServerCounters counters)
        {
            _transmit = transmit;
            _counters = counters;
        }

        /// <summary>Whether the body is read, rather than left out as in the response to HEAD.</summary>
        internal bool IsRead
        {
            get { return Coding != None; }
        }

        /// <summary>Begins the body of a response whose head is being written.</summary>
        /// <param name="response">The response.</param>
        /// <param name="coding">How the end of the body is marked.</param>
        internal void Begin(HttpResponse response, int coding)
        {
            _response = response;
            Coding = coding;
            Position = 0;
            _left = response.BodyLength;
        }

        /// <summary>Fills the transmit buffer.</summary>
        internal int Advance()
        {
            if (Coding == None || _left == 0)
            {
                return End();
            }

            return _response.Source == null ? CopyArray() : Pull();
        }

        /// <summary>Fills the transmit buffer from an array, of which something is left behind that.</summary>
        /// <returns>False when it is otherwise; then nothing has happened.</returns>
        internal bool Fill()
        {
            TransmitBuffer transmit = _transmit;
            byte[] bytes = transmit.Bytes;
            int count = bytes.Length - transmit.End + transmit.Start;
            if (count >= _left || count < bytes.Length >> 2 || _response.Source != null)
            {
                return false;
            }

            if (transmit.Start != 0)
            {
                transmit.Reserve(count);
            }

            int position = Position;
            Array.Copy(_response.BodyBytes, _response.BodyOffset + position, bytes, transmit.End, count);
            transmit.End = bytes.Length;
            Position = position + count;
            _left -= count;
            return true;
        }

        private int End()
        {
            return Coding == Chunked ? EndChunks() : Complete;
        }

        private int EndChunks()
        {
            // A source may add trailers until it ends. Those that can never fit are left out.
            int first = _response.Trailers;
            int length = ResponseTrailers.Length(_response.Headers, first);
            if (length > _transmit.Bytes.Length - KnownText.LastChunkLength)
            {
                length = 0;
                first = -1;
            }

            if (!_transmit.Reserve(KnownText.LastChunkLength + length))
            {
                _left = 0;
                return NoRoom;
            }

            // The constant contains the last chunk and the empty line; the trailers are written between them.
            byte[] bytes = _transmit.Bytes;
            int end = _transmit.End;
            Array.Copy(KnownText.Octets, KnownText.LastChunk, bytes, end, KnownText.LastChunkLength);
            end = ResponseTrailers.Write(_response.Headers, first, bytes, end + KnownText.LastChunkLength - 2);
            bytes[end] = (byte)'\r';
            bytes[end + 1] = (byte)'\n';
            _transmit.End = end + 2;
            return Complete;
        }

        private int CopyArray()
        {
            int count = Room(0);
            if (count == 0)
            {
                return NoRoom;
            }

            TransmitBuffer transmit = _transmit;
            transmit.Reserve(count);
            int position = Position;
            Array.Copy(_response.BodyBytes, _response.BodyOffset + position, transmit.Bytes, transmit.End, count);
            transmit.End += count;
            Position = position + count;
            _left -= count;
            return _left == 0 ? Complete : NoRoom;
        }

        private int Pull()
        {
            bool chunked = Coding == Chunked;
            int overhead = chunked ? ChunkOverhead : 0;
            while (true)
            {
                int count = Room(overhead);
                if (count == 0)
                {
                    return NoRoom;
                }

                _transmit.Reserve(count + overhead);
                int data = chunked ? _transmit.End + ChunkPrefix : _transmit.End;
                int read = GuardedBody.Read(
                    _response.Source, _response.SourceKey, Position, _transmit.Bytes, data, count, _counters);
                if (read == 0)
                {
                    return NothingYet;
                }

                if (read == BodySource.EndOfBody)
                {
                    // A source must not end before the announced length.
                    return _left > 0 ? Broken : End();
                }

                if (read < 0)
                {
                    return Broken;
                }

                if (chunked)
                {
                    WrapChunk(read);
                }
                else
                {
                    _transmit.End += read;
                }

                Position = read > int.MaxValue - Position ? int.MaxValue : Position + read;
                if (_left > 0)
                {
                    _left -= read;
                    if (_left == 0)
                    {
                        return Complete;
                    }
                }
            }
        }

        // Octets of data to write next; 0 to wait for more room.
        private int Room(int overhead)
        {
            int room = _transmit.Free - overhead;
            if (_left >= 0 && _left <= room)
            {
                return _left;
            }

            // Less than a quarter of the buffer is not worth a chunk's framing.
            return room < _transmit.Bytes.Length >> 2 ? 0 : room;
        }

        private void WrapChunk(int count)
        {
            byte[] bytes = _transmit.Bytes;
            int at = _transmit.End;
            for (int shift = (SizeDigits - 1) * 4; shift >= 0; shift -= 4)
            {
                int digit = (count >> shift) & 15;
                bytes[at++] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            }

            bytes[at] = (byte)'\r';
            bytes[at + 1] = (byte)'\n';
            at += 2 + count;
            bytes[at] = (byte)'\r';
            bytes[at + 1] = (byte)'\n';
            _transmit.End = at + 2;
        }
    }
}
