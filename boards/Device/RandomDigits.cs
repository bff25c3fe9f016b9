using System;

namespace Http2Nano.Devices
{
    /// <summary>Makes passwords of digits, because somebody types them from a console.</summary>
    internal static class RandomDigits
    {
        /// <summary>Returns digits from the firmware's random number generator.</summary>
        /// <param name="count">Number of digits.</param>
        internal static string Make(int count)
        {
            Random random = new Random();
            string digits = string.Empty;
            for (int i = 0; i < count; i++)
            {
                digits += random.Next(10).ToString();
            }

            return digits;
        }
    }
}
