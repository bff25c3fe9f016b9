using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Events
{
    /// <summary>Called by an event stream at intervals while there are subscribers, to publish new events.</summary>
    /// <param name="events">The event stream.</param>
    public delegate void EventTick(EventStream events);

    /// <summary>
    /// Server-sent events (<c>text/event-stream</c> of the HTML standard) for many subscribers: all of them get what is
    /// published.
    /// </summary>
    /// <remarks>
    /// <para>One ring keeps the latest events for all subscribers. A subscriber that is too slow first misses events that a
    /// newer one of the same coalescing type replaces, then the oldest ones. When an event is overwritten while a
    /// subscriber is in the middle of it, that response is aborted; the browser reconnects with <c>Last-Event-ID</c> and
    /// gets what the ring still has. There is no queue per subscriber.</para>
    /// <para>Heap: the ring, and about 40 bytes for each subscriber. Publishing and sending allocate nothing.
    /// <see cref="Publish(int, byte[], int, int)"/> may be called on any thread.</para>
    /// </remarks>
    public sealed class EventStream : BodySource
    {
        private readonly EventRing _ring;
        private readonly Clock _clock;

        // "id: epoch-", and room for a number and a line feed; then the other words of HTML 9.2.5: the name of a line of data, the
        // time after which to reconnect, and the comment that keeps a connection alive.
        private const int IdNameLength = 4;
        private const int DataName = 28;
        private const int DataNameLength = 6;
        private const int RetryLine = DataName + DataNameLength;
        private const int RetryLength = 13;
        private const int RetryDigits = 7;
        private const int Comment = RetryLine + RetryLength;
        private const int CommentLength = 3;
        private const int LineFeed = Comment + 1;
        private readonly byte[] _id = Ascii.Pack("id:                         data: retry: 2000\n\n:\n\n");
        private readonly int _idLength;

        // The field that makes nginx, and what derives from it, pass events on at once.
        private readonly byte[] _buffering = Ascii.Pack("x-accel-buffering");

        // Three sections of equal length, by subscriber: octets left of the current event (-1 for a free place); position
        // of the next octet to send; time when something was last sent.
        private readonly long[] _left;
        private readonly int _places;

        // By type: its line, and the position of its latest event. None: no event yet; Kept: the type does not coalesce.
        private const int None = -1;
        private const int Kept = -2;
        private byte[][] _types = new byte[0][];
        private long[] _latest = new long[0];
        private long _nextTick;
        private int _keepAlive;
        private int _retry;
        private int _tickInterval;
        private bool _stopped;

        /// <summary>Makes an event stream.</summary>
        /// <param name="subscribers">Most subscribers at once, 1 to 100; more get 503.</param>
        /// <param name="ringSize">
        /// Size of the ring in bytes, 256 to 32,768. An event takes its text and about 30 bytes more.
        /// </param>
        /// <param name="clock">Gives the time.</param>
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

            _keepAlive = 15000;
            _retry = 2000;
            _tickInterval = 1000;

            // Event numbers start anew with the server, so the identifiers contain the start time (epoch).
            _idLength = DecimalDigits.WriteTo((int)(DateTime.UtcNow.Ticks / 10000) & int.MaxValue, _id, IdNameLength);
            _id[_idLength++] = (byte)'-';
        }

        /// <summary>
        /// Whether a new subscriber gets the events in the ring, and not only later ones. False unless set. A subscriber
        /// that reconnects with <c>Last-Event-ID</c> gets the events that it has missed in either case.
        /// </summary>
        public bool HasHistory { get; set; }

        /// <summary>
        /// Milliseconds of silence after which a comment is sent, so that no proxy takes the connection for dead. 100 to 3,600,000;
        /// 15,000 unless set.
        /// </summary>
        /// <exception cref="ArgumentException">The number is out of its range.</exception>
        public int KeepAlive
        {
            get
            {
                return _keepAlive;
            }

            set
            {
                LimitRanges.CheckRange(value, 100, 3600000, "KeepAlive");
                _keepAlive = value;
            }
        }

        /// <summary>
        /// Milliseconds that clients are told to wait before they reconnect, 0 to 9,999. Where several browsers share a server of
        /// one connection, each hears of news after this time and the turns of the others. 2,000 unless set.
        /// </summary>
        /// <exception cref="ArgumentException">The number is out of its range.</exception>
        public int Retry
        {
            get
            {
                return _retry;
            }

            set
            {
                LimitRanges.CheckRange(value, 0, 9999, "Retry");
                _retry = value;
            }
        }

        /// <summary>
        /// Called on the server's thread every <see cref="TickInterval"/> while there are subscribers; or null.
        /// </summary>
        public EventTick OnTick { get; set; }

        /// <summary>Milliseconds between two calls of <see cref="OnTick"/>. 10 to 3,600,000; 1,000 unless set.</summary>
        /// <exception cref="ArgumentException">The number is out of its range.</exception>
        public int TickInterval
        {
            get
            {
                return _tickInterval;
            }

            set
            {
                LimitRanges.CheckRange(value, 10, 3600000, "TickInterval");
                _tickInterval = value;
            }
        }

        /// <summary>Number of current subscribers.</summary>
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

        /// <summary>Adds a type of events. To be called before the server starts; allocates.</summary>
        /// <param name="name">The type's name, as <c>addEventListener</c> takes it; without line breaks.</param>
        /// <param name="coalesces">
        /// Whether a new event of this type replaces older ones: true for measured values, false for lines of a log.
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
        /// <param name="type">The number that <see cref="AddType"/> returned.</param>
        /// <param name="data">Holds the data in UTF-8; copied. A line feed in it begins another line of data.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>False when the event does not fit into the ring: it is not published.</returns>
        public bool Publish(int type, byte[] data, int offset, int count)
        {
            lock (_ring)
            {
                int id = DecimalDigits.WriteTo(_ring.Newest + 1, _id, _idLength);
                _id[id++] = (byte)'\n';
                byte[] name = _types[type];
                int length = name.Length + id + (CountLines(data, offset, offset + count) * DataNameLength) + count + 2;
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
                _ring.Append(_id, LineFeed, 1);
                return true;
            }
        }

        /// <summary>Publishes an event. Allocates the octets of the text.</summary>
        /// <param name="type">The number that <see cref="AddType"/> returned.</param>
        /// <param name="data">The data.</param>
        /// <returns>False when the event does not fit into the ring: it is not published.</returns>
        public bool Publish(int type, string data)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(data);
            return Publish(type, bytes, 0, bytes.Length);
        }

        /// <summary>
        /// Answers a GET of the event stream: map this method. A new subscriber gets the events published after this, and
        /// with <see cref="HasHistory"/> those in the ring too. One that reconnects gets the events in the ring that it has
        /// missed.
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
            response.Headers.Add(_buffering, KnownText.Octets, KnownText.NoStore, KnownText.NoLength, FieldPolicy.Indexed);

            // First, because it throws where there is a body: then nobody would free the place.
            response.SetBody(this, place, HttpResponse.UnknownLength);
            lock (_ring)
            {
                _left[_places + place] = Resume(request, response);
                _left[place] = 0;
                _left[_places + _places + place] = _clock.Now;
            }
        }

        /// <summary>
        /// Ends the responses of all subscribers and refuses new ones. To be called before the server stops, because the
        /// server waits for open responses. May be called on any thread.
        /// </summary>
        public void Stop()
        {
            _stopped = true;
        }

        /// <summary>
        /// Accepts subscribers again after <see cref="Stop"/>, for a server that starts again. Those that reconnect get the
        /// events that they have missed, as far as the ring still has them.
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

            if (position < RetryLength)
            {
                count = count < RetryLength - position ? count : RetryLength - position;
                for (int i = 0; i < count; i++)
                {
                    int digit = position + i - RetryDigits;
                    buffer[offset + i] = digit < 0 || digit >= 4 ? _id[RetryLine + position + i] : RetryDigit(digit);
                }

                return count;
            }

            long now = _clock.Now;
            int read = Copy(key, buffer, offset, count);
            if (read == 0 && OnTick != null && now >= _nextTick)
            {
                _nextTick = now + _tickInterval;
                OnTick(this);
                read = Copy(key, buffer, offset, count);
            }

            if (read == 0 && now - _left[_places + _places + key] >= _keepAlive && count >= CommentLength)
            {
                Array.Copy(_id, Comment, buffer, offset, CommentLength);
                read = CommentLength;
            }

            if (read > 0)
            {
                _left[_places + _places + key] = now;
            }

            return read;
        }

        /// <inheritdoc/>
        public override bool IsReady(int key)
        {
            if (_stopped || _left[key] != 0 || _left[_places + key] != _ring.Head)
            {
                return true;
            }

            long now = _clock.Now;
            return now - _left[_places + _places + key] >= _keepAlive || (OnTick != null && now >= _nextTick);
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _left[key] = -1;
        }

        private byte RetryDigit(int digit)
        {
            int value = _retry;
            for (int i = digit; i < 3; i++)
            {
                value /= 10;
            }

            return (byte)('0' + (value % 10));
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
                    // The rest of the event was overwritten, so the response cannot be completed.
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

                _ring.Append(_id, DataName, DataNameLength);
                _ring.Append(data, start, at - start);
                _ring.Append(_id, LineFeed, 1);
                if (at == end)
                {
                    return;
                }

                at++;
            }
        }

        // The position after the client's last event, if this server has sent it since it started; else that of the oldest
        // event.
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
            // The identifier is this server's if it begins with the same epoch; the number follows.
            int number = at + _idLength - IdNameLength;
            if (number > end || !Octets.Equal(bytes, at, _id, IdNameLength, number - at))
            {
                return _ring.Tail;
            }

            number = DecimalNumber.Parse(bytes, number, end - number);
            return number >= 0 && number <= _ring.Newest ? _ring.Find(number + 1) : _ring.Tail;
        }
    }
}
