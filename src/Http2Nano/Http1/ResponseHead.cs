using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>Writes status lines and header sections of responses (RFC 9112 4 and 5) into the transmit buffer.</summary>
    /// <remarks>
    /// Fields that are octet for octet those of the response before, with the same status, are copied as a whole. They are kept at
    /// the end of the memory that HTTP/2 needs, if it has that much.
    /// </remarks>
    internal sealed class ResponseHead
    {
        // The longest list that is kept, and the longest text, in bytes; in memory from this size on.
        private const int LongestList = 192;
        private const int LongestText = 320;
        private const int LeastMemory = 4 * (LongestList + LongestText);
        private const int KeyShift = 16;

        /// <summary>For <see cref="Key"/>: HTTP/2 is using the memory, so that nothing is kept there.</summary>
        internal const int Used = -1;

        /// <summary>No connection field.</summary>
        internal const int Silent = 0;

        /// <summary><c>connection: close</c> (RFC 9112 9.6).</summary>
        internal const int Close = 1;

        /// <summary><c>connection: keep-alive</c>, for clients of HTTP/1.0 (RFC 9112 9.3).</summary>
        internal const int KeepAlive = 2;

        /// <summary>The most bytes that a head takes beside the handler's fields: a bare response always fits.</summary>
        internal const int MaximumLength = KnownText.VersionAndSpaceLength + 4 + ReasonPhrase.MaximumLength + 2
            + HttpDate.Length
            + FlashText.TransferEncodingChunkedLength
            + FlashText.ConnectionKeepAliveLength
            + 2;

        /// <summary>Octets of a field line beside its name and value: ": " and CR LF.</summary>
        internal const int LineOverhead = 4;

        // HeaderList counts 32 octets for each field (RFC 9113 6.5.2).
        private const int LessThanCounted = HeaderList.FieldOverhead - LineOverhead;

        private readonly TransmitBuffer _transmit;
        private readonly HttpDate _date;

        // Where the list is kept; behind it are status line and field lines. The length of these lines.
        private readonly byte[] _memory;
        private int _count;

        /// <summary>The length of the list that is kept, with the status above it; 0 when none is, or <see cref="Used"/>.</summary>
        internal int Key;

        internal ResponseHead(TransmitBuffer transmit, HttpDate date, byte[] memory)
        {
            _transmit = transmit;
            _date = date;
            _memory = memory;
        }

        /// <summary>How much of the memory is left for others, in bytes.</summary>
        internal static int Rest(byte[] memory)
        {
            return memory.Length < LeastMemory ? memory.Length : memory.Length - LongestList - LongestText;
        }

        /// <summary>The most bytes that a head with these fields takes.</summary>
        internal static int LengthWith(HeaderList fields)
        {
            return MaximumLength + FieldsLength(fields);
        }

        /// <summary>Writes a head. The caller has reserved <see cref="LengthWith"/> bytes.</summary>
        /// <param name="response">
        /// Status, 200 to 599, length of the body, and the handler's fields; fields that the protocol itself sets are left
        /// out.
        /// </param>
        /// <param name="coding">How the end of the body is marked, see <see cref="ResponseBody"/>.</param>
        /// <param name="keepLength">
        /// Whether the handler's content-length is kept, because there is no body that could contradict it.
        /// </param>
        /// <param name="connection">The connection field.</param>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        internal void Write(HttpResponse response, int coding, bool keepLength, int connection, long now)
        {
            HeaderList fields = response.Headers;
            byte[] bytes = _transmit.Bytes;
            byte[] storage = fields.Storage;
            int begin = _transmit.End;
            int start = fields.Start;
            int stop = response.Trailers >= 0 ? response.Trailers : fields.Used;
            int key = response.StatusCode << KeyShift | (stop - start);
            byte[] memory = _memory;
            int kept = memory.Length - LongestList - LongestText;
            if (key == Key && Octets.Equal(storage, start, memory, kept, stop - start))
            {
                Array.Copy(memory, kept + LongestList, bytes, begin, _count);
                WriteRest(response, coding, false, connection, bytes, begin + _count, now);
                return;
            }

            int end = WriteStatus(response.StatusCode, bytes, begin);
            bool dated = false;
            bool usual = true;
            int next;
            for (int position = fields.Start; position < stop; position = next)
            {
                // The packed form of HeaderList, read here because every field of every response passes this place.
                int name = storage[position];
                next = name >= HeaderList.StaticField ? position + 1 : position + (storage[position + 2] << 8 | storage[position + 3]);

                // Nearly all names are none of these; fields of the static table are among those that are looked at.
                if (name == FieldName.ContentLength || name == FieldName.Date || (name >= FieldName.TransferEncoding && name <= FieldName.Upgrade)
                    || name >= HeaderList.StaticField || (name != 0 && name <= FieldName.Status))
                {
                    name = fields.NameIndex(position);
                    if (IsOmitted(name, response.StatusCode, keepLength))
                    {
                        usual = false;
                        continue;
                    }

                    if (name == FieldName.Date)
                    {
                        dated = true;
                        usual = false;
                    }
                    else if (name == FieldName.ContentLength)
                    {
                        coding = ResponseBody.None;
                        usual = false;
                    }
                }

                int span = name == 0 ? WellKnownFields.Rare : WellKnownFields.Spans[name];
                if (span >= WellKnownFields.Rare || storage[position] >= HeaderList.StaticField || (storage[position + 1] & HeaderList.Coded) != 0)
                {
                    end = WriteField(fields, position, bytes, end);
                    continue;
                }

                // As WriteField does it, without the calls.
                int count = span & WellKnownFields.LengthMask;
                Array.Copy(WellKnownFields.Text, span >> WellKnownFields.LengthBits, bytes, end, count);
                end += count;
                bytes[end] = (byte)':';
                bytes[end + 1] = (byte)' ';
                position += HeaderList.Prefix;
                count = next - position;
                end += 2;
                Array.Copy(storage, position, bytes, end, count);
                end += count;
                bytes[end] = (byte)'\r';
                bytes[end + 1] = (byte)'\n';
                end += 2;
            }

            if (usual && stop - start <= LongestList && end - begin <= LongestText && memory.Length >= LeastMemory && Key != Used)
            {
                Array.Copy(storage, start, memory, kept, stop - start);
                _count = end - begin;
                Array.Copy(bytes, begin, memory, kept + LongestList, _count);
                Key = key;
            }

            WriteRest(response, coding, dated, connection, bytes, end, now);
        }

        // Writes what is behind the handler's fields.
        private void WriteRest(HttpResponse response, int coding, bool dated, int connection, byte[] bytes, int end, long now)
        {
            if (!dated)
            {
                end += _date.Write(now, bytes, end);
            }

            if (coding == ResponseBody.Counted)
            {
                end = WriteLength(response.BodyLength, bytes, end);
            }
            else if (coding == ResponseBody.Chunked)
            {
                end += FlashText.Write(FlashText.TransferEncodingChunked, FlashText.TransferEncodingChunkedLength, bytes, end);
            }

            WriteEnd(connection, bytes, end);
        }

        // What a handler must not say, because the connection is not its concern (RFC 9110 7.6.1), or because it is a field of
        // HTTP/2 only; and a length where the protocol says it.
        private static bool IsOmitted(int name, int status, bool keepLength)
        {
            switch (name)
            {
                case FieldName.KeepAlive:
                case FieldName.ProxyConnection:
                case FieldName.TransferEncoding:
                case FieldName.Status:
                    return true;

                case FieldName.Connection:
                case FieldName.Upgrade:
                    // RFC 9110 7.8, 15.5.22: the response that switches protocols says which, and the one that wants it.
                    return status >= 200 && status != 426;

                case FieldName.ContentLength:
                    return !keepLength;

                default:
                    return false;
            }
        }

        /// <summary>
        /// Writes a response without a body that ends the connection. The caller has reserved <see cref="MaximumLength"/>
        /// bytes.
        /// </summary>
        /// <param name="status">200 to 599.</param>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        internal void WriteBare(int status, long now)
        {
            byte[] bytes = _transmit.Bytes;
            int end = WriteStatus(status, bytes, _transmit.End);
            end += _date.Write(now, bytes, end);
            WriteEnd(Close, bytes, WriteLength(0, bytes, end));
        }

        /// <summary>Writes 100 Continue if it fits (RFC 9110 15.2.1).</summary>
        internal bool WriteContinue()
        {
            return WriteText(FlashText.Continue, FlashText.ContinueLength);
        }

        /// <summary>Writes 101 Switching Protocols to h2c if it fits (RFC 9110 15.2.2).</summary>
        internal bool WriteSwitchingProtocols()
        {
            return WriteText(FlashText.SwitchingProtocols, FlashText.SwitchingProtocolsLength);
        }

        /// <summary>Writes 103 Early Hints with fields if it fits (RFC 8297 2).</summary>
        internal bool WriteEarlyHints(HeaderList fields)
        {
            if (!_transmit.Reserve(FlashText.EarlyHintsLength + FieldsLength(fields) + 2))
            {
                return false;
            }

            WriteText(FlashText.EarlyHints, FlashText.EarlyHintsLength);
            byte[] bytes = _transmit.Bytes;
            int end = _transmit.End;
            for (int position = fields.First(); position >= 0; position = fields.Next(position))
            {
                end = WriteField(fields, position, bytes, end);
            }

            bytes[end++] = (byte)'\r';
            bytes[end++] = (byte)'\n';
            _transmit.End = end;
            return true;
        }

        private bool WriteText(int text, int length)
        {
            bool fits = _transmit.Reserve(length);
            if (fits)
            {
                _transmit.End += FlashText.Write(text, length, _transmit.Bytes, _transmit.End);
            }

            return fits;
        }

        private static int WriteLength(int length, byte[] bytes, int end)
        {
            Array.Copy(KnownText.Octets, KnownText.ContentLength, bytes, end, KnownText.ContentLengthLength);
            end += KnownText.ContentLengthLength;
            end = DecimalDigits.WriteTo(length, bytes, end);
            bytes[end] = (byte)'\r';
            bytes[end + 1] = (byte)'\n';
            return end + 2;
        }

        // Writes the connection field and the empty line.
        private void WriteEnd(int connection, byte[] bytes, int end)
        {
            if (connection == Close)
            {
                end += FlashText.Write(FlashText.ConnectionClose, FlashText.ConnectionCloseLength, bytes, end);
            }
            else if (connection == KeepAlive)
            {
                end += FlashText.Write(FlashText.ConnectionKeepAlive, FlashText.ConnectionKeepAliveLength, bytes, end);
            }

            bytes[end] = (byte)'\r';
            bytes[end + 1] = (byte)'\n';
            _transmit.End = end + 2;
        }

        private static int FieldsLength(HeaderList fields)
        {
            return fields.Total - (fields.Fields * LessThanCounted);
        }

        private static int WriteStatus(int status, byte[] bytes, int end)
        {
            if (status == 200)
            {
                Array.Copy(KnownText.Octets, KnownText.Ok, bytes, end, KnownText.OkLength);
                return end + KnownText.OkLength;
            }

            // RFC 9112 4: the space is written even when the phrase is empty.
            Array.Copy(KnownText.Octets, KnownText.Ok, bytes, end, KnownText.VersionAndSpaceLength);
            end += KnownText.VersionAndSpaceLength;
            end += DecimalDigits.Write(status, bytes, end);
            bytes[end++] = (byte)' ';
            end += ReasonPhrase.Write(status, bytes, end);
            bytes[end++] = (byte)'\r';
            bytes[end++] = (byte)'\n';
            return end;
        }

        /// <summary>Writes one field line.</summary>
        /// <returns>Offset after the line.</returns>
        internal static int WriteField(HeaderList fields, int position, byte[] bytes, int end)
        {
            end += fields.CopyName(position, bytes, end);
            bytes[end++] = (byte)':';
            bytes[end++] = (byte)' ';
            end += fields.CopyValue(position, bytes, end);
            bytes[end++] = (byte)'\r';
            bytes[end++] = (byte)'\n';
            return end;
        }
    }
}
