using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    // The part that determines what a field block on a stream means (RFC 9113 5.1).
    internal sealed partial class FieldBlocks
    {
        // Determines what a field block on the stream means. RFC 9113 5.1 and 5.1.1.
        private int Classify(int stream)
        {
            if ((stream & 1) != 0 && stream > _connection.LastStream)
            {
                return ClassifyNew(stream);
            }

            int slot = _connection.Streams.Find(stream);
            if (slot == StreamTable.None)
            {
                return ClassifyClosed(stream);
            }

            int flags = _connection.Streams.Flags[slot];
            if ((flags & StreamTable.RemoteClosed) != 0)
            {
                if ((flags & StreamTable.Pushed) != 0 && (flags & (StreamTable.HeadersPending | StreamTable.Deferred)) != 0)
                {
                    // RFC 9113 5.1: a stream that is reserved (local).
                    _connection.ConnectionError(ErrorCode.ProtocolError);
                }

                _error = ErrorCode.StreamClosed;
                return Unwanted;
            }

            const int Connected = StreamTable.Tunnel | StreamTable.Sinking;
            if (!_endStream || (flags & Connected) == Connected)
            {
                // RFC 9113 8.5: a tunnel has DATA only. 8.1: a second field section is a trailer section and ends the stream.
                _error = ErrorCode.ProtocolError;
                return Unwanted;
            }

            return Trailers;
        }

        private int ClassifyNew(int stream)
        {
            _connection.LastStream = stream;
            _connection.Closed.Advance(stream);
            if (_connection.GoingAway)
            {
                // RFC 9113 6.8: the stream and all its frames are ignored.
                _connection.Closed.Add(stream, ClosedStreams.Unknown);
                return Unwanted;
            }

            if (_connection.Streams.Requests >= _connection.Limits.MaximumStreams)
            {
                // RFC 9113 5.1.2.
                _error = Resets.Refused;
                return Unwanted;
            }

            return Request;
        }

        private int ClassifyClosed(int stream)
        {
            int how = _connection.Closed.How(stream);
            if (how == ClosedStreams.ResetByClient)
            {
                _error = ErrorCode.StreamClosed;
            }
            else if (how == ClosedStreams.Ended)
            {
                _connection.ConnectionError(ErrorCode.StreamClosed);
            }
            else if (how == ClosedStreams.ResetByServer)
            {
                _connection.SpendCourtesy();
            }
            else if ((!_connection.GoingAway || stream <= _connection.LastProcessed))
            {
                // RFC 9113 5.1.1: the stream was skipped by the client, closed long ago, or is not the client's to open.
                _connection.ConnectionError(ErrorCode.ProtocolError);
            }

            return Unwanted;
        }
    }
}
