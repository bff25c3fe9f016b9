using System;
using Http2Nano.Fields;

namespace Http2Nano.Drives
{
    /// <summary>Times as HTTP writes them (RFC 9110 5.6.7), in seconds since 1970.</summary>
    internal sealed class FileTime
    {
        /// <summary>Length of a time.</summary>
        internal const int Length = HttpDate.ValueLength;

        /// <summary>The text is no time of the preferred form.</summary>
        internal const long None = -1;

        // Ticks of 1970, and of a second.
        private const long Epoch = 621355968000000000;
        private const long Second = 10000000;

        private const int SecondsOfDay = 86400;

        private readonly HttpDate _date = new HttpDate();
        private readonly byte[] _months = Ascii.Pack("JanFebMarAprMayJunJulAugSepOctNovDec");

        /// <summary>The present time.</summary>
        internal static long Now
        {
            get { return (DateTime.UtcNow.Ticks - Epoch) / Second; }
        }

        /// <summary>Writes a time.</summary>
        internal void Write(long seconds, byte[] bytes, int at)
        {
            _date.Write(new DateTime(Epoch + (seconds * Second)), bytes, at);
        }

        /// <summary>
        /// Reads a time of the preferred form, <c>Sun, 06 Nov 1994 08:49:37 GMT</c>. The obsolete ones, which no client in use
        /// sends, count as no time.
        /// </summary>
        internal long Read(byte[] bytes, int at, int end)
        {
            if (end - at != Length || bytes[at + 3] != ',' || bytes[end - 1] != 'T' || bytes[at + 19] != ':' || bytes[at + 22] != ':')
            {
                return None;
            }

            int day = Number(bytes, at + 5, 2);
            int month = 0;
            while (month < 12 && (bytes[at + 8] != _months[3 * month] || bytes[at + 9] != _months[(3 * month) + 1] || bytes[at + 10] != _months[(3 * month) + 2]))
            {
                month++;
            }

            int year = Number(bytes, at + 12, 4);
            int hour = Number(bytes, at + 17, 2);
            int minute = Number(bytes, at + 20, 2);
            int second = Number(bytes, at + 23, 2);
            if (day < 1 || day > 31 || month == 12 || year < 1970 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
            {
                return None;
            }

            // Days since 1970, in years that begin with March, so that a leap day is the last one.
            month++;
            int years = month > 2 ? year : year - 1;
            int days = (365 * years) + (years / 4) - (years / 100) + (years / 400) + (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 719469;
            return ((long)days * SecondsOfDay) + (((hour * 60) + minute) * 60) + second;
        }

        private static int Number(byte[] bytes, int at, int digits)
        {
            return DecimalNumber.Parse(bytes, at, digits);
        }
    }
}
