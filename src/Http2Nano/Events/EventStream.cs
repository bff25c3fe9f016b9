using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Events
{
    /// <summary>Is called by an event stream from time to time, while there are subscribers, to publish what is new.</summary>
    /// <param name="events">The event stream.</param>
    public delegate void EventTick(EventStream events);

    /// <summary>
    /// Server-sent events (the <c>text/event-stream</c> of the HTML standard) for any number of subscribers: what is published
    /// goes to all.
    /// </summary>
    /// <remarks>
    /// <para>The latest events are kept in one ring, whoever listens. A subscriber that falls behind misses first those that a
    /// newer one of the same coalescing type has replaced, then the oldest. One that is overtaken in the middle of an event
    /// is broken off; the browser comes back with <c>Last-Event-ID</c> and gets what is still there. Nothing is queued for
    /// anybody.</para>
    /// <para>Heap: the ring, and about 40 bytes for each subscriber. Publishing and sending allocate nothing.
    /// <see cref="Publish(int, byte[], int, int)"/> may be called on any thread.</para>
    /// </remarks>
    public sealed class EventStream : BodySource
    {
        private readonly EventRing _ring;
        private readonly Clock _clock;
        // "id: epoch-", then room for a number and a line feed.
        private readonly byte[] _id = new byte[28];
        private readonly int _idLength;

        // By subscriber: how many more octets of the event begun, -1 for a free place; behind those of all the next octet to send,
        // and behind these when the subscriber was sent anything.
        private readonly long[] _left;
        private readonly int _places;

        // By type: its line, and where its latest event is; None when there was none, Kept when it does not coalesce.
        private const int None = -1;
        private const int Kept = -2;
        private byte[][] _types = new byte[0][];
        private long[] _latest = new long[0];
        private long _nextTick;
        private bool _stopped;

        /// <summary>Makes an event stream.</summary>
        /// <param name="subscribers">Most subscribers at once, 1 to 100; more get 503.</param>
        /// <param name="ringSize">Bytes for the latest events, 256 to 32,768. An event takes its text and about 30 more.</param>
        /// <param name="clock">Where the time comes from.</param>
        /// <exception cref="ArgumentException">One of the numbers is out of its range.</exception>
        public EventStream(int subscribers, int ringSize, Clock clock)
        {
            if (subscribers < 1 || subscribers > 100 || ringSize < 256 || ringSize > 32768)
            {
                throw new ArgumentException("An event stream has 1 to 100 subscribers and a ring of 256 to 32768 bytes.");
            }

            _clock = clock;
            _ring = new EventRing(ringSize);
            _places = subscribers;
            _left = new long[3 * subscribers];
            for (int i = 0; i < subscribers; i++)
            {
                _left[i] = -1;
            }

            KeepAlive = 15000;
            TickInterval = 1000;

            // The numbers of events begin anew with the server, so what was numbered before needs to be told apart.
            Array.Copy(KnownText.Octets, KnownText.IdName, _id, 0, KnownText.IdNameLength);
            _idLength = DecimalDigits.WriteTo((int)(DateTime.UtcNow.Ticks / 10000) & int.MaxValue, _id, KnownText.IdNameLength);
            _id[_idLength++] = (byte)'-';
        }

        /// <summary>
        /// Whether a new subscriber gets what the ring has of the past, and not only what is published from then on. False unless
        /// set. One that comes back with <c>Last-Event-ID</c> gets what it has missed in either case.
        /// </summary>
        public bool HasHistory { get; set; }

        /// <summary>Milliseconds of silence after which a comment is sent, so that nobody on the way takes the connection for dead.</summary>
        public int KeepAlive { get; set; }

        /// <summary>Called on the server's thread every <see cref="TickInterval"/>, as long as anybody listens; or null.</summary>
        public EventTick OnTick { get; set; }

        /// <summary>Milliseconds from one <see cref="OnTick"/> to the next.</summary>
        public int TickInterval { get; set; }

        /// <summary>Subscribers now.</summary>
        public int Subscribers
        {
            get
            {
                int count = 0;
                for (int i = 0; i < _places; i++)
                {
                    if (_left[i] >= 0)
                    {
                        count++;
                    }
                }

                return count;
            }
        }

        /// <summary>Adds a type of events. Before the server starts; allocates.</summary>
        /// <param name="name">The type's name, as <c>addEventListener</c> takes it; without line breaks.</param>
        /// <param name="coalesces">
        /// Whether a new event of this type makes older ones needless, as measured values do and lines of a log do not.
        /// </param>
        /// <returns>The type's number, for <see cref="Publish(int, byte[], int, int)"/>.</returns>
        public int AddType(string name, bool coalesces)
        {
            int count = _types.Length;
            byte[][] types = new byte[count + 1][];
            long[] latest = new long[count + 1];
            Array.Copy(_types, types, count);
            Array.Copy(_latest, latest, count);
            types[count] = Encoding.UTF8.GetBytes("event: " + name + "\n");
            latest[count] = coalesces ? None : Kept;
            _types = types;
            _latest = latest;
            return count;
        }

        /// <summary>Publishes an event to all subscribers, and keeps it for those that come back.</summary>
        /// <param name="type">What <see cref="AddType"/> gave.</param>
        /// <param name="data">Holds the data in UTF-8; copied. A line feed in it begins another line of data.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>False when the event is too large for the ring: it is not published.</returns>
        public bool Publish(int type, byte[] data, int offset, int count)
        {
            lock (_ring)
            {
                int id = DecimalDigits.WriteTo(_ring.Newest + 1, _id, _idLength);
                _id[id++] = (byte)'\n';
                byte[] name = _types[type];
                int length = name.Length + id + (CountLines(data, offset, offset + count) * KnownText.DataNameLength) + count + 2;
                if (length > _ring.Limit - EventRing.HeaderSize)
                {
                    return false;
                }

                if (_latest[type] != Kept)
                {
                    if (_latest[type] >= 0)
                    {
                        _ring.Supersede(_latest[type]);
                    }

                    _latest[type] = _ring.Begin(length);
                }
                else
                {
                    _ring.Begin(length);
                }

                _ring.Append(name, 0, name.Length);
                _ring.Append(_id, 0, id);
                AppendLines(data, offset, offset + count);
                _ring.Append(KnownText.Octets, KnownText.LineFeed, 1);
                return true;
            }
        }

        /// <summary>Publishes an event. Allocates the octets of the text.</summary>
        /// <param name="type">What <see cref="AddType"/> gave.</param>
        /// <param name="data">The data.</param>
        /// <returns>False when the event is too large for the ring: it is not published.</returns>
        public bool Publish(int type, string data)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(data);
            return Publish(type, bytes, 0, bytes.Length);
        }

        /// <summary>
        /// Answers a GET of the event stream: map this method. A new subscriber gets what is published from now on, and with
        /// <see cref="HasHistory"/> what the ring still has; one that comes back what it has missed of that.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response.</param>
        public void Handle(HttpRequest request, HttpResponse response)
        {
            int place = 0;
            while (place < _places && _left[place] >= 0)
            {
                place++;
            }

            if (place == _places || _stopped)
            {
                Problem.Write(response, 503);
                return;
            }

            response.Headers.Add(FieldName.ContentType, KnownText.Octets, KnownText.EventStream, KnownText.EventStreamLength, FieldPolicy.Indexed);
            response.Headers.Add(FieldName.CacheControl, KnownText.Octets, KnownText.NoStore, KnownText.NoStoreLength, FieldPolicy.Indexed);
            lock (_ring)
            {
                _left[_places + place] = Resume(request, response);
                _left[place] = 0;
                _left[_places + _places + place] = _clock.Now;
            }

            response.SetBody(this, place, HttpResponse.UnknownLength);
        }

        /// <summary>
        /// Ends the stream for all who listen, and refuses those to come: before the server stops, which would wait for them.
        /// May be called on any thread.
        /// </summary>
        public void Stop()
        {
            _stopped = true;
        }

        /// <summary>
        /// Lets subscribers in again after <see cref="Stop"/>, for a server that starts again. Those that come back get what they
        /// have missed, as far as the ring still has it.
        /// </summary>
        public void Start()
        {
            _stopped = false;
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            if (_stopped && _left[key] == 0)
            {
                return EndOfBody;
            }

            if (position < KnownText.RetryLength)
            {
                count = count < KnownText.RetryLength - position ? count : KnownText.RetryLength - position;
                Array.Copy(KnownText.Octets, KnownText.Retry + position, buffer, offset, count);
                return count;
            }

            long now = _clock.Now;
            int read = Copy(key, buffer, offset, count);
            if (read == 0 && OnTick != null && now >= _nextTick)
            {
                _nextTick = now + TickInterval;
                OnTick(this);
                read = Copy(key, buffer, offset, count);
            }

            if (read == 0 && now - _left[_places + _places + key] >= KeepAlive && count >= KnownText.CommentLength)
            {
                Array.Copy(KnownText.Octets, KnownText.Comment, buffer, offset, KnownText.CommentLength);
                read = KnownText.CommentLength;
            }

            if (read > 0)
            {
                _left[_places + _places + key] = now;
            }

            return read;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _left[key] = -1;
        }

        private int Copy(int key, byte[] buffer, int offset, int count)
        {
            lock (_ring)
            {
                long position = _left[_places + key];
                int left = (int)_left[key];
                int copied = 0;
                if (left > 0 && position < _ring.Tail)
                {
                    // Half an event cannot be completed any more.
                    return Failed;
                }

                while (copied < count)
                {
                    if (left == 0)
                    {
                        if (position < _ring.Tail)
                        {
                            position = _ring.Tail;
                        }

                        while (position < _ring.Head && _ring.IsSuperseded(position))
                        {
                            position += EventRing.HeaderSize + _ring.LengthAt(position);
                        }

                        if (position >= _ring.Head)
                        {
                            break;
                        }

                        left = _ring.LengthAt(position);
                        position += EventRing.HeaderSize;
                    }

                    int part = count - copied < left ? count - copied : left;
                    _ring.Copy(position, buffer, offset + copied, part);
                    position += part;
                    left -= part;
                    copied += part;
                }

                _left[_places + key] = position;
                _left[key] = left;
                return copied;
            }
        }

        private static int CountLines(byte[] data, int at, int end)
        {
            int lines = 1;
            for (; at < end; at++)
            {
                if (data[at] == '\n' || data[at] == '\r')
                {
                    lines++;
                }
            }

            return lines;
        }

        private void AppendLines(byte[] data, int at, int end)
        {
            while (true)
            {
                int start = at;
                while (at < end && data[at] != '\n' && data[at] != '\r')
                {
                    at++;
                }

                _ring.Append(KnownText.Octets, KnownText.DataName, KnownText.DataNameLength);
                _ring.Append(data, start, at - start);
                _ring.Append(KnownText.Octets, KnownText.LineFeed, 1);
                if (at == end)
                {
                    return;
                }

                at++;
            }
        }

        // Behind the event that the client had last, if it was one of this server's life; else all that there is.
        private long Resume(HttpRequest request, HttpResponse response)
        {
            int position = request.Headers.Find(FieldName.LastEventId);
            if (position < 0 || request.Headers.ValueLength(position) == 0)
            {
                return HasHistory ? _ring.Tail : _ring.Head;
            }

            int at = FieldScratch.Copy(request.Headers, position, response.Headers);
            if (at < 0)
            {
                return _ring.Tail;
            }

            byte[] bytes = response.Headers.Storage;
            int end = response.Headers.Limit;
            // A number of this server's life is behind the same octets as its own.
            int number = at + _idLength - KnownText.IdNameLength;
            if (number > end || !Octets.Equal(bytes, at, _id, KnownText.IdNameLength, number - at))
            {
                return _ring.Tail;
            }

            number = DecimalDigits.Parse(bytes, number, end - number);
            return number >= 0 && number <= _ring.Newest ? _ring.Find(number + 1) : _ring.Tail;
        }
    }
}
