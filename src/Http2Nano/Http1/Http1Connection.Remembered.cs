using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // A request that comes again. What is octet for octet the head before it means the same request, whose fields, target and route
    // still lie in the exchange that served it. Nothing but equal octets counts: a hash would let a client of a proxy choose the
    // request of another one. Where only some lines are equal, their fields are copied from there.
    //
    // Remembered is the latest head that came in one piece, was served, and has no body behind it. It is kept where HTTP/2 has the
    // dynamic table of its decoder, which this connection does not need. Clients that make a connection for each request, and those
    // that were set aside between two, have their heads known on the next connection, too: as a whole, because the time that it
    // takes to compare lines would tell a client how much of another one's it has guessed.
    internal sealed partial class Http1Connection
    {
        private const int Nowhere = -1;
        private const int HeadEnd = 4;

        // In HttpExchange.BlockPriority: the head ends its connection; it came over TLS.
        private const int Closes = 1;
        private const int OverTls = 2;

        private readonly byte[] _memory;

        // Where in the receive buffer the head that is being read begins, as long as it has not moved.
        private int _headStart;

        // Length of the head that is remembered, or 0; and the exchange that holds what it says. It lies at the beginning of the
        // memory.
        private int _headLength;
        private HttpExchange _remembered;

        /// <summary>HTTP/2 needs the memory: what was remembered is lost.</summary>
        /// <param name="used">Whether HTTP/2 keeps it while connections over HTTP/1.1 are served.</param>
        internal void Forget(bool used)
        {
            _headLength = 0;
            _remembered = null;
            _head.Key = used ? ResponseHead.Used : 0;
            int longest = ResponseHead.Rest(_memory);
            _longestHead = used ? 0 : _canCopy ? longest / 2 : longest;
        }

        /// <summary>Whether HTTP/2 keeps its memory while connections over HTTP/1.1 are served.</summary>
        internal bool IsMemoryUsed
        {
            get { return _head.Key == ResponseHead.Used; }
        }

        // Whether a head means on the connection that begins what it has meant before: the gateway at its other end may be another
        // one, and an http URI is for another port than an https URI.
        private bool StaysKnown(bool secure)
        {
            HttpExchange known = _remembered;
            return known != null && ExchangePool.Holds(known, this) && Dispatcher.Gateways == null && ((known.BlockPriority & OverTls) != 0) == secure;
        }

        // The longest head that can be remembered at present, in bytes; and whether lines are copied: with memory for two heads, and
        // exchanges for both. The head that is being read lies behind the one that is remembered then.
        private int _longestHead;
        private readonly bool _canCopy;

        // A head begins. It is noted before it is read, because reading makes capital letters small.
        private void NoteHead()
        {
            int start = Receive.Start;
            int count = Receive.End - start;
            int longest = _longestHead;
            int to = longest;
            if (!_canCopy)
            {
                _headLength = 0;
                to = 0;
            }

            Array.Copy(Receive.Bytes, start, _memory, to, count < longest ? count : longest);
            _headStart = start;
        }

        private void RememberHead()
        {
            int length = Receive.Start - _headStart;
            int longest = _longestHead;
            if (length > longest || !Exchanges.Remembers)
            {
                return;
            }

            _headLength = length;
            _remembered = _exchange;
            _exchange.BlockLength = HttpExchange.HeadRemembered;
            _exchange.BlockPriority = (_close ? Closes : 0) | (IsSecure ? OverTls : 0);
            if (_canCopy)
            {
                Array.Copy(_memory, longest, _memory, 0, length);
                _exchange.BlockVersion = _fields.Hidden;
            }
        }

        // Parses the field lines, or copies from the head that is remembered what is the same in this one.
        private int ParseFields()
        {
            HttpExchange known = _remembered;
            if (_headStart != Nowhere && _headLength != 0 && _canCopy && _exchange.Request.Protocol == HttpProtocol.Http11
                && !_line.HasAuthority && ExchangePool.Holds(known, this))
            {
                byte[] memory = _memory;
                int hidden = known.BlockVersion;
                if (hidden >= 0)
                {
                    int first = Array.IndexOf(memory, BoxedOctets.LineFeed, 0, _headLength) + 1;
                    return _fields.ParseKnown(memory, first, _headLength, known.Request.Headers, hidden);
                }
            }

            return _fields.Parse();
        }

        // Whether the request before has come again.
        private bool BeginAgain()
        {
            int length = _headLength;
            bool close = _closing;
            if (!(_headStart != Nowhere ? Octets.Equal(Receive.Bytes, Receive.Start, _memory, 0, length) : IsFromBefore(length, ref close))
                || !Exchanges.TakeAgain(this, _remembered))
            {
                return false;
            }

            _exchange = _remembered;
            Receive.Start += length;
            _body.Begin(_exchange.Request, ControlFields.NoLength, false);
            _phase = InExchange;
            _deadline = Never;
            _response = RouteDue;
            _close = close;
            _continue = false;
            return true;
        }

        // Whether the first head of a connection is that of the connection before, which may have been another client's: so the
        // comparison takes a time that tells nothing. A head that closes its connection comes nowhere else.
        private bool IsFromBefore(int length, ref bool close)
        {
            byte[] bytes = Receive.Bytes;
            int start = Receive.Start;
            if (BitConverter.ToInt32(bytes, start + length - HeadEnd) != BitConverter.ToInt32(_memory, length - HeadEnd)
                || !Octets.EqualInSameTime(bytes, start, _memory, 0, length))
            {
                return false;
            }

            close |= (_remembered.BlockPriority & Closes) != 0;
            _headStart = start;
            return true;
        }
    }
}
