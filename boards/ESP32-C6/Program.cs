using Http2Nano.Dashboard;
using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32C6
{
    /// <summary>An ESP32-C6: 82 KB of heap.</summary>
    public static class Program
    {
        // The pin of an LED of your own: the one on the DevKitC-1 needs a protocol.
        private const int OutputPin = 10;

        // The I2C bus of an LM75, TMP75 or TMP102. Without a sensor the dashboard shows no temperature.
        private const int SensorData = 6;
        private const int SensorClock = 7;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-C6";
            profile.Pages = new DrivePages();
            profile.Tls = new DeviceCertificate();
            profile.Dashboard.AddPart(new SessionRoutes());
            profile.NetworkName = new MulticastDns("http2nano");
            profile.Dashboard.EventSubscribers = 2;
            new DeviceApplication(profile, new WifiNetwork(), new PinnedLm75Sensor(SensorData, SensorClock), OutputPin).Run();
        }
    }
}
