using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>Writes the status of the device and of the server as a JSON object.</summary>
    internal sealed class StatusDocument
    {
        private const int LongestFirmware = 40;
        private const int LongestNotice = 120;

        private readonly Board _board;
        private readonly Sensors _sensors;
        private readonly int _httpPort;
        private readonly int _httpsPort;
        private readonly byte[] _firmwareText;
        private readonly byte[] _http10 = Encoding.UTF8.GetBytes("HTTP/1.0");
        private readonly byte[] _http11 = Encoding.UTF8.GetBytes("HTTP/1.1");
        private readonly byte[] _http2 = Encoding.UTF8.GetBytes("HTTP/2");
        private readonly byte[] _device = Encoding.UTF8.GetBytes("device");
        private readonly byte[] _firmware = Encoding.UTF8.GetBytes("firmware");
        private readonly byte[] _uptime = Encoding.UTF8.GetBytes("uptime");
        private readonly byte[] _heapFree = Encoding.UTF8.GetBytes("heapFree");
        private readonly byte[] _heapTotal = Encoding.UTF8.GetBytes("heapTotal");
        private readonly byte[] _temperature = Encoding.UTF8.GetBytes("temperature");
        private readonly byte[] _signal = Encoding.UTF8.GetBytes("signal");
        private readonly byte[] _protocol = Encoding.UTF8.GetBytes("protocol");
        private readonly byte[] _streamsOpen = Encoding.UTF8.GetBytes("streamsOpen");
        private readonly byte[] _connections = Encoding.UTF8.GetBytes("connections");
        private readonly byte[] _requests = Encoding.UTF8.GetBytes("requests");
        private readonly byte[] _hpackTableBytes = Encoding.UTF8.GetBytes("hpackTableBytes");
        private readonly byte[] _hpackBytesSaved = Encoding.UTF8.GetBytes("hpackBytesSaved");
        private readonly byte[] _connectionWindow = Encoding.UTF8.GetBytes("connectionWindow");
        private readonly byte[] _bytesSent = Encoding.UTF8.GetBytes("bytesSent");
        private readonly byte[] _bytesReceived = Encoding.UTF8.GetBytes("bytesReceived");
        private readonly byte[] _features = Encoding.UTF8.GetBytes("features");
        private readonly byte[] _faults = Encoding.UTF8.GetBytes("faults");
        private readonly byte[] _notice = Encoding.UTF8.GetBytes("notice");
        private readonly byte[] _pages = Encoding.UTF8.GetBytes("pages");
        private readonly byte[] _alternate = Encoding.UTF8.GetBytes("alternate");
        private readonly byte[] _scheme = Encoding.UTF8.GetBytes("scheme");
        private readonly byte[] _port = Encoding.UTF8.GetBytes("port");
        private readonly byte[] _http = Encoding.UTF8.GetBytes("http");
        private readonly byte[] _https = Encoding.UTF8.GetBytes("https");
        private byte[] _noticeText;

        internal StatusDocument(Board board, Sensors sensors, DashboardOptions options)
        {
            _board = board;
            _sensors = sensors;
            _httpPort = options.HttpPort;
            _httpsPort = options.HttpsPort;
            _firmwareText = Short(board.Firmware, LongestFirmware);
            DeviceName = Encoding.UTF8.GetBytes(board.DeviceName);
        }

        /// <summary>The name of the device in UTF-8.</summary>
        internal byte[] DeviceName { get; set; }

        /// <summary>Names of what this device offers beside the fixed routes.</summary>
        internal byte[][] Features { get; set; }

        /// <summary>Which edition of the pages is served: a page that has another one loads itself anew.</summary>
        internal int Pages { get; set; }

        /// <summary>What is wrong with the device; null for nothing. Allocates.</summary>
        internal void SetNotice(string notice)
        {
            _noticeText = notice == null ? null : Short(notice, LongestNotice);
        }

        /// <summary>Writes the object. Allocates nothing, unless a sensor falls silent or answers again.</summary>
        /// <param name="json">The writer, begun.</param>
        /// <param name="protocol">The protocol of the request.</param>
        /// <param name="secure">Whether the request came over TLS.</param>
        /// <param name="counters">What the server counted.</param>
        internal void Write(JsonWriter json, HttpProtocol protocol, bool secure, ServerCounters counters)
        {
            _sensors.Read();
            json.BeginObject();
            json.Member(_device, DeviceName);
            json.Member(_firmware, _firmwareText);
            json.Member(_uptime, _board.Uptime);
            json.Member(_heapFree, _board.HeapFree);
            json.Member(_heapTotal, _board.HeapTotal);
            json.Name(_temperature);
            int value = _sensors.Temperature;
            if (value <= Board.Failed)
            {
                json.Null();
            }
            else
            {
                json.Value(value, 2);
            }

            json.Name(_signal);
            value = _sensors.Signal;
            if (value <= Board.Failed)
            {
                json.Null();
            }
            else
            {
                json.Value(value);
            }

            json.Member(_protocol, protocol == HttpProtocol.Http2 ? _http2 : protocol == HttpProtocol.Http11 ? _http11 : _http10);
            json.Member(_streamsOpen, counters.StreamsOpen);
            json.Member(_requests, counters.Requests);
            json.Member(_connections, counters.Connections);
            json.Member(_hpackTableBytes, counters.DynamicTableBytes);
            json.Member(_hpackBytesSaved, counters.FieldBytesSaved);
            json.Member(_connectionWindow, counters.ConnectionWindow);
            json.Member(_bytesSent, counters.BytesSent);
            json.Member(_bytesReceived, counters.BytesReceived);
            json.Name(_features);
            json.BeginArray();
            for (int i = 0; i < Features.Length; i++)
            {
                json.Value(Features[i]);
            }

            json.EndArray();
            json.Member(_pages, Pages);
            WriteAlternate(json, secure ? _httpPort : _httpsPort, secure ? _http : _https);
            WriteTroubles(json);
            json.EndObject();
        }

        private void WriteAlternate(JsonWriter json, int port, byte[] scheme)
        {
            if (port > 0)
            {
                json.Name(_alternate);
                json.BeginObject();
                json.Member(_scheme, scheme);
                json.Member(_port, port);
                json.EndObject();
            }
        }

        private void WriteTroubles(JsonWriter json)
        {
            byte[] notice = _noticeText;
            if (notice != null)
            {
                json.Member(_notice, notice);
            }

            if (_sensors.AnyFailed)
            {
                json.Name(_faults);
                json.BeginArray();
                if (_sensors.Temperature == Board.Failed)
                {
                    json.Value(_temperature);
                }

                if (_sensors.Signal == Board.Failed)
                {
                    json.Value(_signal);
                }

                json.EndArray();
            }
        }

        private static byte[] Short(string text, int longest)
        {
            return Encoding.UTF8.GetBytes(text.Length > longest ? text.Substring(0, longest) : text);
        }
    }
}
