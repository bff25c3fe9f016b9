using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32C3
{
    /// <summary>An ESP32-C3: 54 KB of heap, the least that the server is made for.</summary>
    public static class Program
    {
        // A light of your own: the one on the DevKitM-1 is no simple one.
        private const int OutputPin = 3;

        // The bus of an LM75, TMP75 or TMP102; without one the dashboard shows no temperature.
        private const int SensorData = 4;
        private const int SensorClock = 5;

        /// <summary>The application's beginning.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-C3";
            profile.HostName = "http2nano";
            profile.Shrink();
            new DeviceApplication(profile, new WifiNetwork(), new Lm75Sensor(SensorData, SensorClock), OutputPin).Run();
        }
    }
}
