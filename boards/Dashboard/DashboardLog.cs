using System;
using Http2Nano.Events;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The log that the page shows: keeps the latest lines, and publishes each new one to the subscribers. May be used on
    /// any thread. Warnings and faults are printed on the console too.
    /// </summary>
    public sealed class DashboardLog
    {
        // Longer lines are cut.
        private const int LongestLine = 200;

        // The largest JSON object of a line, with a line feed after it and the field names before its text.
        private const int Room = 320;
        private const int BeginLength = 64;
        private const int EndLength = 2;

        // The number of the type of its events: the status is added first.
        private const int Type = 1;

        private readonly EventStream _events;
        private readonly Board _board;
        private readonly LogHistory _history;
        private int _lines;

        internal DashboardLog(EventStream events, Board board, int size)
        {
            _events = events;
            _board = board;
            _history = new LogHistory(size);
            events.AddType("log", false);
        }

        /// <summary>Adds a line.</summary>
        /// <param name="text">The line; cut after 200 characters.</param>
        public void Write(string text)
        {
            Publish("info", text);
        }

        /// <summary>Adds a line about something that may become a fault.</summary>
        /// <param name="text">The line; cut after 200 characters.</param>
        public void Warn(string text)
        {
            Console.WriteLine(text);
            Publish("warning", text);
        }

        /// <summary>Adds a line about a fault.</summary>
        /// <param name="text">The line; cut after 200 characters.</param>
        public void Fail(string text)
        {
            Console.WriteLine(text);
            Publish("error", text);
        }

        /// <summary>Sets the kept lines as the body of a response.</summary>
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

                // The new line is made after the kept ones; the oldest are dropped to make room for it.
                int begin = _history.Length;
                int end = Encode(begin, level, text);
                while (end < 0)
                {
                    if (begin > _history.Bytes.Length - Room)
                    {
                        _history.DropOldest();
                        begin = _history.Length;
                    }
                    else
                    {
                        // The characters take several octets each, so half of them is tried.
                        text = text.Substring(0, text.Length / 2);
                    }

                    end = Encode(begin, level, text);
                }

                _history.Length = end;
                _events.Publish(Type, _history.Bytes, begin, end - begin - 1);
            }
        }

        // Offset after the line's line feed; -1 when it does not fit.
        private int Encode(int begin, string level, string text)
        {
            byte[] line = _history.Bytes;
            if (begin > line.Length - BeginLength)
            {
                return -1;
            }

            // The text between the values stays in flash.
            int limit = begin + Room < line.Length ? begin + Room : line.Length;
            int at = Put(begin, "{\"n\":");
            at += DecimalDigits.Write(_lines, line, at);
            at = Put(at, ",\"at\":");
            at += DecimalDigits.Write(_board.Uptime, line, at);
            at = Put(at, ",\"level\":\"");
            at = Put(at, level);
            at = Put(at, "\",\"text\":");
            at = JsonWriter.Write(text, line, at, limit - EndLength);
            if (at >= 0)
            {
                line[at] = (byte)'}';
                line[at + 1] = (byte)'\n';
                at += EndLength;
            }

            return at;
        }

        private int Put(int at, string text)
        {
            return at + JsonWriter.Utf8.GetBytes(text, 0, text.Length, _history.Bytes, at);
        }
    }
}
