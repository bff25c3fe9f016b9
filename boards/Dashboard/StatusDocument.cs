using System;
using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>Writes the status of the device and of the server as a JSON object.</summary>
    /// <remarks>What is always the same is one text that stays in flash: as an array it would be copied to the heap.</remarks>
    internal sealed class StatusDocument
    {
        private const int LongestFirmware = 40;
        private const int LongestNotice = 120;

        // Each @ is where a value stands, or where a part ends that may be left out.
        private readonly string _template =
            "{\"device\":@,\"firmware\":@,\"uptime\":@,\"heapFree\":@,\"heapTotal\":@,\"temperature\":@,\"signal\":@"
            + ",\"protocol\":\"HTTP/@2@1.1@1.0@\",\"streamsOpen\":@,\"requests\":@,\"connections\":@,\"hpackTableBytes\":@"
            + ",\"hpackBytesSaved\":@,\"connectionWindow\":@,\"bytesSent\":@,\"bytesReceived\":@"
            + ",\"features\":[\"events\",\"log\",\"settings\"@,\"led\"@],\"pages\":@"
            + ",\"alternate\":{\"scheme\":\"http@s@\",\"port\":@}@"
            + ",\"notice\":@,\"faults\":[@\"temperature\"@,@\"signal\"@]@}@";

        private readonly Board _board;
        private readonly Sensors _sensors;
        private readonly int _httpPort;
        private readonly int _httpsPort;
        private readonly byte[] _firmware;
        private readonly JsonWriter _json;

        // The platform makes another one each time it is asked.
        private readonly Encoding _utf8 = Encoding.UTF8;
        private byte[] _notice;
        private byte[] _buffer;
        private int _at;
        private int _read;

        internal StatusDocument(Board board, Sensors sensors, DashboardOptions options, JsonWriter writer)
        {
            _board = board;
            _json = writer;
            _sensors = sensors;
            _httpPort = options.HttpPort;
            _httpsPort = options.HttpsPort;
            _firmware = Short(board.Firmware, LongestFirmware);
            DeviceName = Encoding.UTF8.GetBytes(board.DeviceName);
        }

        /// <summary>The name of the device in UTF-8.</summary>
        internal byte[] DeviceName { get; set; }

        /// <summary>Which edition of the pages is served: a page that has another one loads itself anew.</summary>
        internal int Pages { get; set; }

        /// <summary>What is wrong with the device; null for nothing. Allocates.</summary>
        internal void SetNotice(string notice)
        {
            _notice = notice == null ? null : Short(notice, LongestNotice);
        }

        /// <summary>Writes the object. Allocates nothing, unless a sensor falls silent or answers again.</summary>
        /// <param name="buffer">Where to write, from its first octet on.</param>
        /// <param name="protocol">The protocol of the request.</param>
        /// <param name="secure">Whether the request came over TLS.</param>
        /// <param name="counters">What the server counted.</param>
        /// <returns>The length in bytes; 0 when the buffer is too small.</returns>
        internal int Write(byte[] buffer, HttpProtocol protocol, bool secure, ServerCounters counters)
        {
            _sensors.Read();
            _buffer = buffer;
            _at = 0;
            _read = 0;
            Part(DeviceName);
            Part(_firmware);
            Part(_board.Uptime);
            Part(_board.HeapFree);
            Part(_board.HeapTotal);
            Part(true);
            Measured(_sensors.Temperature, 2);
            Part(true);
            Measured(_sensors.Signal, 0);
            Part(true);
            Part(protocol == HttpProtocol.Http2);
            Part(protocol == HttpProtocol.Http11);
            Part(protocol != HttpProtocol.Http2 && protocol != HttpProtocol.Http11);
            Part(counters.StreamsOpen);
            Part(counters.Requests);
            Part(counters.Connections);
            Part(counters.DynamicTableBytes);
            Part(counters.FieldBytesSaved);
            Part(counters.ConnectionWindow);
            Part(counters.BytesSent);
            Part(counters.BytesReceived);
            Part(true);
            Part(_board.HasOutput);
            Part(Pages);
            Alternate(secure);
            Troubles();
            Part(true);
            return _at < 0 ? 0 : _at;
        }

        private void Alternate(bool secure)
        {
            int port = secure ? _httpPort : _httpsPort;
            bool known = port > 0;
            Part(known);
            Part(known && !secure);
            Part(known);
            if (known)
            {
                Number(port, 0);
            }

            Part(known);
        }

        private void Troubles()
        {
            byte[] notice = _notice;
            Part(notice != null);
            if (notice != null)
            {
                Text(notice);
            }

            bool any = _sensors.AnyFailed;
            bool temperature = _sensors.Temperature == Board.Failed;
            bool signal = _sensors.Signal == Board.Failed;
            Part(any);
            Part(temperature);
            Part(temperature && signal);
            Part(signal);
            Part(any);
        }

        // The next part of the template, or past it.
        private void Part(bool wanted)
        {
            int start = _read;
            int length = _template.IndexOf('@', start) - start;
            _read = start + length + 1;
            if (wanted && _at >= 0)
            {
                if (length > _buffer.Length - _at)
                {
                    _at = -1;
                    return;
                }

                _at += _utf8.GetBytes(_template, start, length, _buffer, _at);
            }
        }

        private void Part(long value)
        {
            Part(true);
            Number(value, 0);
        }

        private void Part(byte[] text)
        {
            Part(true);
            Text(text);
        }

        private void Measured(int value, int decimals)
        {
            if (value <= Board.Failed)
            {
                if (Begin())
                {
                    _json.Null();
                    End();
                }

                return;
            }

            Number(value, decimals);
        }

        private void Number(long value, int decimals)
        {
            if (!Begin())
            {
                return;
            }

            if (decimals == 0)
            {
                _json.Value(value);
            }
            else
            {
                _json.Value((int)value, decimals);
            }

            End();
        }

        private void Text(byte[] text)
        {
            if (Begin())
            {
                _json.Value(text);
                End();
            }
        }

        private bool Begin()
        {
            if (_at < 0)
            {
                return false;
            }

            _json.Begin(_buffer, _at, _buffer.Length);
            return true;
        }

        private void End()
        {
            int end = _json.End();
            _at = _json.Overflowed ? -1 : end;
        }

        private static byte[] Short(string text, int longest)
        {
            return Encoding.UTF8.GetBytes(text.Length > longest ? text.Substring(0, longest) : text);
        }
    }
}
