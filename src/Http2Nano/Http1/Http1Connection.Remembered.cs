using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // A request that comes again. What is octet for octet the head before it, on this connection, means the same request, whose
    // fields, target and route still lie in the exchange that served it. Nothing but equal octets counts: a hash would let a client
    // of a proxy choose the request of another one.
    //
    // Remembered is the latest head, if it came in one piece, was served, left the connection open and has no body behind it. It is
    // kept where HTTP/2 has the dynamic table of its decoder, which this connection does not need.
    internal sealed partial class Http1Connection
    {
        private const int Nowhere = -1;

        private readonly byte[] _memory;

        // Where in the receive buffer the head that is being read begins, as long as it has not moved.
        private int _headStart;

        // Length of the head that is remembered, or 0; and the exchange that holds what it says.
        private int _headLength;
        private HttpExchange _remembered;

        private void ForgetHead()
        {
            _headStart = Nowhere;
            _headLength = 0;
            _remembered = null;
        }

        // A head begins. It is noted before it is read, because reading makes capital letters small.
        private void NoteHead()
        {
            _headLength = 0;
            int start = Receive.Start;
            int count = Receive.End - start;
            int room = ResponseHead.Rest(_memory);
            Array.Copy(Receive.Bytes, start, _memory, 0, count < room ? count : room);
            _headStart = start;
        }

        private void RememberHead()
        {
            int length = Receive.Start - _headStart;
            if (length <= ResponseHead.Rest(_memory) && Exchanges.Remembers)
            {
                _headLength = length;
                _remembered = _exchange;
                _exchange.BlockLength = HttpExchange.HeadRemembered;
            }
        }

        // Whether the request before has come again.
        private bool BeginAgain()
        {
            int length = _headLength;
            if (!Octets.EqualLong(Receive.Bytes, Receive.Start, _memory, 0, length) || !Exchanges.TakeAgain(this, _remembered))
            {
                return false;
            }

            _exchange = _remembered;
            Receive.Start += length;
            _body.Begin(_exchange.Request, ControlFields.NoLength, false);
            _phase = InExchange;
            _deadline = Never;
            _response = RouteDue;
            _close = _closing;
            _continue = false;
            return true;
        }
    }
}
