using System;
using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The log that the page shows: the latest lines are kept, and each is published to those who listen. May be used on any
    /// thread. Warnings and faults are printed on the console too.
    /// </summary>
    public sealed class DashboardLog
    {
        // Longer lines are cut.
        private const int LongestLine = 200;

        // A JSON object with a line feed behind it, and what stands before its text at most.
        private const int Room = 320;
        private const int BeginLength = 64;
        private const int EndLength = 2;

        private readonly EventStream _events;
        private readonly Board _board;
        private readonly int _type;
        private readonly LogHistory _history;
        private readonly JsonWriter _json = new JsonWriter();

        // The platform makes another one each time it is asked.
        private readonly Encoding _utf8 = Encoding.UTF8;
        private int _lines;

        internal DashboardLog(EventStream events, Board board, int size)
        {
            _events = events;
            _board = board;
            _history = new LogHistory(size);
            _type = events.AddType("log", false);
        }

        /// <summary>Adds a line.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Write(string text)
        {
            Publish("info", text);
        }

        /// <summary>Adds a line about something that may become a fault.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Warn(string text)
        {
            Console.WriteLine(text);
            Publish("warning", text);
        }

        /// <summary>Adds a line about a fault.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Fail(string text)
        {
            Console.WriteLine(text);
            Publish("error", text);
        }

        /// <summary>Sets the lines that are kept as the body of a response.</summary>
        internal void Send(HttpResponse response)
        {
            _history.Send(response);
        }

        private void Publish(string level, string text)
        {
            if (text.Length > LongestLine)
            {
                text = text.Substring(0, LongestLine);
            }

            lock (_history.Bytes)
            {
                _lines++;

                // The line is made behind those that are kept, of which the oldest go as far as it needs room.
                while (_history.Length > _history.Bytes.Length - BeginLength || !Encode(level, text))
                {
                    if (_history.Length > _history.Bytes.Length - Room)
                    {
                        _history.DropOldest();
                    }
                    else
                    {
                        // Characters of many octets.
                        text = text.Substring(0, text.Length / 2);
                    }
                }
            }
        }

        // False when there is no room.
        private bool Encode(string level, string text)
        {
            // What stands between the values stays in flash.
            byte[] line = _history.Bytes;
            int begin = _history.Length;
            int limit = begin + Room < line.Length ? begin + Room : line.Length;
            int at = Put(begin, "{\"n\":");
            at += DecimalDigits.Write(_lines, line, at);
            at = Put(at, ",\"at\":");
            at += DecimalDigits.Write(_board.Uptime, line, at);
            at = Put(at, ",\"level\":\"");
            at = Put(at, level);
            at = Put(at, "\",\"text\":");
            _json.Begin(line, at, limit - EndLength);
            _json.Value(text);
            int end = _json.End();
            if (_json.Overflowed)
            {
                return false;
            }

            line[end++] = (byte)'}';
            _events.Publish(_type, line, begin, end - begin);
            line[end++] = (byte)'\n';
            _history.Length = end;
            return true;
        }

        private int Put(int at, string text)
        {
            return at + _utf8.GetBytes(text, 0, text.Length, _history.Bytes, at);
        }
    }
}
