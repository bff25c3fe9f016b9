using System;

namespace Http2Nano.Access
{
    /// <summary>
    /// Random octets of the firmware, which takes them from the chip: <c>esp_random</c> on ESP32, which is a true random number
    /// generator while the radio is on, and the TRNG or RNG unit on STM32 (<c>targetRandom.cpp</c> in the targets of
    /// nanoframework/nf-interpreter).
    /// </summary>
    internal sealed class PlatformRandom
    {
        private readonly Random _random = new Random();

        /// <summary>Fills an array.</summary>
        internal void Fill(byte[] octets)
        {
            _random.NextBytes(octets);
        }
    }
}
