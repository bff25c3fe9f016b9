using System;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The life of a name in multicast DNS (RFC 6762): it is probed (8.1), announced (8.3), used in responses (6), given up
    /// in a conflict (9), and withdrawn (10.1). The class does no I/O: it is given the received datagrams and returns those
    /// to send. Datagrams allocate nothing.
    /// </summary>
    public sealed class MulticastResponder
    {
        /// <summary>The largest datagram that is read or sent, in bytes.</summary>
        public const int LongestMessage = 512;

        /// <summary>The port of multicast DNS.</summary>
        public const int Port = 5353;

        // Steps: three probes and two announcements; then the device has the name until there is a conflict.
        private const int Probes = 3;
        private const int Announcing = 3;
        private const int Announced = 4;
        private const int Settled = 5;

        // Milliseconds; RFC 6762 8.1, 8.2, 8.3, 6, 7.2.
        private const int ProbePause = 250;
        private const int LostPause = 1000;
        private const int AnnouncementPause = 1000;
        private const int ShortestDelay = 20;
        private const int LongestDelay = 120;
        private const int ContinuedDelay = 400;
        private const int SentPause = 1000;
        private const int DefencePause = 250;
        private const int Hour = 3600000;

        // RFC 6762 8.1: after this many conflicts the next probe waits for five seconds.
        private const int ManyConflicts = 15;
        private const int ManyConflictsPause = 5000;

        private const int HighestNumber = 9999;

        private readonly string _host;
        private readonly string _instance;
        private readonly DnsRecords _records;
        private readonly int[] _sent = new int[DnsRecords.Count];
        private int _step;
        private long _due;
        private int _pending;
        private long _pendingDue;
        private bool _isContinued;
        private int _conflicts;
        private int _number = 1;
        private int _random;

        /// <summary>Begins to probe for the name.</summary>
        /// <param name="host">The name, without <c>.local</c>, 1 to 63 octets.</param>
        /// <param name="instance">The device's name for people, 1 to 63 octets.</param>
        /// <param name="address">The device's address, four octets.</param>
        /// <param name="port">The port of its server.</param>
        /// <param name="secure">Whether the server is HTTPS.</param>
        /// <param name="random">A number that differs between devices.</param>
        /// <param name="now">The time in milliseconds, like all times here.</param>
        public MulticastResponder(string host, string instance, byte[] address, int port, bool secure, int random, long now)
        {
            _host = host;
            _instance = instance;
            _random = random;
            _records = new DnsRecords(host, instance, address, port, secure);
            HostName = host;
            for (int i = 0; i < _sent.Length; i++)
            {
                _sent[i] = (int)now - Hour;
            }

            _due = now + Random(ProbePause);
        }

        /// <summary>The name, without <c>.local</c>: the wanted one, with a number appended if others have it.</summary>
        public string HostName { get; private set; }

        /// <summary>Whether the device has the name.</summary>
        public bool HasName
        {
            get { return _step > Announcing; }
        }

        /// <summary>
        /// Milliseconds until <see cref="Advance"/> has to be called; -1 when nothing is due before the next datagram.
        /// </summary>
        public int Wait(long now)
        {
            long due = _step < Settled ? _due : long.MaxValue;
            if (_pending != 0 && _pendingDue < due)
            {
                due = _pendingDue;
            }

            return due == long.MaxValue ? -1 : due <= now ? 0 : (int)(due - now);
        }

        /// <summary>Writes the multicast message that is due.</summary>
        /// <param name="message">Takes the message, <see cref="LongestMessage"/> bytes.</param>
        /// <param name="now">The time.</param>
        /// <returns>Bytes to send to the group; 0 for none.</returns>
        public int Advance(byte[] message, long now)
        {
            if (_step < Settled && now >= _due)
            {
                bool asks = _step < Probes;
                _step++;
                _due = now + (asks ? ProbePause : AnnouncementPause);
                return asks ? _records.WriteProbe(message) : Tell(message, DnsRecords.Announced, now);
            }

            if (_pending == 0 || now < _pendingDue)
            {
                return 0;
            }

            int records = _pending & ~Sent(_pending, SentPause, now);
            _pending = 0;
            return records == 0 ? 0 : Tell(message, records, now);
        }

        /// <summary>
        /// Processes a datagram, and replaces it by the unicast response for its sender, if there is one.
        /// </summary>
        /// <param name="message">The datagram, in <see cref="LongestMessage"/> bytes.</param>
        /// <param name="count">Its length.</param>
        /// <param name="port">The sender's port.</param>
        /// <param name="now">The time.</param>
        /// <returns>
        /// Bytes to send to the sender; 0 for none. Multicast messages are due later (<see cref="Wait"/>).
        /// </returns>
        public int Receive(byte[] message, int count, int port, long now)
        {
            if (!DnsMessage.IsUsual(message, count))
            {
                return 0;
            }

            if (!DnsMessage.IsResponse(message))
            {
                return Answer(message, count, port, now);
            }

            // RFC 6762 6: responses are accepted from the port of multicast DNS only.
            if (port == Port)
            {
                Hear(message, count, now);
            }

            return 0;
        }

        /// <summary>Writes the message that withdraws the name.</summary>
        /// <param name="message">Takes the message, <see cref="LongestMessage"/> bytes.</param>
        /// <returns>Bytes to send to the group; 0 when the device never had the name.</returns>
        public int End(byte[] message)
        {
            if (!HasName)
            {
                return 0;
            }

            Array.Clear(message, 0, DnsMessage.HeaderSize);
            return _records.WriteResponse(message, DnsMessage.HeaderSize, DnsRecords.Announced, false, true);
        }

        private int Answer(byte[] message, int count, int port, long now)
        {
            int asked = 0;
            bool unicast = true;
            int at = DnsMessage.HeaderSize;
            for (int left = DnsMessage.Number(message, DnsMessage.Questions); left > 0; left--)
            {
                int end = DnsName.End(message, at, count);
                if (end < 0 || end > count - 4)
                {
                    return 0;
                }

                int kind = DnsMessage.Number(message, end + 2);
                int records = DnsMessage.IsInternet(kind) ? _records.Asked(message, at, DnsMessage.Number(message, end)) : 0;
                asked |= records;
                unicast &= records == 0 || (kind & 0x8000) != 0;
                at = end + 4;
            }

            int questionsEnd = at;
            int known = ReadKnown(message, ref at, count);
            if (DnsMessage.Number(message, DnsMessage.Authorities) != 0 && !HasName)
            {
                Yield(message, at, count, now);
            }

            if (!HasName)
            {
                return 0;
            }

            if (_isContinued)
            {
                _pending &= ~known;
            }

            asked &= ~known;
            if (asked == 0)
            {
                return 0;
            }

            if (port != Port)
            {
                return _records.WriteResponse(message, questionsEnd, asked, true, false);
            }

            return unicast && AreFresh(asked, now) ? TellOne(message, asked) : Postpone(message, asked, now);
        }

        // RFC 6762 5.4: a querier that has just joined gets a unicast response if the records were multicast recently.
        private int TellOne(byte[] message, int records)
        {
            Array.Clear(message, 0, DnsMessage.HeaderSize);
            return _records.WriteResponse(message, DnsMessage.HeaderSize, records, false, false);
        }

        private int Postpone(byte[] message, int records, long now)
        {
            bool probe = DnsMessage.Number(message, DnsMessage.Authorities) != 0;
            bool continued = DnsMessage.IsContinued(message);
            long due = now;
            if (probe)
            {
                // RFC 6762 6: a probe for the name is answered at once, and more often than queries are.
                for (int i = 0; i < _sent.Length; i++)
                {
                    if ((records & 1 << i) != 0 && !IsSent(i, DefencePause, now))
                    {
                        _sent[i] = (int)now - SentPause;
                    }
                }
            }
            else if (continued || (records & DnsRecords.Shared) != 0)
            {
                due += (continued ? ContinuedDelay : ShortestDelay) + Random(LongestDelay - ShortestDelay);
            }

            _pendingDue = _pending == 0 || due < _pendingDue ? due : _pendingDue;
            _isContinued = continued || (_isContinued && _pending != 0);
            _pending |= records;
            return 0;
        }

        // RFC 6762 7.1: the answers that the querier knows, with more than half of their time left. Nothing is known of a
        // truncated list.
        private int ReadKnown(byte[] message, ref int at, int count)
        {
            int known = 0;
            for (int left = DnsMessage.Number(message, DnsMessage.Answers); left > 0; left--)
            {
                int fields = DnsMessage.Record(message, at, count);
                if (fields < 0)
                {
                    at = count;
                    return known;
                }

                int record = Equal(message, at, fields);
                known |= record != 0 && DnsMessage.Lives(message, fields, DnsRecords.TimeToLive(record) / 2) ? record : 0;
                at = DnsMessage.Data(fields) + DnsMessage.DataLength(message, fields);
            }

            return known;
        }

        // RFC 6762 8.2: two hosts probe for a name at the same time. Their lowest records are compared, and the host with
        // the lesser one waits for a second; if one host's records are the beginning of the other's, the host with fewer
        // records waits.
        private void Yield(byte[] message, int at, int count, long now)
        {
            int less = 0;
            int greater = 0;
            for (int left = DnsMessage.Number(message, DnsMessage.Authorities); left > 0; left--)
            {
                int fields = DnsMessage.Record(message, at, count);
                if (fields < 0)
                {
                    break;
                }

                int data = DnsMessage.Data(fields);
                int length = DnsMessage.DataLength(message, fields);
                int name = DnsMessage.IsInternet(DnsMessage.Kind(message, fields)) ? _records.OwnName(message, at) : 0;
                if (name != 0)
                {
                    int order = _records.Compare(message, at, DnsMessage.Number(message, fields), data, length);
                    less |= order > 0 ? name : 0;
                    greater |= order < 0 ? name : 0;
                }

                at = data + length;
            }

            if ((greater & ~less) != 0)
            {
                _step = 0;
                _due = now + LostPause;
            }
        }

        // A response: whether another host has different records for a name that this device has or probes for (RFC 6762
        // 8.1, 9).
        private void Hear(byte[] message, int count, long now)
        {
            int at = DnsMessage.HeaderSize;
            for (int left = DnsMessage.Number(message, DnsMessage.Questions); left > 0; left--)
            {
                at = DnsName.End(message, at, count);
                if (at < 0 || at > count - 4)
                {
                    return;
                }

                at += 4;
            }

            int records = DnsMessage.Number(message, DnsMessage.Answers) + DnsMessage.Number(message, DnsMessage.Authorities)
                + DnsMessage.Number(message, DnsMessage.Authorities + 2);
            for (; records > 0; records--)
            {
                int fields = DnsMessage.Record(message, at, count);
                if (fields < 0)
                {
                    return;
                }

                int name = DnsMessage.IsInternet(DnsMessage.Kind(message, fields)) && DnsMessage.Lives(message, fields, 1) ? _records.OwnName(message, at) : 0;

                // While the name is being probed, any different record of another host is a conflict.
                if (name != 0 && (!HasName || DnsRecords.HasType(name, DnsMessage.Number(message, fields))) && Equal(message, at, fields) == 0)
                {
                    Object(now);
                    return;
                }

                at = DnsMessage.Data(fields) + DnsMessage.DataLength(message, fields);
            }
        }

        private void Object(long now)
        {
            // A name that was already taken is probed for again first, because the conflicting record may be wrong.
            if (!HasName)
            {
                _number = _number < HighestNumber ? _number + 1 : 2;
                string number = _number.ToString();
                HostName = Short(_host, DnsName.LongestLabel - number.Length - 1) + "-" + number;
                _records.Rename(HostName, Short(_instance, DnsName.LongestLabel - number.Length - 3) + " (" + number + ")");
            }

            _conflicts++;
            _step = 0;
            _pending = 0;
            _due = now + (_conflicts > ManyConflicts ? ManyConflictsPause : Random(ProbePause));
        }

        private static string Short(string text, int most)
        {
            while (System.Text.Encoding.UTF8.GetBytes(text).Length > most)
            {
                text = text.Substring(0, text.Length - 1);
            }

            return text;
        }

        private int Equal(byte[] message, int name, int fields)
        {
            return _records.Equal(message, name, DnsMessage.Number(message, fields), DnsMessage.Data(fields), DnsMessage.DataLength(message, fields));
        }

        private int Tell(byte[] message, int records, long now)
        {
            for (int i = 0; i < _sent.Length; i++)
            {
                if ((records & 1 << i) != 0)
                {
                    _sent[i] = (int)now;
                }
            }

            Array.Clear(message, 0, DnsMessage.HeaderSize);
            return _records.WriteResponse(message, DnsMessage.HeaderSize, records, false, false);
        }

        // RFC 6762 5.4: whether the records were multicast within a quarter of their time to live.
        private bool AreFresh(int records, long now)
        {
            for (int i = 0; i < _sent.Length; i++)
            {
                // Records that are never announced are left out.
                if ((records & DnsRecords.Announced & 1 << i) != 0 && !IsSent(i, DnsRecords.TimeToLive(1 << i) * 250, now))
                {
                    return false;
                }
            }

            return true;
        }

        private int Sent(int records, int within, long now)
        {
            int sent = 0;
            for (int i = 0; i < _sent.Length; i++)
            {
                sent |= (records & 1 << i) != 0 && IsSent(i, within, now) ? 1 << i : 0;
            }

            return sent;
        }

        private bool IsSent(int index, int within, long now)
        {
            int elapsed = (int)now - _sent[index];
            return elapsed >= 0 && elapsed < within;
        }

        private int Random(int below)
        {
            _random = (_random * 1103515245) + 12345;
            return ((_random >> 16) & 0x7FFF) % below;
        }
    }
}
