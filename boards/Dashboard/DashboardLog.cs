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

        // A JSON object with a line feed behind it.
        private const int Room = 320;
        private const int EndLength = 2;

        private readonly EventStream _events;
        private readonly Board _board;
        private readonly int _type;
        private readonly LogHistory _history;
        private readonly JsonWriter _json = new JsonWriter();
        private readonly byte[] _buffer = new byte[Room];
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

            lock (_json)
            {
                _lines++;
                while (!Encode(level, text))
                {
                    // Characters of many octets.
                    text = text.Substring(0, text.Length / 2);
                }
            }
        }

        private bool Encode(string level, string text)
        {
            // What stands between the values stays in flash.
            int at = Put(0, "{\"n\":");
            at += DecimalDigits.Write(_lines, _buffer, at);
            at = Put(at, ",\"at\":");
            at += DecimalDigits.Write(_board.Uptime, _buffer, at);
            at = Put(at, ",\"level\":\"");
            at = Put(at, level);
            at = Put(at, "\",\"text\":");
            _json.Begin(_buffer, at, Room - EndLength);
            _json.Value(text);
            int end = _json.End();
            if (_json.Overflowed)
            {
                return false;
            }

            _buffer[end++] = (byte)'}';
            _events.Publish(_type, _buffer, 0, end);
            _buffer[end++] = (byte)'\n';
            _history.Add(_buffer, end);
            return true;
        }

        private int Put(int at, string text)
        {
            return at + Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, at);
        }
    }
}
