using System;
using Http2Nano.Buffers;
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
            return exchange.Response.Status == SwitchingProtocols && request.ForWebSocket && request.Sink != null && exchange.Response.Source != null;
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

        // In place of all that Advance does for requests: a message has few octets, and what is done for each of them counts.
        private void AdvanceTunnel(long now)
        {
            _waits = false;
            int moved = _unsent == 0 || WritesInTime(now) ? Tunnel() : BodySource.Failed;
            if (moved < 0)
            {
                EndTunnel(moved == BodySource.EndOfBody, now);
            }
            else if (moved == 0)
            {
                _waits = true;
                if (PeerEnded && Receive.Start == Receive.End)
                {
                    // What it sent is taken, and there is nothing to say to it.
                    EndTunnel(false, now);
                }
            }

            if (_unsent != 0 || Transmit.Start != Transmit.End)
            {
                NoteUnsent(now);
            }
        }

        private bool WritesInTime(long now)
        {
            ObserveSending(now);
            if (now < _writeDeadline || Transmit.Length == 0)
            {
                return true;
            }

            // The peer takes nothing: nothing can be said to it any more.
            Transmit.Clear();
            return false;
        }

        private int Tunnel()
        {
            try
            {
                return Move(_exchange.Request, _exchange.Response);
            }
            catch (Exception exception)
            {
                GuardedBody.Count(exception, Counters);
                return BodySource.Failed;
            }
        }

        // Both ways, as far as there is room. What the source returned last: 0 when it has nothing; more when the buffer is full.
        private int Move(HttpRequest request, HttpResponse response)
        {
            ReceiveBuffer receive = Receive;
            TransmitBuffer transmit = Transmit;
            while (true)
            {
                int start = receive.Start;
                int count = receive.End - start;
                if (count != 0)
                {
                    count = Give(request, receive, start, count);
                }

                // Nothing is asked for that has less than a quarter of the buffer.
                byte[] bytes = transmit.Bytes;
                int free = bytes.Length - transmit.End;
                if (transmit.Start != 0)
                {
                    free += transmit.Start;
                    transmit.Reserve(free);
                }

                if (free < bytes.Length >> 2)
                {
                    return 1;
                }

                int read = response.Source.Read(response.SourceKey, 0, bytes, transmit.End, free);
                if (read > free)
                {
                    return BodySource.Failed;
                }

                if (read < 0 || (read == 0 && (count == 0 || receive.Start == receive.End)))
                {
                    return read;
                }

                transmit.End += read;
            }
        }

        // What the sink has taken.
        private static int Give(HttpRequest request, ReceiveBuffer receive, int start, int count)
        {
            BodySink sink = request.Sink;
            if (sink == null)
            {
                receive.Start = receive.End;
                return count;
            }

            int key = request.SinkKey;
            int room = sink.Room(key);
            if (room < count)
            {
                if (room <= 0)
                {
                    return 0;
                }

                count = room;
            }

            receive.Start = start + count;
            sink.Write(key, receive.Bytes, start, count);
            return count;
        }

        private void EndTunnel(bool complete, long now)
        {
            _waits = false;
            EndExchange(complete);
            if (complete && Receive.Length != 0)
            {
                // RFC 6455 7.1.1: the server closes first. What the client still sends must not destroy what it has yet to read.
                BeginLingering();
                Linger(now);
            }
            else
            {
                Finish();
            }
        }
    }
}
