using Http2Nano.Buffers;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The preface, and frames as they come in.
    public sealed partial class Http2Connection
    {
        // RFC 9113 3.4: the client's preface is 24 octets and a SETTINGS frame, the server's is a SETTINGS frame.
        private bool TakePreface()
        {
            if ((Control.Settings & ControlFrames.Sent) == 0)
            {
                Control.SendSettings();
                if ((Control.Settings & ControlFrames.Sent) == 0)
                {
                    return false;
                }
            }

            if (_upgraded != null)
            {
                HttpExchange exchange = _upgraded;
                _upgraded = null;
                Requests.OpenUpgraded(exchange);
            }

            int match = ConnectionPreface.Match(Receive.Bytes, Receive.Start, Receive.Length);
            if (match == ConnectionPreface.Other)
            {
                ConnectionError(ErrorCode.ProtocolError);
                return false;
            }

            if (match == ConnectionPreface.Undecided)
            {
                return false;
            }

            Receive.Start += ConnectionPreface.Whole;
            _prefaceTaken = true;
            return true;
        }

        // Returns false when more must be received or sent before the frame can be finished.
        private bool ReadFrame()
        {
            // There must be room for every frame that may be sent in reply before a frame is read, so nothing is ever
            // queued.
            ReceiveBuffer receive = Receive;
            if (Finished || (_frame == AtHeader && receive.End - receive.Start < FrameReader.HeaderLength)
                || (Transmit.Bytes.Length - Transmit.End < FrameWriter.ControlFrameRoom && !Transmit.Reserve(FrameWriter.ControlFrameRoom)))
            {
                return false;
            }

            if (_frame == AtHeader)
            {
                if (receive.Bytes[receive.Start + 3] == FrameType.Headers)
                {
                    if (FieldBlocks.OpenAgain())
                    {
                        return true;
                    }
                }
                else if (Streams.ReceivingStreams != 0 && Bodies.TakeWhole())
                {
                    return receive.Start != receive.End;
                }

                if (!Reader.ReadHeader())
                {
                    return false;
                }

                _frame = AtPayload;
                if ((Control.Settings & ControlFrames.Received) == 0 && (Reader.Type != FrameType.Settings || (Reader.Flags & FrameFlags.Ack) != 0))
                {
                    ConnectionError(ErrorCode.ProtocolError);
                    return false;
                }

                // RFC 9113 6.10: no other frame may come between the frames of a field block.
                if (FieldBlocks.InFieldBlock && (Reader.Type != FrameType.Continuation || Reader.Stream != FieldBlocks.Stream))
                {
                    ConnectionError(ErrorCode.ProtocolError);
                    return false;
                }

                if (Reader.Length > FrameReader.MaximumPayload && Reader.Type != FrameType.Data)
                {
                    // RFC 9113 4.2: only an oversized DATA frame is a stream error.
                    ConnectionError(ErrorCode.FrameSizeError);
                    return false;
                }
            }

            if (_frame == AtPayload)
            {
                if (Reader.Type == FrameType.Headers && Reader.Stream > LastStream && Requests.MustWait())
                {
                    return false;
                }

                _frame = InPayload;
                BeginPayload();
            }

            if (!ReadPayload())
            {
                return false;
            }

            _frame = AtHeader;
            return true;
        }

        private void BeginPayload()
        {
            switch (Reader.Type)
            {
                case FrameType.Data:
                    Bodies.BeginData();
                    break;

                case FrameType.Headers:
                    FieldBlocks.BeginHeaders();
                    break;

                case FrameType.Continuation:
                    FieldBlocks.BeginContinuation();
                    break;

                default:
                    Control.BeginPayload();
                    break;
            }
        }

        private bool ReadPayload()
        {
            if (Finished)
            {
                return false;
            }

            switch (Reader.Type)
            {
                case FrameType.Data:
                    return Bodies.ReadData();

                case FrameType.Headers:
                case FrameType.Continuation:
                    return FieldBlocks.ReadFragment();

                default:
                    return Control.ReadPayload();
            }
        }
    }
}
