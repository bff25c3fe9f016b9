using System;
using Http2Nano.Buffers;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // The part with a connection after 101 Switching Protocols (RFC 9110 15.2.2), which carries octets that are not HTTP.
    // The handler's sink takes them and its source gives them; the exchange stays in use until the end.
    internal sealed partial class Http1Connection
    {
        private const int SwitchingProtocols = 101;

        // Whether a handler has switched protocols, which it may when the client has asked for it.
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

        // Replaces all that Advance does for requests: WebSocket messages are short, so each operation per message matters.
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
                if (PeerHalfClosed && Receive.Start == Receive.End)
                {
                    // The source has ended, and everything that it gave is sent.
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

            // The peer takes no octets, so the rest cannot be sent.
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

        // Moves octets in both directions while there is room. Returns the source's last result: 0 when it has nothing;
        // more when the buffer is full.
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

                // The source is not asked when less than a quarter of the buffer is free.
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

        // Passes octets to the sink. Returns how many it has taken.
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
                // RFC 6455 7.1.1: the server closes first. Octets that the client still sends must not cause a reset that
                // destroys the last frame.
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
