using System;
using System.Text;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Somebody who listens to events of one octet each, and counts them.</summary>
    internal sealed class Viewer : ScriptedClient
    {
        private readonly bool _http2;
        private int _count;

        /// <summary>When the last event came.</summary>
        internal int HeardLast = -1;

        internal Viewer(bool http2)
        {
            _http2 = http2;
            Request = EventServer.Events;
            Octets = http2 ? Http2Octets.Get("/gsource") : null;
        }

        /// <summary>Events in what it has heard: over HTTP/1.1 what is behind the head, over HTTP/2 the payload of DATA.</summary>
        internal int Events
        {
            get { return _http2 ? Http2Octets.Data(HeardOctets).Length : Heard.Length - Heard.IndexOf("\r\n\r\n") - 4; }
        }

        internal override void Act(int time)
        {
            base.Act(time);
            if (Connections != 0 && Events != _count)
            {
                _count = Events;
                HeardLast = time;
            }
        }
    }

    /// <summary>Not a client: every 100 milliseconds it lets the source have another octet.</summary>
    internal sealed class Publisher : ScriptedClient
    {
        private int _events;

        internal Publisher(int events)
        {
            _events = events;
            Due = 100;
        }

        internal override void Act(int time)
        {
            Due = Never;
            Platform.Application.Source.StallAt++;
            if (--_events != 0)
            {
                Wake(time + 100);
            }
        }
    }

    /// <summary>
    /// Somebody who asks again over the same connection with a field that the dynamic table of HPACK has from the first request
    /// (RFC 7541 6.1).
    /// </summary>
    internal sealed class Http2Browser : ScriptedClient
    {
        /// <summary>After how many answers it asks once more, and then never.</summary>
        internal int Pauses = Never;

        private readonly byte[] _first;
        private int _before;

        private const string Authority = "a-device-with-a-long-name.in-a-house.example";

        internal Http2Browser(int wanted, int pause)
        {
            Wanted = wanted;
            Pause = pause;
            byte[] begin = Http2Octets.Get(0);
            byte[] frame = new byte[9 + 5 + Authority.Length];
            Begin(frame, 5 + Authority.Length, 1);
            frame[12] = 0x41;
            frame[13] = (byte)Authority.Length;
            Encoding.UTF8.GetBytes(Authority, 0, Authority.Length, frame, 14);
            _first = Http2Octets.Join(begin, frame);
            Octets = _first;
        }

        internal override void Act(int time)
        {
            int answers = Answers;
            int connections = Connections;
            base.Act(time);
            if (Connections != connections)
            {
                _before = Answers;
                Octets = _first;
            }

            if (Answers != answers)
            {
                byte[] frame = new byte[13];
                Begin(frame, 4, (byte)(1 + (2 * (Answers - _before))));
                frame[12] = 0xBE;
                Octets = frame;
                Pause = Answers >= Pauses ? 100000 : Pause;
            }
        }

        // HEADERS with END_STREAM and END_HEADERS: GET, http, /.
        private static void Begin(byte[] frame, int length, byte stream)
        {
            frame[2] = (byte)length;
            frame[3] = 1;
            frame[4] = 5;
            frame[8] = stream;
            frame[9] = 0x82;
            frame[10] = 0x86;
            frame[11] = 0x84;
        }
    }

    /// <summary>Not a client: changes what another one says after its first answer.</summary>
    internal sealed class Second : ScriptedClient
    {
        private readonly ScriptedClient _client;
        private readonly string _request;

        internal Second(ScriptedClient client, string request)
        {
            _client = client;
            _request = request;
        }

        internal override void Act(int time)
        {
            Due = Never;
            if (_client.Answers == 0)
            {
                Wake(time + 10);
                return;
            }

            _client.Request = _request;
        }
    }

    /// <summary>Not a client: completes the response that was put off.</summary>
    internal sealed class Completer : ScriptedClient
    {
        internal override void Act(int time)
        {
            Due = Never;
            Platform.Application.Deferred.Complete();
        }
    }

    /// <summary>Not a client: notes how many streams the server has reset.</summary>
    internal sealed class Noter : ScriptedClient
    {
        internal long Resets = -1;

        internal override void Act(int time)
        {
            Due = Never;
            Resets = Platform.Server.Counters.Resets;
        }
    }
}
