using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Hpack;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Reads field blocks (RFC 9113 4.3): passes HEADERS and the CONTINUATION frames after it to the HPACK decoder, in
    /// pieces. Every block is decoded, wanted or not, because the dynamic table depends on it.
    /// </summary>
    internal sealed partial class FieldBlocks
    {
        private const int Unwanted = 0;
        private const int Request = 1;
        private const int Trailers = 2;

        // Trailers after a body that is not gathered have no storage of their own: they use a free exchange.
        private const int BorrowingTrailers = 3;

        // One glitch for each 512 octets.
        private const int UnwantedShift = 9;

        private readonly Http2Connection _connection;
        private readonly FrameReader _reader;
        private readonly HpackDecoder _decoder;
        private readonly HeaderList _trailers;

        private int _kind;
        private int _error;
        private bool _endStream;
        private int _weight;
        private HttpExchange _exchange;
        private HeaderList _list;
        private int _octets;

        /// <summary>The stream whose field block is being read, or 0.</summary>
        internal int Stream;

        internal FieldBlocks(Http2Connection connection)
        {
            _connection = connection;
            _reader = connection.Reader;
            HttpLimits limits = connection.Limits;
            _decoder = new HpackDecoder(limits.DecoderTableSize, HpackDecoder.MemoryOf(limits.DecoderTableSize, limits.DecoderMemory), limits.Unread);
            _decoder.Keep(limits.Kept);
            _trailers = new HeaderList(connection.Exchanges[0].Storage);
        }

        internal bool InFieldBlock
        {
            get { return Stream != 0; }
        }

        internal HpackDecoder Decoder
        {
            get { return _decoder; }
        }

        internal int TableBytes
        {
            get { return _decoder.TableSize; }
        }

        /// <summary>Memory that HTTP/2 needs only while it serves the connection.</summary>
        internal byte[] IdleMemory
        {
            get { return _decoder.Memory; }
        }

        internal void Begin()
        {
            Stream = 0;
            _kind = Unwanted;
            _error = ErrorCode.NoError;
            _endStream = false;
            _weight = 0;
            _octets = 0;
            _whole = Nowhere;
            _wholeLength = 0;
            _version = 0;
            _exchange = null;
            _list = null;
            _decoder.Reset();
        }

        /// <summary>From now on the client uses the announced size of the dynamic table (RFC 7541 4.2).</summary>
        internal void SettingsAcknowledged()
        {
            _decoder.SetLimit(_connection.Limits.DecoderTableSize);
        }

        internal void Abort()
        {
            _exchange = null;
            _list = null;
            Stream = 0;
        }

        /// <summary>A HEADERS frame begins (RFC 9113 6.2).</summary>
        internal void BeginHeaders()
        {
            int stream = _reader.Stream;
            int flags = _reader.Flags;
            int prefix = ((flags & FrameFlags.Padded) != 0 ? 1 : 0) + ((flags & FrameFlags.Priority) != 0 ? 5 : 0);
            if (stream == 0)
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
                return;
            }

            if (_reader.Length < prefix)
            {
                _connection.ConnectionError(ErrorCode.FrameSizeError);
                return;
            }

            Stream = stream;
            _reader.PrefixPending = prefix != 0;
            _reader.Padding = 0;
            _weight = 0;
            _error = ErrorCode.NoError;
            _endStream = (flags & FrameFlags.EndStream) != 0;
            _exchange = null;
            _list = null;
            _octets = 0;
            _whole = Nowhere;
            _kind = Classify(stream);
            if (_connection.Finished)
            {
                return;
            }

            if (_kind == Request)
            {
                _list = TakeExchange(stream);
            }
            else if (_kind == Trailers)
            {
                _list = TrailerList(stream);
            }

            _decoder.Begin(_list);
        }

        /// <summary>A CONTINUATION frame begins (RFC 9113 6.10).</summary>
        internal void BeginContinuation()
        {
            if (!InFieldBlock)
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
                return;
            }

            _reader.PrefixPending = false;
            _reader.Padding = 0;
            _connection.Spend(GlitchBudget.Frame);
        }

        /// <summary>Reads the part of the frame that has arrived.</summary>
        /// <returns>Whether the frame is finished.</returns>
        internal bool ReadFragment()
        {
            if (_reader.PrefixPending && !ReadPrefix())
            {
                return false;
            }

            int count = _reader.Remaining - _reader.Padding;
            if (count > 0)
            {
                int available = _reader.Available;
                if (count > available)
                {
                    count = available;
                }

                if (_kind == Request && count == _reader.Remaining && _octets == 0)
                {
                    NoteWhole(count);
                }

                if (!_decoder.Decode(_connection.Receive.Bytes, _connection.Receive.Start, count))
                {
                    _connection.ConnectionError(ErrorCode.CompressionError);
                    return false;
                }

                _reader.Take(count);
                if (!Charge(count))
                {
                    return false;
                }
            }

            if (_reader.Remaining <= _reader.Padding)
            {
                int skipped = _reader.Available;
                _reader.Padding -= skipped;
                _reader.Take(skipped);
            }

            if (_reader.Remaining != 0)
            {
                return false;
            }

            if ((_reader.Flags & FrameFlags.EndHeaders) != 0)
            {
                EndBlock();
            }

            return !_connection.Finished;
        }

        // A block whose fields are dropped is wasted work, and the client chooses its length (VU#421644, CVE-2016-6581,
        // CVE-2026-47774, CVE-2026-49975).
        private bool Charge(int count)
        {
            int before = _octets;
            _octets += count;
            int cost = (_octets >> UnwantedShift) - (before >> UnwantedShift);
            return cost == 0 || (_list != null && !_list.TooLarge) || _connection.Spend(cost * GlitchBudget.Frame);
        }

        private bool ReadPrefix()
        {
            bool padded = (_reader.Flags & FrameFlags.Padded) != 0;
            bool priority = (_reader.Flags & FrameFlags.Priority) != 0;
            if (_reader.Available < (padded ? 1 : 0) + (priority ? 5 : 0))
            {
                return false;
            }

            _reader.PrefixPending = false;
            if (padded)
            {
                _reader.Padding = _reader.TakeByte();
            }

            if (priority)
            {
                int dependency = _reader.TakeInt32() & int.MaxValue;
                _weight = _reader.TakeByte() + 1;
                if (dependency == Stream && _error == ErrorCode.NoError)
                {
                    // RFC 7540 5.3.1: a stream cannot depend on itself.
                    _error = ErrorCode.ProtocolError;
                }
            }

            // RFC 9113 6.2: the padding is longer than the rest of the payload.
            if (_reader.Padding > _reader.Remaining)
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
                return false;
            }

            return true;
        }

        private HeaderList TakeExchange(int stream)
        {
            _exchange = _connection.Exchanges.Take(_connection, stream);
            if (_exchange != null)
            {
                return _exchange.Request.Headers;
            }

            _kind = Unwanted;
            _error = Resets.Refused;
            return null;
        }

        // Trailers are stored after the gathered body. Those of other bodies are only checked, if there is free storage.
        private HeaderList TrailerList(int stream)
        {
            int slot = _connection.Streams.Find(stream);
            HttpExchange exchange = _connection.Streams.Exchange[slot];
            if (exchange == null || (_connection.Streams.Flags[slot] & StreamTable.Gathering) == 0)
            {
                _exchange = _connection.Exchanges.Take(_connection, stream);
                _kind = BorrowingTrailers;
                return _exchange != null ? _exchange.Request.Headers : null;
            }

            _exchange = exchange;
            HttpRequest request = exchange.Request;
            _trailers.Storage = exchange.Storage;
            _trailers.MaximumCount = _connection.Limits.MaximumFields;
            _trailers.MaximumSize = _connection.Limits.MaximumFieldSectionSize;
            _trailers.Reset(request.ContentOffset + request.ContentCount, request.Headers.Limit);
            return _trailers;
        }

        private void EndBlock()
        {
            if (!_decoder.End())
            {
                _connection.ConnectionError(ErrorCode.CompressionError);
                return;
            }

            int stream = Stream;
            HttpExchange exchange = _exchange;
            HeaderList list = _list;
            Stream = 0;
            _exchange = null;
            _list = null;
            if (list != null)
            {
                _connection.Counters.FieldBytesSaved += list.Size - (list.Count * HeaderList.FieldOverhead) - _octets;
            }

            if (_kind == BorrowingTrailers && exchange != null)
            {
                ExchangePool.Return(exchange, false);
            }

            if (_decoder.ReferenceLost && _kind == Request && _error == ErrorCode.NoError)
            {
                // The client may repeat the request: on this connection when it knows the smaller table, or, if only memory
                // is short, on a new one, whose table is empty.
                _error = Resets.Refused;
                if (_connection.Limits.DecoderTableSize > _connection.Limits.DecoderMemory)
                {
                    _connection.GoAway(ErrorCode.NoError);
                }
            }

            if (_error != ErrorCode.NoError)
            {
                if (_kind == Request)
                {
                    ExchangePool.Return(exchange, false);
                }

                Reject(stream);
                return;
            }

            if (_kind == Request)
            {
                OpenRequest(stream, exchange);
            }
            else if (_kind >= Trailers)
            {
                EndTrailers(stream, list);
            }
        }

        private void OpenRequest(int stream, HttpExchange exchange)
        {
            if (_connection.GoingAway)
            {
                // GOAWAY was sent after the block had begun, and does not include its stream.
                ExchangePool.Return(exchange, false);
                return;
            }

            if (_connection.Requests.Open(stream, exchange, _endStream, _weight) && _whole != Nowhere)
            {
                Remember(exchange);
            }

            if (stream == int.MaxValue)
            {
                // RFC 9113 5.1.1: the identifiers are used up.
                _connection.GoAway(ErrorCode.NoError);
            }
        }

        private void Reject(int stream)
        {
            if (_error == Resets.Refused)
            {
                // The client is not at fault: it may have been told of more places than there are, or of none yet.
                _connection.Counters.Refused++;
                if (_kind == Unwanted)
                {
                    // Before RST_STREAM, so that the client does not repeat the request before there is a place.
                    _connection.Control.Announce(false);
                }

                if (_connection.Spend(GlitchBudget.Frame))
                {
                    _connection.ResetStream(stream, _error);
                }

                return;
            }

            _connection.StreamError(stream, _error);
        }

        private void EndTrailers(int stream, HeaderList list)
        {
            // The server may have ended the stream while its trailers were being read.
            StreamTable streams = _connection.Streams;
            int slot = streams.Find(stream);
            if (slot == StreamTable.None)
            {
                return;
            }

            if (list != null && RequestFields.TrailersAreMalformed(list))
            {
                _connection.StreamError(stream, ErrorCode.ProtocolError);
                return;
            }

            if (list == _trailers && (streams.Flags[slot] & StreamTable.Gathering) != 0)
            {
                if (list.TooLarge && streams.ContentRemaining[slot] <= 0)
                {
                    // RFC 6585 5.
                    streams.EndRemote(slot);
                    _connection.Requests.AnswerBare(slot, streams.Exchange[slot], 431);
                    return;
                }

                streams.Exchange[slot].Request.Trailers = list;
            }

            _connection.Bodies.End(slot);
        }
    }
}
