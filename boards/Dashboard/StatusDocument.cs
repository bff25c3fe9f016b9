using System;
using System.Text;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// The status of the device and of the server as a JSON object, as a body and as an event. All responses share one
    /// copy, which takes no room in an exchange: requests that come while it is being sent get the same text.
    /// </summary>
    /// <remarks>The constant parts are one string, which stays in flash; an array would be copied to the heap.</remarks>
    internal sealed class StatusDocument : BodySource
    {
        private const int LongestFirmware = 40;
        private const int LongestNotice = 120;

        // The longest status: a name of 32 characters, the longest notice and firmware, and the longest numbers.
        private const int Longest = 960;

        // Most statuses fit into this. The array is enlarged when a long name or a notice needs more.
        private const int Usual = 624;
        private const int Step = 48;

        // The value of _at after something did not fit.
        private const int Overflow = -1;

        // Each @ is the place of a value, or the end of a part that may be left out.
        private readonly string _template =
            "{\"device\":@,\"firmware\":@,\"uptime\":@,\"heapFree\":@,\"heapTotal\":@,\"temperature\":@null@,\"signal\":@null@"
            + ",\"protocol\":\"HTTP/@2@1.1@1.0@\",\"streamsOpen\":@,\"requests\":@,\"connections\":@,\"hpackTableBytes\":@"
            + ",\"hpackBytesSaved\":@,\"connectionWindow\":@,\"bytesSent\":@,\"bytesReceived\":@"
            + ",\"unit\":\"@F\"@C\"@,\"output\":@true@false@"
            + ",\"features\":[\"events\",\"log\",\"settings\"@,\"led\"@],\"pages\":@"
            + ",\"alternate\":{\"scheme\":\"http@s@\",\"port\":@}@"
            + ",\"notice\":@,\"faults\":[@\"temperature\"@,@\"signal\"@]@}@";

        /// <summary>The device.</summary>
        internal readonly Board Board;

        /// <summary>Writes texts and numbers, for others on the same thread.</summary>
        internal readonly JsonWriter Json;

        private readonly Sensors _sensors;

        // The port for https above that for http: a field takes 12 bytes of heap, whatever is in it.
        private readonly long _ports;
        private readonly byte[] _firmware;

        // The history and what the application's parts add to the features, with a comma before each.
        private readonly byte[] _parts;

        private byte[] _notice;
        private byte[] _buffer = new byte[Usual];
        private int _at;
        private int _read;
        private int _readers;
        private AssetPack _pack;
        private int _edition;

        internal StatusDocument(Board board, Sensors sensors, DashboardOptions options, JsonWriter writer, AssetPack pack)
        {
            Board = board;
            Json = writer;
            _sensors = sensors;
            _pack = pack;
            _ports = ((long)options.HttpsPort << 32) | (uint)options.HttpPort;
            _firmware = Short(board.Firmware, LongestFirmware);
            string parts = options.HistorySamples != 0 ? ",\"history\"" : string.Empty;
            for (int i = 0; options.Parts != null && i < options.Parts.Length; i++)
            {
                parts += "," + options.Parts[i].Features;
            }

            _parts = parts.Length == 0 ? null : Encoding.UTF8.GetBytes(parts);
            DeviceName = Encoding.UTF8.GetBytes(board.DeviceName);
            Fahrenheit = board.Fahrenheit;
        }

        /// <summary>The name of the device in UTF-8.</summary>
        internal byte[] DeviceName { get; set; }

        /// <summary>Whether temperatures are shown in degrees Fahrenheit.</summary>
        internal bool Fahrenheit { get; set; }

        /// <summary>Whether the last status is still being sent, so that there will be no newer one before it is through.</summary>
        internal bool IsBeingSent
        {
            get { return _readers != 0; }
        }

        /// <summary>The storage of the status in UTF-8, which takes <see cref="Length"/> octets.</summary>
        internal byte[] Bytes
        {
            get { return _buffer; }
        }

        /// <summary>Length of the status in bytes; 0 before the first.</summary>
        internal int Length
        {
            get { return _at < 0 ? 0 : _at; }
        }

        /// <summary>Sets the fault of the device; null for none. Allocates.</summary>
        internal void SetNotice(string notice)
        {
            _notice = notice == null ? null : Short(notice, LongestNotice);
        }

        /// <summary>
        /// Makes a new status, unless the last one is still being sent. Allocates only when the status is longer than ever
        /// before, or when a sensor stops answering or answers again.
        /// </summary>
        /// <param name="protocol">The protocol of the request.</param>
        /// <param name="secure">Whether the request came over TLS.</param>
        /// <param name="counters">The server's counters.</param>
        /// <param name="pack">The pages. A different pack makes a different edition, so that open pages reload.</param>
        internal void Refresh(HttpProtocol protocol, bool secure, ServerCounters counters, AssetPack pack)
        {
            if (_readers != 0)
            {
                return;
            }

            if (pack != _pack)
            {
                _pack = pack;
                _edition++;
            }

            _sensors.Read(Board);

            // One method writes everything: each nested call would take a stack frame of at least 200 bytes of the heap.
            do
            {
                _at = 0;
                _read = 0;
                Text(DeviceName);
                Text(_firmware);
                Number(Board.Uptime);
                Number(Board.HeapFree);
                Number(Board.HeapTotal);
                Temperature(_sensors.Temperature);
                Signal(_sensors.Signal);
                Part(true);
                Part(protocol == HttpProtocol.Http2);
                Part(protocol == HttpProtocol.Http11);
                Part(protocol != HttpProtocol.Http2 && protocol != HttpProtocol.Http11);
                Number(counters.StreamsOpen);
                Number(counters.Requests);
                Number(counters.Connections);
                Number(counters.DynamicTableBytes);
                Number(counters.FieldBytesSaved);
                Number(counters.ConnectionWindow);
                Number(counters.BytesSent);
                Number(counters.BytesReceived);
                Choices();
                Part(true);
                Part(Board.HasOutput);
                if (_parts != null)
                {
                    Raw(_parts);
                }

                Number(_edition);
                Alternate(secure);
                Troubles();
                Part(true);
            }
            while (_at == Overflow && Grow());
        }

        /// <summary>Sets the status as the body of a response.</summary>
        internal void Send(HttpResponse response)
        {
            _readers++;
            response.SetBody(this, 0, Length);
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int left = Length - position;
            if (left <= 0)
            {
                return EndOfBody;
            }

            if (count > left)
            {
                count = left;
            }

            Array.Copy(_buffer, position, buffer, offset, count);
            return count;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            _readers--;
        }

        private bool Grow()
        {
            if (_buffer.Length >= Longest + (_parts == null ? 0 : _parts.Length))
            {
                return false;
            }

            _buffer = new byte[_buffer.Length + Step];
            return true;
        }

        private void Alternate(bool secure)
        {
            int port = (int)(secure ? _ports : _ports >> 32);
            bool known = port > 0;
            Part(known);
            Part(known && !secure);
            if (known)
            {
                Number(port);
            }
            else
            {
                Part(false);
            }

            Part(known);
        }

        // The settings that people can change.
        private void Choices()
        {
            Part(true);
            Part(Fahrenheit);
            Part(!Fahrenheit);
            bool known = Board.HasOutput;
            bool on = known && Board.Output;
            Part(known);
            Part(on);
            Part(known && !on);
        }

        private void Troubles()
        {
            byte[] notice = _notice;
            if (notice != null)
            {
                Text(notice);
            }
            else
            {
                Part(false);
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

        // Writes the next part of the template, or skips it.
        private void Part(bool wanted)
        {
            int start = _read;
            int length = _template.IndexOf('@', start) - start;
            _read = start + length + 1;
            if (wanted && HasRoom(length))
            {
                _at += JsonWriter.Utf8.GetBytes(_template, start, length, _buffer, _at);
            }
        }

        // Writes the next part and a value.
        private void Number(long value)
        {
            Part(true);
            Digits(value);
        }

        private void Signal(int value)
        {
            Part(true);
            Part(value <= Board.Failed);
            if (value > Board.Failed)
            {
                Digits(value);
            }
        }

        private void Temperature(int value)
        {
            Part(true);
            Part(value <= Board.Failed);
            if (value > Board.Failed && HasRoom(0))
            {
                Json.Begin(_buffer, _at, _buffer.Length);
                Json.Value(value, 2);
                End();
            }
        }

        private void Digits(long value)
        {
            if (HasRoom(DecimalDigits.MaximumLength))
            {
                if (value < 0)
                {
                    _buffer[_at++] = (byte)'-';
                    value = -value;
                }

                _at = DecimalDigits.WriteTo(value, _buffer, _at);
            }
        }

        private void Raw(byte[] octets)
        {
            if (HasRoom(octets.Length))
            {
                Array.Copy(octets, 0, _buffer, _at, octets.Length);
                _at += octets.Length;
            }
        }

        private void Text(byte[] text)
        {
            Part(true);
            if (HasRoom(0))
            {
                Json.Begin(_buffer, _at, _buffer.Length);
                Json.Value(text, 0, text.Length);
                End();
            }
        }

        private void End()
        {
            int end = Json.End();
            _at = Json.Overflowed ? Overflow : end;
        }

        // After something did not fit, nothing more is written.
        private bool HasRoom(int count)
        {
            if (_at != Overflow && count > _buffer.Length - _at)
            {
                _at = Overflow;
            }

            return _at != Overflow;
        }

        private static byte[] Short(string text, int longest)
        {
            return Encoding.UTF8.GetBytes(text.Length > longest ? text.Substring(0, longest) : text);
        }
    }
}
