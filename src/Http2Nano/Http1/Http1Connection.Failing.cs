namespace Http2Nano.Http1
{
    // The part that answers a malformed request and closes, so that the client can read the answer.
    internal sealed partial class Http1Connection
    {
        // Milliseconds of silence, and in all, for which octets are still read and dropped after the last response:
        // otherwise a TCP reset could destroy the response before the client has read it (RFC 9112 9.6).
        private const int LingerTime = 250;
        private const int LingerLimit = 1000;

        // The status of the answer; octets that may still be dropped, and until when.
        private int _failure;
        private int _lingerLeft;
        private long _lingerEnd;

        private bool Refuse(int result)
        {
            if (result < ParseResult.Error)
            {
                // What comes next moves what is here.
                _headStart = Nowhere;
                return false;
            }

            Fail(result);
            return true;
        }

        // Answers a malformed request with a bare status and closes, because the beginning of the next request is unknown.
        private void Fail(int status)
        {
            Counters.ConnectionErrors++;
            Release();
            _failure = status;
            _response = Complete;
            _phase = Failing;
            _deadline = Never;
        }

        private bool WriteFailure(long now)
        {
            if (!Transmit.Reserve(ResponseHead.MaximumLength))
            {
                return false;
            }

            _head.WriteBare(_failure, now);
            BeginLingering();
            return true;
        }

        private void BeginLingering()
        {
            _phase = Lingering;
            _lingerLeft = Limits.MaximumDrain;
            _lingerEnd = Never;
            _deadline = Never;
        }

        private bool Linger(long now)
        {
            int count = Receive.Length;
            Receive.Start = Receive.End;
            _lingerLeft -= count;
            if (_lingerLeft < 0)
            {
                Finish();
                return false;
            }

            // The time starts when the response has been sent.
            if (Transmit.Length == 0 && (count != 0 || _deadline == Never))
            {
                if (_lingerEnd == Never)
                {
                    _lingerEnd = now + LingerLimit;
                }

                _deadline = now + LingerTime < _lingerEnd ? now + LingerTime : _lingerEnd;
            }

            return false;
        }
    }
}
