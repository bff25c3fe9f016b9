using System;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Smallest
{
    /// <summary>
    /// A client that takes next to no memory: it keeps the beginning of what it gets and counts the rest.
    /// </summary>
    public class QuietClient
    {
        private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

        private readonly HttpSession _session;
        private readonly byte[] _kept = new byte[400];
        private readonly byte[] _header = new byte[9];
        private int _keptCount;
        private int _have;
        private int _left;
        private bool _knowsTable;

        /// <summary>Takes the session that serves it.</summary>
        public QuietClient(HttpSession session)
        {
            _session = session;
        }

        /// <summary>Octets received since the last request; over HTTP/2 those of its body.</summary>
        public int Count { get; private set; }

        /// <summary>Over HTTP/2: the first octet of the response's field block that is no table size update.</summary>
        public int FirstField { get; private set; }

        /// <summary>Over HTTP/2: whether the response is complete.</summary>
        public bool Ended { get; private set; }

        private int Stream { get; set; }

        /// <summary>Opens a connection, behind the end of the one before.</summary>
        public void Connect()
        {
            _session.End();
            _session.Begin(0, false);
            Stream = 0;
            _have = 0;
            _left = 0;
        }

        /// <summary>Sends a request of HTTP/1.1 and takes what comes; its beginning must hold a text.</summary>
        public void Ask(string request, string part)
        {
            _keptCount = 0;
            Count = 0;
            byte[] octets = Encoding.UTF8.GetBytes(request);
            Send(octets, octets.Length);
            Holds(part);
        }

        /// <summary>Opens a connection of HTTP/2.</summary>
        public void Greet()
        {
            Connect();
            Stream = -1;
            _knowsTable = false;
            byte[] octets = Encoding.UTF8.GetBytes(Preface);
            Send(octets, octets.Length);

            // SETTINGS_INITIAL_WINDOW_SIZE 1,048,575 and as much for the connection; the server's SETTINGS are acknowledged.
            octets = new byte[] { 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 15, 255, 255, 0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 15, 255, 255, 0, 0, 0, 4, 1, 0, 0, 0, 0 };
            Send(octets, octets.Length);
        }

        /// <summary>Sends a request over HTTP/2 and takes what comes on its stream.</summary>
        /// <param name="stream">Its number.</param>
        /// <param name="method">GET or PUT.</param>
        /// <param name="path">Its path.</param>
        /// <param name="credentials">Value of its authorization, or null.</param>
        /// <param name="json">Its body, or null.</param>
        public void Ask(int stream, string method, string path, string credentials, string json)
        {
            Stream = stream;
            Count = 0;
            FirstField = 0;
            Ended = false;
            _keptCount = 0;
            byte[] frame = new byte[160];
            int at = 9;
            if (!_knowsTable)
            {
                // RFC 7541 4.2: the server announced a smaller table, so the first block says what the client makes of it: nothing.
                _knowsTable = true;
                frame[at++] = 0x20;
            }

            // RFC 7541 6.2.2: literals without indexing, whose names are in the static table.
            frame[at++] = 0x86;
            at = Field(frame, at, 2, method);
            at = Field(frame, at, 4, path);
            at = Field(frame, at, 1, "a");
            if (credentials != null)
            {
                at = Field(frame, at, 23, credentials);
            }

            if (json != null)
            {
                at = Field(frame, at, 31, "application/json");
            }

            Frame(frame, 0, at, 1, json == null ? 5 : 4, stream);
            if (json != null)
            {
                byte[] body = Encoding.UTF8.GetBytes(json);
                int start = at;
                Array.Copy(body, 0, frame, start + 9, body.Length);
                at = start + 9 + body.Length;
                Frame(frame, start, at, 0, 1, stream);
            }

            Send(frame, at);
        }

        /// <summary>The beginning of what was received holds a text.</summary>
        public void Holds(string part)
        {
            byte[] octets = Encoding.UTF8.GetBytes(part);
            int same = 0;
            for (int at = 0; same < octets.Length && at <= _keptCount - octets.Length; at++)
            {
                same = 0;
                while (same < octets.Length && _kept[at + same] == octets[same])
                {
                    same++;
                }
            }

            Assert.IsTrue(same == octets.Length, part);
        }

        private static int Field(byte[] frame, int at, int name, string value)
        {
            if (name >= 15)
            {
                frame[at++] = 15;
                name -= 15;
            }

            frame[at++] = (byte)name;
            byte[] octets = Encoding.UTF8.GetBytes(value);
            frame[at++] = (byte)octets.Length;
            Array.Copy(octets, 0, frame, at, octets.Length);
            return at + octets.Length;
        }

        private static void Frame(byte[] frame, int start, int end, int type, int flags, int stream)
        {
            frame[start + 1] = (byte)((end - start - 9) >> 8);
            frame[start + 2] = (byte)(end - start - 9);
            frame[start + 3] = (byte)type;
            frame[start + 4] = (byte)flags;
            frame[start + 8] = (byte)stream;
        }

        private void Send(byte[] octets, int count)
        {
            int sent = 0;
            int moved = 1;
            while (moved != 0)
            {
                moved = _session.Receive.MakeRoom();
                moved = moved < count - sent ? moved : count - sent;
                Array.Copy(octets, sent, _session.Receive.Bytes, _session.Receive.End, moved);
                _session.Receive.End += moved;
                sent += moved;

                // As the server's loop does, with a frame of the stack less.
                HttpConnection connection = _session.Served;
                if (connection == null)
                {
                    _session.Advance(0);
                }
                else
                {
                    connection.Advance(0);
                    if (connection.Finished || _session.IsUpgrading)
                    {
                        _session.EndAdvance(0);
                    }
                }

                Take(_session.Transmit.Bytes, _session.Transmit.Start, _session.Transmit.Length);
                moved += _session.Transmit.Length;
                _session.Transmit.Sent(_session.Transmit.Length);
            }
        }

        private void Take(byte[] octets, int at, int count)
        {
            if (Stream == 0)
            {
                Count += count;
                Keep(octets, at, count);
                return;
            }

            while (count > 0)
            {
                int part;
                if (_have < 9)
                {
                    part = count < 9 - _have ? count : 9 - _have;
                    Array.Copy(octets, at, _header, _have, part);
                    _have += part;
                    if (_have == 9)
                    {
                        _left = _header[0] << 16 | _header[1] << 8 | _header[2];
                    }
                }
                else
                {
                    part = count < _left ? count : _left;
                    Payload(octets, at, part);
                    _left -= part;
                }

                at += part;
                count -= part;
                if (_have == 9 && _left == 0)
                {
                    Assert.IsTrue(_header[3] != 7, "GOAWAY");
                    Ended |= _header[8] == Stream && _header[3] < 2 && (_header[4] & 1) != 0;
                    _have = 0;
                }
            }
        }

        private void Payload(byte[] octets, int at, int count)
        {
            if (_header[8] != Stream || _header[3] > 1)
            {
                return;
            }

            if (_header[3] == 0)
            {
                Count += count;
                Keep(octets, at, count);
                return;
            }

            // RFC 7541 6.3: table size updates are 001xxxxx, and more octets when all of these bits are set (5.1).
            for (int i = at; i < at + count && FirstField == 0; i++)
            {
                if (octets[i] == 0x3F)
                {
                    while (octets[++i] >= 0x80)
                    {
                    }
                }
                else if (octets[i] >> 5 != 1)
                {
                    FirstField = octets[i];
                }
            }
        }

        private void Keep(byte[] octets, int at, int count)
        {
            count = count < _kept.Length - _keptCount ? count : _kept.Length - _keptCount;
            Array.Copy(octets, at, _kept, _keptCount, count);
            _keptCount += count;
        }
    }
}
