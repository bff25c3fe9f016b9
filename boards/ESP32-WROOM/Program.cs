using Http2Nano.Dashboard;
using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32Wroom
{
    /// <summary>An ESP32 without PSRAM: 90 to 111 KB of heap.</summary>
    public static class Program
    {
        // The blue LED of most DevKitC boards.
        private const int OutputPin = 2;

        // The I2C bus of an LM75, TMP75 or TMP102. Without a sensor the dashboard shows no temperature.
        private const int SensorData = 21;
        private const int SensorClock = 22;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32";
            profile.Pages = new DrivePages();
            profile.Tls = new DeviceCertificate();
            profile.Dashboard.AddPart(new SessionRoutes());
            profile.NetworkName = new MulticastDns("http2nano");
            DeviceManager.AddTo(profile);
            new DeviceApplication(profile, new WifiNetwork(), new PinnedLm75Sensor(SensorData, SensorClock), OutputPin).Run();
        }
    }
}
