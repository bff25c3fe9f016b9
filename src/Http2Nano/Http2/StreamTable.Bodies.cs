using System;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The transitions of a stream's two bodies: what the server still has to receive of the request, and to send of the response.
    internal sealed partial class StreamTable
    {
        /// <summary>100 Continue has been sent, or is not needed any more.</summary>
        internal void ContinueOver(int slot)
        {
            Flags[slot] &= ~ContinueDue;
        }

        /// <summary>The client has acknowledged the server's SETTINGS: marks the existing streams as older.</summary>
        internal void SettingsAcknowledged()
        {
            for (int slot = 0; slot < Top; slot++)
            {
                if (Id[slot] != 0)
                {
                    Flags[slot] |= BeforeSettings;
                }
            }
        }

        /// <summary>The handler has deferred its response.</summary>
        internal void Defer(int slot)
        {
            Flags[slot] |= Deferred;
        }

        /// <summary>The application has completed the deferred response.</summary>
        internal void Resume(int slot)
        {
            Flags[slot] &= ~Deferred;
        }

        /// <summary>The response is complete; its field section has to be written.</summary>
        internal void HeadersDue(int slot)
        {
            Flags[slot] |= HeadersPending;
        }

        /// <summary>The field section is being written.</summary>
        internal void TakeHeaders(int slot)
        {
            Flags[slot] &= ~HeadersPending;
        }

        /// <summary>The body is complete; the trailer section has to be written.</summary>
        internal void TrailersDue(int slot)
        {
            Flags[slot] |= TrailersPending;
        }

        internal void TrailersSent(int slot)
        {
            Flags[slot] &= ~TrailersPending;
        }

        /// <summary>The source has no octets at present.</summary>
        internal void RunDry(int slot)
        {
            Flags[slot] |= SourceEmpty;
        }

        /// <summary>Asks the sources that had nothing whether they have something.</summary>
        /// <param name="now">Milliseconds: a client whose window is closed is late from here on.</param>
        /// <returns>Number of streams whose source still has nothing.</returns>
        internal int Refill(long now)
        {
            int dry = 0;
            int[] flags = Flags;
            for (int slot = 0; slot < Top; slot++)
            {
                if ((flags[slot] & SourceEmpty) != 0)
                {
                    if (IsDry(slot))
                    {
                        dry++;
                    }
                    else
                    {
                        flags[slot] &= ~SourceEmpty;
                        Moved[slot] = (int)now;
                    }
                }
            }

            return dry;
        }

        /// <summary>Whether the source of a response's body says that it has nothing.</summary>
        internal bool IsDry(int slot)
        {
            slot <<= 1;
            try
            {
                return !((BodySource)Bodies[slot]).IsReady(Keys[slot]);
            }
            catch (Exception exception)
            {
                GuardedBody.Count(exception, _counters);
                return false;
            }
        }

        /// <summary>
        /// Keeps an octet of a body of unknown length for which there is no window. It was read to find out whether the
        /// body ends.
        /// </summary>
        internal void HoldOctet(int slot, int octet)
        {
            Remaining[slot] = FirstHeld - octet;
        }

        /// <summary>Takes the octet that <see cref="HoldOctet"/> has kept.</summary>
        /// <returns>The octet.</returns>
        internal int TakeHeld(int slot)
        {
            int octet = FirstHeld - Remaining[slot];
            Remaining[slot] = HttpResponse.UnknownLength;
            return octet;
        }

        /// <summary>Begins to send the body of the response.</summary>
        internal void BeginSending(int slot)
        {
            Flags[slot] |= Sending;
            SendingStreams++;
        }

        internal void EndSending(int slot)
        {
            int flags = Flags[slot];
            if ((flags & Sending) != 0)
            {
                Flags[slot] = flags & ~Sending;
                SendingStreams--;
            }
        }

        /// <summary>Begins to receive the body of the request.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="destination"><see cref="Gathering"/>, <see cref="Sinking"/> or <see cref="Discarding"/>.</param>
        internal void BeginReceiving(int slot, int destination)
        {
            Flags[slot] |= destination;
            ReceivingStreams++;
        }

        internal void EndReceiving(int slot)
        {
            int flags = Flags[slot];
            if ((flags & Receiving) != 0)
            {
                Flags[slot] = flags & ~Receiving;
                ReceivingStreams--;
            }
        }

        /// <summary>The sink of a request's body, or null.</summary>
        internal BodySink SinkOf(int slot)
        {
            return (BodySink)Bodies[(slot << 1) + 1];
        }

        /// <summary>Writes octets to the sink of a request's body, as many as it has room for.</summary>
        /// <param name="slot">The stream.</param>
        /// <param name="bytes">Holds the octets.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">Their number.</param>
        /// <param name="least">With less room nothing is written; 1 or more.</param>
        /// <returns>Number of octets written; -1 when the sink has thrown.</returns>
        internal int Offer(int slot, byte[] bytes, int offset, int count, int least)
        {
            try
            {
                int column = (slot << 1) + 1;
                BodySink sink = (BodySink)Bodies[column];
                int key = Keys[column];
                int room = sink.Room(key);
                if (room < least)
                {
                    return 0;
                }

                if (count > room)
                {
                    count = room;
                }

                sink.Write(key, bytes, offset, count);
                return count;
            }
            catch (Exception exception)
            {
                GuardedBody.Count(exception, _counters);
                return -1;
            }
        }

        internal void CloseSink(int slot, bool complete)
        {
            BodySink sink = SinkOf(slot);
            if (sink != null)
            {
                Bodies[(slot << 1) + 1] = null;
                GuardedBody.Close(sink, Keys[(slot << 1) + 1], complete, _counters);
            }
        }

        internal void CloseBody(int slot, bool complete)
        {
            object body = Bodies[slot << 1];
            if (body != null)
            {
                Bodies[slot << 1] = null;
                BodySource source = body as BodySource;
                if (source != null)
                {
                    GuardedBody.Close(source, Keys[slot << 1], complete, _counters);
                }
            }
        }

        /// <summary>The connection ends: tells the sinks of tunnels that nothing more comes, so that they end.</summary>
        internal void EndTunnels()
        {
            for (int slot = 0; slot < Top; slot++)
            {
                if ((Flags[slot] & (Tunnel | Sinking)) == (Tunnel | Sinking))
                {
                    EndReceiving(slot);
                    CloseSink(slot, true);
                }
            }
        }

        /// <summary>
        /// Makes the response a bare status, because the application owns the exchange of a request that has failed.
        /// </summary>
        internal void AnswerWithStatus(int slot, int status)
        {
            ReleaseExchange(slot);
            Remaining[slot] = status;
        }

        internal void ReleaseExchange(int slot)
        {
            HttpExchange exchange = Exchange[slot];
            if (exchange != null)
            {
                Exchange[slot] = null;
                ExchangePool.Return(exchange, false);
            }
        }
    }
}
