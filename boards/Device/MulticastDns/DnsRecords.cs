using System;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The records of a device that has one address and serves pages: its host name (A), its address (PTR), and its service
    /// for DNS-SD (RFC 6763). Each record is a bit, so that a set of records is a number.
    /// </summary>
    public sealed class DnsRecords
    {
        /// <summary>The address of the host name (A).</summary>
        public const int Host = 1;

        /// <summary>The host name has no other records (NSEC, RFC 6762 6.1).</summary>
        public const int HostTypes = 2;

        /// <summary>The host name of the address (PTR).</summary>
        public const int Reverse = 4;

        /// <summary>The device offers this type of service (RFC 6763 9).</summary>
        public const int Kind = 8;

        /// <summary>The service instance of its type (RFC 6763 4.1).</summary>
        public const int Instance = 16;

        /// <summary>Host and port of the service (SRV, RFC 2782).</summary>
        public const int Location = 32;

        /// <summary>The page to open (TXT, RFC 6763 6).</summary>
        public const int Text = 64;

        /// <summary>The service instance has no other records (NSEC).</summary>
        public const int InstanceTypes = 128;

        /// <summary>The records that are announced.</summary>
        public const int Announced = Host | Reverse | Kind | Instance | Location | Text;

        /// <summary>The shared records, which other hosts may have too (RFC 6762 2).</summary>
        public const int Shared = Kind | Instance;

        /// <summary>Number of records.</summary>
        public const int Count = 8;

        private const int TypeA = 1;
        private const int TypePointer = 12;
        private const int TypeText = 16;
        private const int TypeLocation = 33;
        private const int TypeNone = 47;
        private const int TypeAny = 255;

        // RFC 6762 10: times to live in seconds. Two minutes for records with a host name or an address, 75 minutes for the
        // others.
        private const int HostTime = 120;
        private const int OtherTime = 4500;

        // RFC 6762 6.7: a one-shot querier does not receive later changes, so its answer lives ten seconds.
        private const int OneShotTime = 10;

        private readonly DnsName _host;
        private readonly DnsName _kinds;
        private readonly DnsName _kind;
        private readonly DnsName _instance;
        private readonly DnsName _reverse;
        private readonly byte[] _address = new byte[4];
        private readonly byte[] _text = System.Text.Encoding.UTF8.GetBytes("\u0006path=/");
        private readonly int _port;
        private int _limit;
        private bool _oneShot;
        private bool _ends;

        /// <summary>Makes the records.</summary>
        /// <param name="host">The host name, without <c>.local</c>.</param>
        /// <param name="instance">The name of the service instance for people.</param>
        /// <param name="address">The four octets of the address.</param>
        /// <param name="port">The port of the service.</param>
        /// <param name="secure">Whether the service is HTTPS.</param>
        public DnsRecords(string host, string instance, byte[] address, int port, bool secure)
        {
            DnsName local = new DnsName("local", null);
            _host = new DnsName(host, local);
            _kind = new DnsName(secure ? "_https" : "_http", new DnsName("_tcp", local));
            _instance = new DnsName(instance, _kind);
            _kinds = new DnsName("_services", new DnsName("_dns-sd", new DnsName("_udp", local)));
            Array.Copy(address, _address, 4);
            _port = port;
            _reverse = new DnsName("in-addr", new DnsName("arpa", null));
            for (int i = 0; i < 4; i++)
            {
                _reverse = new DnsName(address[i].ToString(), _reverse);
            }
        }

        /// <summary>Changes the two unique names.</summary>
        public void Rename(string host, string instance)
        {
            _host.Rename(host);
            _instance.Rename(instance);
        }

        /// <summary>The records that a question asks for.</summary>
        /// <param name="message">The message.</param>
        /// <param name="name">Offset of the question's name.</param>
        /// <param name="type">The question's type.</param>
        public int Asked(byte[] message, int name, int type)
        {
            bool any = type == TypeAny;
            if (_host.Is(message, name))
            {
                return any || type == TypeA ? Host : HostTypes;
            }

            if (_instance.Is(message, name))
            {
                return any ? Location | Text : type == TypeLocation ? Location : type == TypeText ? Text : InstanceTypes;
            }

            if (!any && type != TypePointer)
            {
                return 0;
            }

            return _kind.Is(message, name) ? Instance : _kinds.Is(message, name) ? Kind : _reverse.Is(message, name) ? Reverse : 0;
        }

        /// <summary>The additional records for a set of answers (RFC 6762 6.2, RFC 6763 12).</summary>
        public static int Additional(int answers)
        {
            int more = (answers & Instance) != 0 ? Location | Text | Host | HostTypes : (answers & Location) != 0 ? Host | HostTypes : 0;
            return (more | ((answers & Host) != 0 ? HostTypes : 0)) & ~answers;
        }

        /// <summary>The time to live of a record in seconds.</summary>
        public static int TimeToLive(int record)
        {
            return (record & (Host | HostTypes | Reverse | Location)) != 0 ? HostTime : OtherTime;
        }

        /// <summary>The own record that equals a record in a message; 0 for none.</summary>
        /// <param name="message">The message.</param>
        /// <param name="name">Offset of its name.</param>
        /// <param name="type">Its type.</param>
        /// <param name="data">Offset of its data.</param>
        /// <param name="length">Length of the data, all of which is in the message.</param>
        public int Equal(byte[] message, int name, int type, int data, int length)
        {
            int end = data + length;
            switch (type)
            {
                case TypeA:
                    return length == 4 && IsSame(message, data, _address) && _host.Is(message, name) ? Host : 0;
                case TypeText:
                    return length == _text.Length && IsSame(message, data, _text) && _instance.Is(message, name) ? Text : 0;
                case TypeLocation:
                    return length > 6 && DnsName.End(message, data + 6, end) == end && CompareLocation(message, data) == 0 && _instance.Is(message, name) ? Location : 0;
                case TypePointer:
                    return DnsName.End(message, data, end) == end ? EqualPointer(message, name, data) : 0;
                case TypeNone:
                    return _host.Is(message, name) ? HostTypes : _instance.Is(message, name) ? InstanceTypes : 0;
                default:
                    return 0;
            }
        }

        /// <summary>
        /// Determines which of the two unique names, of the host or of the service instance, a name in a message is.
        /// </summary>
        /// <param name="message">The message.</param>
        /// <param name="name">Offset of the name.</param>
        /// <returns><see cref="Host"/>, <see cref="Location"/>, or 0.</returns>
        public int OwnName(byte[] message, int name)
        {
            return _host.Is(message, name) ? Host : _instance.Is(message, name) ? Location : 0;
        }

        /// <summary>Whether the device has records of a type for one of its unique names.</summary>
        public static bool HasType(int ownName, int type)
        {
            return ownName == Host ? type == TypeA : type == TypeText || type == TypeLocation;
        }

        /// <summary>Compares a record of another host's probe with the device's own (RFC 6762 8.2).</summary>
        /// <param name="message">The probe.</param>
        /// <param name="name">Offset of the record's name, one of the two.</param>
        /// <param name="type">The record's type.</param>
        /// <param name="data">Offset of its data.</param>
        /// <param name="length">Length of the data, all of which is in the message.</param>
        /// <returns>Negative when the other host wins, 0 when the records are equal.</returns>
        public int Compare(byte[] message, int name, int type, int data, int length)
        {
            if (_host.Is(message, name))
            {
                int difference = TypeA - type;
                for (int i = 0; i < 4 && difference == 0; i++)
                {
                    difference = i < length ? _address[i] - message[data + i] : 1;
                }

                return difference != 0 ? difference : 4 - length;
            }

            int end = data + length;
            return type != TypeLocation ? TypeLocation - type : length > 6 && DnsName.End(message, data + 6, end) == end ? CompareLocation(message, data) : 1;
        }

        /// <summary>Writes a probe: two questions, and the proposed records (RFC 6762 8.1).</summary>
        /// <returns>The length of the message.</returns>
        public int WriteProbe(byte[] message)
        {
            Begin(message.Length, false, false);
            Array.Clear(message, 0, DnsMessage.HeaderSize);
            message[5] = 2;
            int at = Question(message, DnsMessage.HeaderSize, _host);
            at = Question(message, at, _instance);

            // RFC 6762 10.2: the cache-flush bit is for responses only.
            return Write(message, at, Host | Location, 9, false);
        }

        /// <summary>Writes a response.</summary>
        /// <param name="message">Takes the response; contains the repeated questions.</param>
        /// <param name="at">Offset of the records.</param>
        /// <param name="answers">The records to send.</param>
        /// <param name="oneShot">Whether the querier used another port than that of multicast DNS.</param>
        /// <param name="ends">Whether the records are withdrawn, with a time to live of 0.</param>
        /// <returns>The length of the message; 0 when not even the first record fits.</returns>
        public int WriteResponse(byte[] message, int at, int answers, bool oneShot, bool ends)
        {
            Begin(message.Length, oneShot, ends);
            Array.Clear(message, 6, 6);
            message[2] = 0x84;
            message[3] = 0;
            int end = Write(message, at, answers, 7, !oneShot);
            int all = CountOf(answers);
            if (message[7] != all)
            {
                // RFC 1035 4.1.1: the truncation bit, because not all records fit.
                message[2] |= 2;
                return message[7] == 0 ? 0 : end;
            }

            return ends ? end : Write(message, end, Additional(answers), 11, !oneShot);
        }

        private static int CountOf(int records)
        {
            int count = 0;
            for (int bit = 1; bit < 1 << Count; bit <<= 1)
            {
                count += (records & bit) != 0 ? 1 : 0;
            }

            return count;
        }

        private void Begin(int limit, bool oneShot, bool ends)
        {
            _limit = limit;
            _oneShot = oneShot;
            _ends = ends;
            ForgetFrom(0);
        }

        private void ForgetFrom(int position)
        {
            _host.ForgetFrom(position);
            _instance.ForgetFrom(position);
            _kind.ForgetFrom(position);
            _kinds.ForgetFrom(position);
            _reverse.ForgetFrom(position);
        }

        private int Question(byte[] message, int at, DnsName name)
        {
            at = name.Write(message, at, _limit, false);
            message[at] = 0;
            message[at + 1] = TypeAny;

            // RFC 6762 5.4: the bit that allows a unicast response.
            message[at + 2] = 0x80;
            message[at + 3] = 1;
            return at + 4;
        }

        // Writes the records that fit and counts them.
        private int Write(byte[] message, int at, int records, int counter, bool flushes)
        {
            for (int bit = 1; bit < 1 << Count; bit <<= 1)
            {
                if ((records & bit) == 0)
                {
                    continue;
                }

                int end = WriteRecord(message, at, bit, flushes && (bit & Shared) == 0);
                if (end > _limit)
                {
                    ForgetFrom(at);
                    return at;
                }

                message[counter]++;
                at = end;
            }

            return at;
        }

        private int WriteRecord(byte[] message, int at, int record, bool flushes)
        {
            DnsName owner = record == Reverse ? _reverse : record == Kind ? _kinds : record == Instance ? _kind : (record & (Host | HostTypes)) != 0 ? _host : _instance;
            at = owner.Write(message, at, _limit, false);
            if (at > _limit - 10)
            {
                return int.MaxValue;
            }

            int type = record == Host ? TypeA : record == Location ? TypeLocation : record == Text ? TypeText : (record & (HostTypes | InstanceTypes)) != 0 ? TypeNone : TypePointer;
            int time = _ends ? 0 : _oneShot ? OneShotTime : TimeToLive(record);
            message[at] = 0;
            message[at + 1] = (byte)type;
            message[at + 2] = (byte)(flushes ? 0x80 : 0);
            message[at + 3] = 1;
            message[at + 4] = 0;
            message[at + 5] = 0;
            message[at + 6] = (byte)(time >> 8);
            message[at + 7] = (byte)time;
            int end = WriteData(message, at + 10, record);
            if (end > _limit)
            {
                return int.MaxValue;
            }

            message[at + 8] = (byte)((end - at - 10) >> 8);
            message[at + 9] = (byte)(end - at - 10);
            return end;
        }

        private int WriteData(byte[] message, int at, int record)
        {
            switch (record)
            {
                case Host:
                    return WriteOctets(message, at, _address);
                case Text:
                    return WriteOctets(message, at, _text);
                case Reverse:
                    return _host.Write(message, at, _limit, false);
                case Kind:
                    return _kind.Write(message, at, _limit, false);
                case Instance:
                    return _instance.Write(message, at, _limit, false);
                case Location:
                    if (at > _limit - 6)
                    {
                        return int.MaxValue;
                    }

                    Array.Clear(message, at, 4);
                    message[at + 4] = (byte)(_port >> 8);
                    message[at + 5] = (byte)_port;

                    // RFC 6762 18.14: a one-shot querier need not accept a compressed name here.
                    return _host.Write(message, at + 6, _limit, _oneShot);
                default:
                    return WriteTypes(message, at, record);
            }
        }

        // RFC 4034 4.1: the name again, and a bit for each existing type. The longest bitmap has five octets.
        private int WriteTypes(byte[] message, int at, int record)
        {
            at = (record == HostTypes ? _host : _instance).Write(message, at, _limit, false);
            if (at > _limit - 7)
            {
                return int.MaxValue;
            }

            message[at] = 0;
            if (record == HostTypes)
            {
                message[at + 1] = 1;
                message[at + 2] = 0x80 >> TypeA;
                return at + 3;
            }

            Array.Clear(message, at + 1, 6);
            message[at + 1] = 5;
            message[at + 2 + (TypeText / 8)] = 0x80 >> (TypeText % 8);
            message[at + 2 + (TypeLocation / 8)] = 0x80 >> (TypeLocation % 8);
            return at + 7;
        }

        private int WriteOctets(byte[] message, int at, byte[] octets)
        {
            if (at > _limit - octets.Length)
            {
                return int.MaxValue;
            }

            Array.Copy(octets, 0, message, at, octets.Length);
            return at + octets.Length;
        }

        private int EqualPointer(byte[] message, int name, int data)
        {
            if (_kind.Is(message, name))
            {
                return _instance.Is(message, data) ? Instance : 0;
            }

            if (_kinds.Is(message, name))
            {
                return _kind.Is(message, data) ? Kind : 0;
            }

            return _reverse.Is(message, name) && _host.Is(message, data) ? Reverse : 0;
        }

        private int CompareLocation(byte[] message, int data)
        {
            int difference = -(message[data] << 8 | message[data + 1]);
            difference = difference != 0 ? difference : -(message[data + 2] << 8 | message[data + 3]);
            difference = difference != 0 ? difference : _port - (message[data + 4] << 8 | message[data + 5]);
            return difference != 0 ? difference : _host.CompareTo(message, data + 6);
        }

        private static bool IsSame(byte[] message, int at, byte[] octets)
        {
            for (int i = 0; i < octets.Length; i++)
            {
                if (message[at + i] != octets[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
