using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // What follows 101 Switching Protocols (RFC 9110 15.2.2): octets in both directions, of which HTTP knows nothing. They go to
    // the sink and come from the source that the handler has set; both stay in the exchange until the end.
    internal sealed partial class Http1Connection
    {
        private const int SwitchingProtocols = 101;

        // Whether a handler has switched protocols, which it may where the client has asked for it.
        private static bool IsTunnel(HttpExchange exchange)
        {
            HttpRequest request = exchange.Request;
            return exchange.Response.Status == SwitchingProtocols && request.AsksForWebSocket && request.Sink != null && exchange.Response.Source != null;
        }

        private bool BeginTunnel(int needed, long now)
        {
            if (!Transmit.Reserve(needed))
            {
                return false;
            }

            _head.Write(_exchange.Response, ResponseBody.None, false, ResponseHead.Silent, now);
            Dispatcher.Log(_exchange, Counters);
            _phase = Tunnelling;
            _deadline = Never;
            return true;
        }

        private void AdvanceTunnel()
        {
            HttpRequest request = _exchange.Request;
            HttpResponse response = _exchange.Response;
            int given;
            do
            {
                if (Receive.Length != 0 && !Deliver(request))
                {
                    Finish();
                    return;
                }

                given = Transmit.Length;
                int read = Pull(response);
                if (read < 0)
                {
                    EndTunnel(read == BodySource.EndOfBody);
                    return;
                }

                _waits = read == 0;
                given = Transmit.Length - given;
            }
            while (given != 0 && Receive.Length != 0);
        }

        // False when the sink threw.
        private bool Deliver(HttpRequest request)
        {
            BodySink sink = request.Sink;
            int count = Receive.Length;
            if (sink == null)
            {
                Receive.Start = Receive.End;
                return true;
            }

            int room = GuardedBody.Room(sink, request.SinkKey, Counters);
            if (room < count)
            {
                count = room;
            }

            if (count == 0)
            {
                return true;
            }

            int start = Receive.Start;
            Receive.Start = start + count;
            return GuardedBody.Write(sink, request.SinkKey, Receive.Bytes, start, count, Counters);
        }

        // Takes what the source has. What it returned last: 0 when it has nothing; more than that when the buffer is full.
        private int Pull(HttpResponse response)
        {
            while (true)
            {
                int room = Transmit.Free;
                if (room < Transmit.Bytes.Length >> 2 || !Transmit.Reserve(room))
                {
                    return 1;
                }

                int read = GuardedBody.Read(response.Source, response.SourceKey, 0, Transmit.Bytes, Transmit.End, room, Counters);
                if (read <= 0)
                {
                    return read;
                }

                Transmit.End += read;
            }
        }

        private void EndTunnel(bool complete)
        {
            EndExchange(complete);
            _waits = false;
            if (complete && Receive.Length != 0)
            {
                // RFC 6455 7.1.1: the server closes first. What the client still sends must not destroy what it has yet to read.
                BeginLingering();
            }
            else
            {
                Finish();
            }
        }
    }
}
