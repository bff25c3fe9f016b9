using System.Text;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>Publishes lines of the log to the pages that listen. May be used on any thread.</summary>
    public sealed class DashboardLog
    {
        // An event is a JSON object with a member; longer lines are cut.
        private const int LongestLine = 200;
        private const int Room = 300;

        private readonly EventStream _events;
        private readonly int _type;
        private readonly JsonWriter _json = new JsonWriter();
        private readonly byte[] _buffer = new byte[Room];
        private readonly byte[] _level = Encoding.UTF8.GetBytes("level");
        private readonly byte[] _text = Encoding.UTF8.GetBytes("text");
        private readonly byte[] _info = Encoding.UTF8.GetBytes("info");
        private readonly byte[] _warning = Encoding.UTF8.GetBytes("warning");
        private readonly byte[] _error = Encoding.UTF8.GetBytes("error");

        internal DashboardLog(EventStream events)
        {
            _events = events;
            _type = events.AddType("log", false);
        }

        /// <summary>Publishes a line.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Write(string text)
        {
            Publish(_info, text);
        }

        /// <summary>Publishes a line about something that may become a fault.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Warn(string text)
        {
            Publish(_warning, text);
        }

        /// <summary>Publishes a line about a fault.</summary>
        /// <param name="text">The line; what is longer than 200 characters is cut.</param>
        public void Fail(string text)
        {
            Publish(_error, text);
        }

        private void Publish(byte[] level, string text)
        {
            if (text.Length > LongestLine)
            {
                text = text.Substring(0, LongestLine);
            }

            lock (_json)
            {
                _json.Begin(_buffer, 0, _buffer.Length);
                _json.BeginObject();
                _json.Member(_level, level);
                _json.Name(_text);
                _json.Value(text);
                _json.EndObject();
                int end = _json.End();
                if (!_json.Overflowed)
                {
                    _events.Publish(_type, _buffer, 0, end);
                }
            }
        }
    }
}
