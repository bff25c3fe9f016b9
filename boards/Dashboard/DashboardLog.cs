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

        private readonly EventStream _events;
        private readonly Board _board;
        private readonly int _type;
        private readonly LogHistory _history;
        private readonly JsonWriter _json = new JsonWriter();
        private readonly byte[] _buffer = new byte[Room];
        private readonly byte[] _number = Encoding.UTF8.GetBytes("n");
        private readonly byte[] _at = Encoding.UTF8.GetBytes("at");
        private readonly byte[] _level = Encoding.UTF8.GetBytes("level");
        private readonly byte[] _text = Encoding.UTF8.GetBytes("text");
        private readonly byte[] _info = Encoding.UTF8.GetBytes("info");
        private readonly byte[] _warning = Encoding.UTF8.GetBytes("warning");
        private readonly byte[] _error = Encoding.UTF8.GetBytes("error");
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
            Publish(_info, text);
        }

        /// <summary>Adds a line about something that may become a fault.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Warn(string text)
        {
            Console.WriteLine(text);
            Publish(_warning, text);
        }

        /// <summary>Adds a line about a fault.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Fail(string text)
        {
            Console.WriteLine(text);
            Publish(_error, text);
        }

        /// <summary>Sets the lines that are kept as the body of a response.</summary>
        internal void Send(HttpResponse response)
        {
            _history.Send(response);
        }

        private void Publish(byte[] level, string text)
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

        private bool Encode(byte[] level, string text)
        {
            _json.Begin(_buffer, 0, Room - 1);
            _json.BeginObject();
            _json.Member(_number, _lines);
            _json.Member(_at, _board.Uptime);
            _json.Member(_level, level);
            _json.Name(_text);
            _json.Value(text);
            _json.EndObject();
            int end = _json.End();
            if (_json.Overflowed)
            {
                return false;
            }

            _events.Publish(_type, _buffer, 0, end);
            _buffer[end++] = (byte)'\n';
            _history.Add(_buffer, end);
            return true;
        }
    }
}
