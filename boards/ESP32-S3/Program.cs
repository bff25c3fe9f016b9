using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32S3
{
    /// <summary>An ESP32-S3. With PSRAM there are megabytes; without, this still fits.</summary>
    public static class Program
    {
        private const int Megabyte = 1024 * 1024;

        // A light of your own: the one on the DevKitC-1 is no simple one.
        private const int OutputPin = 2;

        // The bus of an LM75, TMP75 or TMP102; without one the dashboard shows no temperature.
        private const int SensorData = 8;
        private const int SensorClock = 9;

        /// <summary>The application's beginning.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-S3";
            profile.HostName = "http2nano";
            if (nanoFramework.Runtime.Native.GC.Run(true) > Megabyte)
            {
                profile.Grow();
            }

            new DeviceApplication(profile, new WifiNetwork(), new PinnedLm75Sensor(SensorData, SensorClock), OutputPin).Run();
        }
    }
}
