using System;

namespace Http2Nano.Fields
{
    /// <summary>
    /// The Date field (RFC 9110 6.6.1). The text is formatted at most once a second; nothing is allocated.
    /// </summary>
    internal sealed class HttpDate
    {
        /// <summary>Length of the whole field line in bytes.</summary>
        internal const int Length = 37;

        /// <summary>Length of the field's value in bytes, an IMF-fixdate (RFC 9110 5.6.7).</summary>
        internal const int ValueLength = 29;

        /// <summary>Length of the field as a literal of HPACK in bytes: the number of its name, a length, the value.</summary>
        internal const int LiteralLength = 3 + ValueLength;

        // RFC 7541 6.2.2: the prefix of an index of the static table, four bits.
        private const int LiteralPrefix = 0x0F;

        // An earlier year means that the device's clock has not been set. A server without a clock sends no Date (RFC 9110
        // 6.6.1).
        private const int FirstYear = 2024;

        // Milliseconds for which a formatted time is used again.
        private const int Validity = 1000;

        private const int DayOfWeekOffset = 6;
        private const int DayOffset = 11;
        private const int MonthOffset = 14;
        private const int YearOffset = 18;
        private const int HourOffset = 23;
        private const int MonthsInNames = 21;

        private readonly byte[] _line = Ascii.Pack("date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
        private long _expires = long.MinValue;
        private bool _known;

        /// <summary>Writes the field line, if the clock is set.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <param name="destination">Has room for <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written: <see cref="Length"/> or 0.</returns>
        internal int Write(long now, byte[] destination, int offset)
        {
            if (now >= _expires)
            {
                Renew(now);
            }

            if (!_known)
            {
                return 0;
            }

            Array.Copy(_line, 0, destination, offset, Length);
            return Length;
        }

        /// <summary>
        /// Writes the field as a literal of HPACK, if the clock is set. It goes into no table (RFC 7541 6.2.2), because it changes
        /// every second and would only evict other fields.
        /// </summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <param name="destination">Has room for <see cref="LiteralLength"/> bytes.</param>
        /// <param name="at">Where to write.</param>
        /// <returns>The offset after it.</returns>
        internal int WriteLiteral(long now, byte[] destination, int at)
        {
            if (now >= _expires)
            {
                Renew(now);
            }

            if (!_known)
            {
                return at;
            }

            destination[at] = LiteralPrefix;
            destination[at + 1] = FieldName.Date - LiteralPrefix;
            destination[at + 2] = ValueLength;
            Array.Copy(_line, DayOfWeekOffset, destination, at + LiteralLength - ValueLength, ValueLength);
            return at + LiteralLength;
        }

        private void Renew(long now)
        {
            DateTime time = DateTime.UtcNow;
            _known = time.Year >= FirstYear;
            if (_known)
            {
                Format(time);
            }

            _expires = now + Validity - time.Millisecond;
        }

        /// <summary>Writes a time as IMF-fixdate, which replaces the present time in this object.</summary>
        internal void Write(DateTime time, byte[] destination, int offset)
        {
            Format(time);
            Array.Copy(_line, DayOfWeekOffset, destination, offset, ValueLength);
        }

        /// <summary>Formats a time as IMF-fixdate (RFC 9110 5.6.7).</summary>
        internal void Format(DateTime time)
        {
            byte[] line = _line;
            FlashText.Write(FlashText.DateNames + ((int)time.DayOfWeek * 3), 3, line, DayOfWeekOffset);
            TwoDigits(DayOffset, time.Day);
            FlashText.Write(FlashText.DateNames + MonthsInNames + ((time.Month - 1) * 3), 3, line, MonthOffset);
            int year = time.Year;
            TwoDigits(YearOffset, year / 100);
            TwoDigits(YearOffset + 2, year % 100);
            TwoDigits(HourOffset, time.Hour);
            TwoDigits(HourOffset + 3, time.Minute);
            TwoDigits(HourOffset + 6, time.Second);
        }

        private void TwoDigits(int offset, int number)
        {
            int tens = number / 10;
            _line[offset] = (byte)('0' + tens);
            _line[offset + 1] = (byte)('0' + number - (tens * 10));
        }
    }
}
