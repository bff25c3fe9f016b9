namespace Http2Nano.Http1
{
    // What the client has to do in time: send a request, take a response.
    internal sealed partial class Http1Connection
    {
        private void ObserveSending(long now)
        {
            if (Transmit.End - Transmit.Start < _unsent)
            {
                _writeDeadline = now + Limits.WriteTimeout;
            }
        }

        private void NoteUnsent(long now)
        {
            int unsent = Transmit.End - Transmit.Start;
            if (unsent == 0)
            {
                _writeDeadline = Never;
            }
            else if (_writeDeadline == Never)
            {
                _writeDeadline = now + Limits.WriteTimeout;
            }

            _unsent = unsent;
        }

        // Returns whether a deadline has changed the phase, so that there is more to do.
        private bool CheckDeadline(long now)
        {
            if (now >= _writeDeadline && Transmit.Length != 0)
            {
                // The peer takes no octets, so the rest cannot be sent.
                Transmit.Clear();
                Finish();
                return false;
            }

            switch (_phase)
            {
                case Waiting:
                    if (Transmit.Length != 0)
                    {
                        _deadline = now + Limits.IdleTimeout;
                    }
                    else if (now >= _deadline)
                    {
                        Finish();
                    }

                    return false;

                case InRequestLine:
                case InFields:
                    if (now < _deadline)
                    {
                        return false;
                    }

                    Fail(408);
                    return true;

                case InExchange:
                    return CheckBodyDeadline(now);

                case Lingering:
                    if (now >= _deadline)
                    {
                        Finish();
                    }

                    return false;

                default:
                    return false;
            }
        }
    }
}
