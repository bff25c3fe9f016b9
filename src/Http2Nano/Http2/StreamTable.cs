using System;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// All streams that are neither idle nor closed (RFC 9113 5.1), as columns of numbers: a stream costs about a hundred
    /// bytes, not an object. The methods are the transitions; nothing else writes the flags.
    /// </summary>
    /// <remarks>
    /// <code>
    ///                                 idle
    ///            Open(stream, 0) |      | Open(…, RemoteClosed)    | Open(…, Pushed)
    ///                            v      |                          v
    ///                          open     |                   reserved (local)
    ///        EndRemote |         |      |                          |
    ///                  v         |      v                          |
    ///   half-closed (remote) &lt;---)------+--------------------------+ the field section is written
    ///                  |         | EndLocal
    ///                  |         v
    ///                  |   half-closed (local): a sink takes the rest of the request
    ///         EndLocal |         | EndRemote
    ///                  v         v
    ///                     closed: Close(slot, true); from any state Close(slot, false), by RST_STREAM of either side,
    ///                     or by the end of the connection
    ///
    /// The request's body     [ContinueDue -> ContinueOver] BeginReceiving(Gathering | Sinking | Discarding) -> EndReceiving
    /// The response           none -> Defer -> Resume -> HeadersDue -> TakeHeaders
    ///                             -> BeginSending [-> RunDry -> Refill …] -> EndSending -> [TrailersDue -> TrailersSent]
    /// </code>
    /// A stream is addressed by its slot. <see cref="RemoteClosed"/> and <see cref="LocalClosed"/> determine which of the
    /// states "open", "half-closed (local)", "half-closed (remote)" and "reserved (local)" it is in; the other flags say
    /// what the server does with it. Its windows are in <see cref="Windows"/>.
    /// </remarks>
    internal sealed partial class StreamTable
    {
        /// <summary>No slot.</summary>
        internal const int None = -1;

        /// <summary>The client has sent END_STREAM, or must not send because the server promised the stream.</summary>
        internal const int RemoteClosed = 0x01;

        /// <summary>The server has sent END_STREAM.</summary>
        internal const int LocalClosed = 0x02;

        /// <summary>The body is gathered in the exchange; the handler has not run.</summary>
        internal const int Gathering = 0x04;

        /// <summary>The body goes to a sink.</summary>
        internal const int Sinking = 0x08;

        /// <summary>The response is complete, but its field section has not been written.</summary>
        internal const int HeadersPending = 0x10;

        /// <summary>The field section is written and the body is not complete.</summary>
        internal const int Sending = 0x20;

        /// <summary>The body is complete, but the trailer section has not been written.</summary>
        internal const int TrailersPending = 0x40;

        /// <summary>The client cannot send on this stream: the server promised it (RFC 9113 8.4).</summary>
        internal const int Pushed = 0x80;

        /// <summary>The source had nothing at the last call.</summary>
        internal const int SourceEmpty = 0x100;

        /// <summary>The handler has deferred the response.</summary>
        internal const int Deferred = 0x200;

        /// <summary>The stream was open when the client acknowledged the server's SETTINGS.</summary>
        internal const int BeforeSettings = 0x400;

        /// <summary>The response is complete and waits for the end of the request, whose body is dropped.</summary>
        internal const int Discarding = 0x800;

        /// <summary>The client waits for 100 Continue before it sends the body (RFC 9110 10.1.1).</summary>
        internal const int ContinueDue = 0x1000;

        /// <summary>
        /// Both flags together: the response is complete, and the client was never told to send the body.
        /// </summary>
        internal const int BodyRefused = ContinueDue | LocalClosed;

        /// <summary>
        /// Of these flags only <see cref="LocalClosed"/>: the response is complete, and the rest of the request is not
        /// needed.
        /// </summary>
        internal const int Unneeded = LocalClosed | Gathering | Sinking | Discarding;

        /// <summary>An extended CONNECT (RFC 8441 4): neither body has a length or has to make progress.</summary>
        internal const int Tunnel = 0x2000;

        /// <summary>The request's body is incomplete.</summary>
        internal const int Receiving = Gathering | Sinking | Discarding;

        /// <summary>The bits of <see cref="Flags"/> that are flags; those above <see cref="PriorityShift"/> are the priority.</summary>
        internal const int FlagMask = 0x3FFF;

        /// <summary>The lowest bit of the priority in <see cref="Flags"/>, see <see cref="StreamPriority"/>.</summary>
        internal const int PriorityShift = 16;

        /// <summary>In <see cref="Flags"/>: the priority of a stream whose client has said nothing about it.</summary>
        internal const int Unsignalled = StreamPriority.Unsignalled << PriorityShift;

        // The first value of Remaining that also holds an octet.
        private const int FirstHeld = HttpResponse.UnknownLength - 1;

        /// <summary>Stream identifiers; 0 in a free slot.</summary>
        internal readonly int[] Id;

        /// <summary>The flags above, and the priority. Only the transitions below write them.</summary>
        internal readonly int[] Flags;

        /// <summary>
        /// The time when octets of a body last moved, in either direction, or when the client could not have moved any: the
        /// low 32 bits, in milliseconds.
        /// </summary>
        internal readonly int[] Moved;

        /// <summary>Octets that are missing by the content-length field, or -1 when there is none.</summary>
        internal readonly int[] ContentRemaining;

        /// <summary>
        /// Octets of the response body that have been read; for a body in an array, the offset of the next one.
        /// </summary>
        internal readonly int[] Position;

        /// <summary>
        /// Octets of the response body that have not been sent, or -1 when only the source knows. -2 and less mean the
        /// same, with an octet that was read without a window for it (see <see cref="HoldOctet"/>). With
        /// <see cref="HeadersPending"/> and without an exchange, the status.
        /// </summary>
        internal readonly int[] Remaining;

        /// <summary>
        /// By twice the slot: what the application gave with a source; then what it gave with a sink. Two columns share an array,
        /// because an array takes 20 bytes.
        /// </summary>
        internal readonly int[] Keys;

        /// <summary>
        /// By twice the slot: the response body, a <see cref="BodySource"/> or a byte array; then the <see cref="BodySink"/> of the
        /// request.
        /// </summary>
        internal readonly object[] Bodies;

        internal readonly HttpExchange[] Exchange;

        /// <summary>The windows of the streams and of the connection.</summary>
        internal readonly FlowControl Windows;

        /// <summary>Number of slots of streams that the client opened.</summary>
        internal int Requests;

        /// <summary>Number of slots of streams that the server promised.</summary>
        internal int Pushes;

        /// <summary>Number of slots with <see cref="Sending"/>.</summary>
        internal int SendingStreams;

        /// <summary>Number of slots with a flag of <see cref="Receiving"/>.</summary>
        internal int ReceivingStreams;

        /// <summary>All slots from this one on are free, because a large table mostly has few streams.</summary>
        internal int Top;

        private readonly ServerCounters _counters;

        internal StreamTable(int capacity, ServerCounters counters)
        {
            _counters = counters;
            Id = new int[capacity];
            Flags = new int[capacity];
            Windows = new FlowControl(capacity);
            Moved = new int[capacity];
            ContentRemaining = new int[capacity];
            Position = new int[capacity];
            Remaining = new int[capacity];
            Keys = new int[2 * capacity];
            Bodies = new object[2 * capacity];
            Exchange = new HttpExchange[capacity];
        }

        /// <summary>Begins a connection: no stream is open, however the connection before has ended.</summary>
        internal void Begin()
        {
            Array.Clear(Id, 0, Id.Length);
            Array.Clear(Flags, 0, Flags.Length);
            Requests = 0;
            Pushes = 0;
            SendingStreams = 0;
            ReceivingStreams = 0;
            Top = 0;
            Windows.Begin();
        }

        internal int Count
        {
            get { return Requests + Pushes; }
        }

        /// <summary>Finds the slot of a stream.</summary>
        internal int Find(int stream)
        {
            int[] ids = Id;
            int top = Top;
            for (int slot = 0; slot < top; slot++)
            {
                if (ids[slot] == stream)
                {
                    return slot;
                }
            }

            return None;
        }

        /// <summary>Whether a stream has all the given flags.</summary>
        internal bool HasAny(int flags)
        {
            for (int slot = 0; slot < Top; slot++)
            {
                if ((Flags[slot] & flags) == flags)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>
        /// Whether a reset cuts a response: its fields are sent, and of its body something is left. It does not where the source
        /// had nothing more, as an event stream between two events, and in a tunnel.
        /// </summary>
        internal bool IsCut(int slot)
        {
            int flags = Flags[slot];
            return (flags & TrailersPending) != 0 || (flags & (Sending | SourceEmpty | Tunnel)) == Sending;
        }

        /// <summary>Whether a stream in use has yet to send its response, or takes the rest of its request.</summary>
        internal bool IsNeeded(int slot)
        {
            return (Flags[slot] & Unneeded) != LocalClosed;
        }

        /// <summary>Whether there is such a stream.</summary>
        internal bool HasNeeded()
        {
            for (int slot = 0; slot < Top; slot++)
            {
                if (Id[slot] != 0 && IsNeeded(slot))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Assigns a slot to a stream that leaves the idle state.</summary>
        /// <param name="stream">Its identifier.</param>
        /// <param name="flags">Its flags and its priority.</param>
        /// <param name="sendWindow">Its window for sending, in bytes.</param>
        /// <param name="receiveWindow">Its window for receiving, in bytes.</param>
        /// <returns>The slot; <see cref="None"/> when all are in use.</returns>
        internal int Open(int stream, int flags, int sendWindow, int receiveWindow)
        {
            int slot = 0;
            int top = Top;
            while (slot < top && Id[slot] != 0)
            {
                slot++;
            }

            if (slot == top)
            {
                if (top == Id.Length)
                {
                    return None;
                }

                Top = top + 1;
            }

            Id[slot] = stream;
            Flags[slot] = flags;
            int[] windows = Windows.Streams;
            windows[slot << 1] = sendWindow;
            windows[(slot << 1) + 1] = receiveWindow;
            ContentRemaining[slot] = -1;
            if ((flags & Pushed) != 0)
            {
                Pushes++;
            }
            else
            {
                Requests++;
            }

            return slot;
        }

        /// <summary>Closes a stream: closes its bodies and returns its exchange.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="complete">Whether the exchange has ended regularly.</param>
        internal void Close(int slot, bool complete)
        {
            if ((Flags[slot] & Pushed) != 0)
            {
                Pushes--;
            }
            else
            {
                Requests--;
            }

            EndSending(slot);
            EndReceiving(slot);
            Id[slot] = 0;
            Flags[slot] = 0;
            if (slot + 1 == Top)
            {
                LowerTop(slot);
            }

            CloseSink(slot, complete);
            CloseBody(slot, complete);
            ReleaseExchange(slot);
        }

        /// <summary>
        /// A stream is closed that was half-closed (remote) and nothing else: all of its response was sent at once, and nothing but
        /// its exchange hangs on it.
        /// </summary>
        internal void CloseWhole(int slot)
        {
            Requests--;
            Id[slot] = 0;
            Flags[slot] = 0;
            if (slot + 1 == Top)
            {
                Top = 0;
                if (slot != 0)
                {
                    LowerTop(slot);
                }
            }

            HttpExchange exchange = Exchange[slot];
            if (exchange != null)
            {
                Exchange[slot] = null;
                ExchangePool.Return(exchange, false);
            }
        }

        private void LowerTop(int top)
        {
            while (top > 0 && Id[top - 1] == 0)
            {
                top--;
            }

            Top = top;
        }

        /// <summary>The client has sent END_STREAM.</summary>
        /// <returns>The flags.</returns>
        internal int EndRemote(int slot)
        {
            return Flags[slot] |= RemoteClosed;
        }

        /// <summary>The server has sent END_STREAM.</summary>
        /// <returns>The flags.</returns>
        internal int EndLocal(int slot)
        {
            return Flags[slot] |= LocalClosed;
        }

        /// <summary>The priority of a stream, see <see cref="StreamPriority"/>.</summary>
        internal int PriorityOf(int slot)
        {
            return Flags[slot] >> PriorityShift;
        }

        /// <summary>The client or the handler has said what the priority of a stream is.</summary>
        internal void SetPriority(int slot, int priority)
        {
            Flags[slot] = (Flags[slot] & FlagMask) | priority << PriorityShift;
        }
    }
}
