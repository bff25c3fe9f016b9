using System.Text;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Somebody who comes to the server and does what the fields say. What an honest one misses is counted.</summary>
    internal class ScriptedClient
    {
        /// <summary>A request that is answered with <c>hello</c>.</summary>
        internal const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";

        /// <summary>A time that does not come.</summary>
        internal const int Never = int.MaxValue;

        private const int Away = 0;
        private const int Connected = 1;
        private const int Asked = 2;
        private const int Pausing = 3;
        private const int Gone = 4;

        private ScriptedConnection _connection;
        private int _state;
        private int _next;
        private int _attempt;
        private bool _asking;
        private int _started;

        internal ScriptedPlatform Platform;

        /// <summary>When it comes, in milliseconds from the start; then when it has to do something.</summary>
        internal int Due = 1;

        /// <summary>Its address; one of its own unless set.</summary>
        internal int Number;

        /// <summary>Whether it comes to the TLS port.</summary>
        internal bool IsSecure;

        /// <summary>Milliseconds that octets are on their way, in each direction.</summary>
        internal int Latency;

        /// <summary>Milliseconds between connecting and speaking.</summary>
        internal int Silence;

        /// <summary>What it says first.</summary>
        internal string Request = Get;

        /// <summary>What it says instead of <see cref="Request"/> when that is no text.</summary>
        internal byte[] Octets;

        /// <summary>What it says every so often while it waits for the answer, or null.</summary>
        internal string Drip;
        internal int DripTime;

        /// <summary>Answers that it wants, and the pause between an answer and the next request.</summary>
        internal int Wanted = 1;
        internal int Pause;

        /// <summary>Whether it connects anew for each request.</summary>
        internal bool ConnectsAnew;

        /// <summary>Whether it comes again when it was cut off, and after how many milliseconds.</summary>
        internal bool Returns;
        internal int ReturnTime;

        /// <summary>When it ends its side of the connection; in milliseconds from the start.</summary>
        internal int LeavesAt = Never;

        /// <summary>How much is kept of what it hears, in bytes.</summary>
        internal int HeardSize = 512;

        /// <summary>Whether it takes nothing.</summary>
        internal bool IsDeaf;

        /// <summary>Whether whatever is asked of its connection throws, once it is served.</summary>
        internal bool IsBroken;

        /// <summary>Whether it ends its side of the connection behind its request.</summary>
        internal bool EndsBehind;

        /// <summary>Answers that it got, connections that it made, and requests that got no answer although the connection was there.</summary>
        internal int Answers;
        internal int Connections;
        internal int Lost;

        /// <summary>How often it was cut off before it had said anything.</summary>
        internal int CutOff;

        /// <summary>The longest that an answer took, connecting included, in milliseconds.</summary>
        internal int Longest;

        /// <summary>When the first octets came; -1 for never.</summary>
        internal int HeardFirst = -1;

        /// <summary>When the last answer came, and when the server closed; -1 for never.</summary>
        internal int LastAnswer = -1;
        internal int ClosedAt = -1;

        /// <summary>What it heard on its last connection, as far as that was kept.</summary>
        internal string Heard
        {
            get { return _connection == null ? string.Empty : Encoding.UTF8.GetString(_connection.Heard, 0, _connection.HeardCount); }
        }

        /// <summary>The octets of that.</summary>
        internal byte[] HeardOctets
        {
            get
            {
                byte[] octets = new byte[_connection.HeardCount];
                System.Array.Copy(_connection.Heard, octets, octets.Length);
                return octets;
            }
        }

        /// <summary>Octets that had arrived when the server closed and that it had not read.</summary>
        internal int Unread;

        /// <summary>Does what is due.</summary>
        internal virtual void Act(int time)
        {
            Due = Never;
            if (_connection != null)
            {
                if (_state == Asked && time >= _connection.HeardAt && _connection.HasHeard("hello"))
                {
                    Answer(time);
                }

                if (_connection != null && time >= _connection.CutAt)
                {
                    Closed(time);
                }

                if (_connection != null)
                {
                    Wake(_connection.HeardAt > time ? _connection.HeardAt : Never);
                    Wake(_connection.CutAt);
                }
            }

            if (time >= LeavesAt && _connection != null)
            {
                LeavesAt = Never;
                _connection.End();
            }

            Wake(LeavesAt > time ? LeavesAt : Never);
            if (time >= _next)
            {
                _next = Never;
                GoOn(time);
            }

            Wake(_next);
        }

        /// <summary>Has to do something at a time.</summary>
        internal void Wake(int time)
        {
            if (time < Due)
            {
                Due = time;
                Platform.Wake(time);
            }
        }

        private void GoOn(int time)
        {
            switch (_state)
            {
                case Away:
                    Connect(time);
                    break;

                case Connected:
                case Pausing:
                    Ask(time);
                    break;

                case Asked:
                    _connection.Say(Encoding.UTF8.GetBytes(Drip));
                    _next = time + DripTime;
                    break;
            }
        }

        private void Connect(int time)
        {
            if (!_asking)
            {
                _asking = true;
                _started = time;
            }

            ScriptedConnection connection = new ScriptedConnection(this);
            if (!(IsSecure ? Platform.Secure : Platform.Plain).Connect(connection))
            {
                // TCP tries again after a second, then after two, four and so on.
                _next = time + (1000 << _attempt);
                _attempt++;
                return;
            }

            Connections++;
            _attempt = 0;
            _connection = connection;
            _state = Connected;
            _next = Silence == Never ? Never : time + Silence;
        }

        private void Ask(int time)
        {
            if (!_asking)
            {
                _asking = true;
                _started = time;
            }

            _state = Asked;
            _connection.HeardCount = 0;
            _connection.Say(Octets == null ? Encoding.UTF8.GetBytes(Request) : Octets);
            if (EndsBehind)
            {
                _connection.End();
            }

            _next = Drip == null ? Never : time + DripTime;
        }

        private void Answer(int time)
        {
            Answers++;
            LastAnswer = time;
            Longest = time - _started > Longest ? time - _started : Longest;
            _asking = false;
            if (Answers == Wanted)
            {
                _connection.End();
                _state = Gone;
                _next = Never;
                return;
            }

            _state = Pausing;
            _next = time + Pause;
            if (ConnectsAnew || Heard.IndexOf("connection: close") >= 0)
            {
                _connection.End();
                _connection = null;
                _state = Away;
            }
        }

        private void Closed(int time)
        {
            _connection.CutAt = Never;
            ClosedAt = time;
            switch (_state)
            {
                case Pausing:
                    // It finds out before it asks again.
                    _connection = null;
                    _state = Away;
                    return;

                case Asked:
                    Lost++;
                    break;

                case Connected:
                    CutOff++;
                    break;
            }

            _next = Never;
            if (_state != Gone)
            {
                _state = Returns ? Away : Gone;
                _next = Returns ? time + ReturnTime : Never;
            }
        }
    }
}
