using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // Requests that come again. A field block means what it meant before as long as the dynamic table has not changed (RFC 7541
    // 2.3.2), so one that is octet for octet the block that a free exchange has read last, on this connection, is not read: the
    // fields, the target and the route lie in the exchange. Nothing but equal octets counts; a hash would let a client of a proxy
    // choose the request of another one on the same connection.
    //
    // Remembered are requests without content, in one HEADERS frame, that were well-formed and served, and whose block neither
    // inserted into the table nor resized it.
    internal sealed partial class FieldBlocks
    {
        private const int Nowhere = -1;
        private const int Complete = FrameFlags.EndHeaders | FrameFlags.EndStream;
        private const int PriorityLength = 5;

        // A table size update begins with these bits (RFC 7541 6.3).
        private const int UpdateMask = 0xE0;
        private const int Update = 0x20;

        // Where in the receive buffer the block lies that is being read, if it may be remembered, and its length; and the version of
        // the table before it.
        private int _whole;
        private int _wholeLength;
        private int _version;

        /// <summary>Opens the stream of a request that is remembered, if that is what comes next and as a whole.</summary>
        /// <returns>False when nothing has happened: the frame is to be read as any other.</returns>
        internal bool OpenAgain()
        {
            ReceiveBuffer receive = _connection.Receive;
            byte[] bytes = receive.Bytes;
            int start = receive.Start;
            int at = start + FrameReader.HeaderLength;
            int end = receive.End;
            if (end <= at)
            {
                return false;
            }

            // Four octets in one go, in the order of the platform: the length in three, the type.
            int length = BitConverter.ToInt32(bytes, start);
            if ((length & unchecked((int)0xFF00FFFF)) != FrameType.Headers << 24)
            {
                return false;
            }

            length = (length >> 16) & 0xFF;
            int flags = bytes[start + 4];
            if (length > end - at || (flags & ~FrameFlags.Priority) != Complete)
            {
                return false;
            }

            end = at + length;
            int weight = 0;
            if (flags != Complete)
            {
                // RFC 9113 6.2, RFC 7540 5.3.1: not of itself.
                if (length < PriorityLength || (FrameReader.Int32At(bytes, at) & int.MaxValue) == (FrameReader.Int32At(bytes, start + 5) & int.MaxValue))
                {
                    return false;
                }

                weight = bytes[at + 4] + 1;
                at += PriorityLength;
            }

            Http2Connection connection = _connection;
            int version = _decoder.Version;
            length = end - at;
            HttpExchange exchange = length == 0 ? null : connection.Exchanges.FindAgain(connection, bytes, at, length, version);
            if (exchange == null)
            {
                return false;
            }

            // Four octets in one go again: a stream beyond 65,535 is rare, and its octets are read one by one.
            int stream = BitConverter.ToInt32(bytes, start + 5);
            if ((stream & 0xFFFF) == 0)
            {
                stream = ((stream >> 8) & 0xFF00) | (int)((uint)stream >> 24);
            }
            else
            {
                stream = FrameReader.Int32At(bytes, start + 5) & int.MaxValue;
                if (stream == int.MaxValue)
                {
                    return false;
                }
            }

            if (stream <= connection.LastStream || (stream & 1) == 0 || Stream != 0
                || connection.GoingAway || connection.Streams.Requests >= connection.Limits.MaximumStreams)
            {
                return false;
            }

            ExchangePool.TakeAgain(exchange, stream);
            HeaderList fields = exchange.Request.HeaderSection;
            connection.Counters.FieldBytesSaved += fields.Total - (fields.Fields * HeaderList.FieldOverhead) - length;
            receive.Start = end;
            connection.LastStream = stream;
            connection.Closed.Advance(stream);
            connection.Requests.OpenAgain(stream, exchange, weight);
            return true;
        }

        // The block lies in the receive buffer from its first octet to its last one.
        private void NoteWhole(int length)
        {
            int at = _connection.Receive.Start;
            if (length <= HttpExchange.LongestBlock && (_reader.Flags & Complete) == Complete
                && (_connection.Receive.Bytes[at] & UpdateMask) != Update && _connection.Exchanges.Remembers)
            {
                _whole = at;
                _wholeLength = length;
                _version = _decoder.Version;
            }
        }

        private void Remember(HttpExchange exchange)
        {
            if (_version >= 0 && _version == _decoder.Version)
            {
                Array.Copy(_connection.Receive.Bytes, _whole, exchange.Storage, exchange.Size, _wholeLength);
                exchange.BlockLength = _wholeLength;
                exchange.BlockVersion = _version;
            }
        }
    }
}
