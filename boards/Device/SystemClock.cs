using System;
using System.Threading;
using nanoFramework.Networking;

namespace Http2Nano.Devices
{
    /// <summary>Sets the device's clock from the network (SNTP, RFC 4330).</summary>
    internal static class SystemClock
    {
        // The clock of a device without a battery starts in 1970 or 2000.
        private const int FirstGoodYear = 2024;
        private const int Wait = 15000;
        private const int Step = 250;

        /// <summary>Whether the clock has been set.</summary>
        internal static bool IsSet
        {
            get { return DateTime.UtcNow.Year >= FirstGoodYear; }
        }

        /// <summary>Sets the clock, or reports that it is not set. The firmware keeps trying by itself.</summary>
        /// <returns>Whether the clock is set.</returns>
        internal static bool Set(DeviceLog log)
        {
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            if (!IsSet)
            {
                Sntp.UpdateNow();
            }

            for (int waited = 0; waited < Wait && !IsSet; waited += Step)
            {
                Thread.Sleep(Step);
            }

            bool set = IsSet;
            if (!set)
            {
                log.Complain("The clock is not set: no time server answers (" + Sntp.Server1 + "). Responses go without a true date until one does.");
            }

            return set;
        }
    }
}
