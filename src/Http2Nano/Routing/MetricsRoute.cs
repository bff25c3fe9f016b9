using System;
using Http2Nano.Access;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>
    /// The counters in the text format of Prometheus (version 0.0.4). Map <see cref="Handle"/> for GET at the path that the
    /// monitoring reads, usually <c>/metrics</c>.
    /// </summary>
    /// <remarks>
    /// About 2.5 KB of heap. Numbers are padded with spaces, so the page has a constant length and is sent piece by piece
    /// from a template; it is never in memory as a whole. Allocates nothing per request.
    /// </remarks>
    public sealed class MetricsRoute : BodySource
    {
        private const string Names =
            "c requests_total Requests answered.\n"
            + "c connections_total Connections accepted.\n"
            + "c received_bytes_total Octets received.\n"
            + "c sent_bytes_total Octets sent.\n"
            + "c stream_resets_total Streams reset by either side.\n"
            + "c streams_refused_total Streams refused for want of room.\n"
            + "c glitches_total Units of the glitch budget spent.\n"
            + "c connection_errors_total Connections ended by an error.\n"
            + "c handler_failures_total Handlers that threw.\n"
            + "c out_of_memory_total Calls that ran out of memory.\n"
            + "c forwarded_values_ignored_total Malformed values from trusted proxies.\n"
            + "g streams_open HTTP/2 streams open.\n"
            + "g hpack_table_bytes Octets in the dynamic tables.\n"
            + "g heap_free_bytes Free octets of the managed heap.\n";

        private const int Count = 14;
        private const int NumberWidth = DecimalDigits.MaximumLength;

        private readonly byte[] _contentType = Ascii.Pack("text/plain; version=0.0.4");

        private readonly byte[] _template;
        private readonly short[] _numbers = new short[Count];
        private readonly long[] _values = new long[Count];
        private readonly byte[] _digits = new byte[NumberWidth];

        /// <summary>Makes the page. Allocates.</summary>
        public MetricsRoute()
        {
            Counters = new ServerCounters();
            byte[] names = Ascii.Pack(Names);
            byte[] help = Ascii.Pack("# HELP http2nano_");
            byte[] type = Ascii.Pack("\n# TYPE http2nano_");
            byte[] counter = Ascii.Pack(" counter\n");
            byte[] gauge = Ascii.Pack(" gauge\n");

            byte[] text = new byte[3072];
            int length = 0;
            int at = 0;
            for (int metric = 0; metric < Count; metric++)
            {
                byte[] kind = names[at] == 'c' ? counter : gauge;
                int name = at + 2;
                int nameEnd = name;
                while (names[nameEnd] != ' ')
                {
                    nameEnd++;
                }

                at = nameEnd;
                while (names[at] != '\n')
                {
                    at++;
                }

                length = Append(text, length, help, 0, help.Length);
                length = Append(text, length, names, name, at - name);
                length = Append(text, length, type, 0, type.Length);
                length = Append(text, length, names, name, nameEnd - name);
                length = Append(text, length, kind, 0, kind.Length);
                length = Append(text, length, help, 7, help.Length - 7);
                length = Append(text, length, names, name, nameEnd - name);
                text[length++] = (byte)' ';
                _numbers[metric] = (short)length;
                length += NumberWidth;
                text[length++] = (byte)'\n';
                at++;
            }

            _template = new byte[length];
            Array.Copy(text, _template, length);
        }

        /// <summary>The server's counters. To be set before the server starts.</summary>
        public ServerCounters Counters { get; set; }

        /// <summary>Free bytes of the managed heap, as the application last measured them; 0 when it does not.</summary>
        public int HeapFree { get; set; }

        /// <summary>Answers a GET.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response.</param>
        public void Handle(HttpRequest request, HttpResponse response)
        {
            // The counters are copied once, so that all of the page shows the same moment.
            long[] values = _values;
            ServerCounters counters = Counters;
            values[0] = counters.Requests;
            values[1] = counters.Connections;
            values[2] = counters.BytesReceived;
            values[3] = counters.BytesSent;
            values[4] = counters.Resets;
            values[5] = counters.Refused;
            values[6] = counters.Glitches;
            values[7] = counters.ConnectionErrors;
            values[8] = counters.HandlerFailures;
            values[9] = counters.OutOfMemory;
            GatewayPolicy proxies = request.Gateways;
            values[10] = proxies == null ? 0 : proxies.Ignored;
            values[11] = counters.StreamsOpen;
            values[12] = counters.DynamicTableBytes;
            values[13] = HeapFree;
            response.AddHeader(FieldName.ContentType, _contentType);
            response.SetBody(this, 0, _template.Length);
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int left = _template.Length - position;
            if (count > left)
            {
                count = left;
            }

            Array.Copy(_template, position, buffer, offset, count);
            for (int metric = 0; metric < Count; metric++)
            {
                int number = _numbers[metric];
                if (number + NumberWidth > position && number < position + count)
                {
                    Fill(_values[metric]);
                    int from = number > position ? 0 : position - number;
                    int to = number + NumberWidth < position + count ? NumberWidth : position + count - number;
                    Array.Copy(_digits, from, buffer, offset + number + from - position, to - from);
                }
            }

            return count;
        }

        // Writes the number right-aligned.
        private void Fill(long value)
        {
            int length = DecimalDigits.Length(value);
            for (int i = 0; i < NumberWidth - length; i++)
            {
                _digits[i] = (byte)' ';
            }

            DecimalDigits.Write(value, _digits, NumberWidth - length);
        }

        private static int Append(byte[] text, int length, byte[] source, int offset, int count)
        {
            Array.Copy(source, offset, text, length, count);
            return length + count;
        }
    }
}
