using System;

namespace Http2Nano.Devices
{
    /// <summary>Passwords that the device makes up: digits, because somebody types them from a console.</summary>
    internal static class RandomDigits
    {
        /// <summary>Digits from the firmware's source of random numbers.</summary>
        /// <param name="count">How many.</param>
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
