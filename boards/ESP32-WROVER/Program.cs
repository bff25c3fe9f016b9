using Http2Nano.Dashboard;
using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32Wrover
{
    /// <summary>An ESP32 with PSRAM: megabytes of heap.</summary>
    public static class Program
    {
        // The blue LED of most DevKitC boards.
        private const int OutputPin = 2;

        // The I2C bus of an LM75, TMP75 or TMP102. Without a sensor the dashboard shows no temperature.
        private const int SensorData = 21;
        private const int SensorClock = 22;

        // Frames that the protocol page gets to see.
        private const int Frames = 128;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-WROVER";
            profile.Pages = new DrivePages();
            profile.Tls = new DeviceCertificate();
            profile.Dashboard.AddPart(new SessionRoutes());
            profile.NetworkName = new MulticastDns("http2nano");
            profile.Grow();
            profile.Dashboard.AddPart(new FrameRoutes(Frames, profile.Dashboard.Clock));
            DeviceManager.AddTo(profile);
            new DeviceApplication(profile, new WifiNetwork(), new PinnedLm75Sensor(SensorData, SensorClock), OutputPin).Run();
        }
    }
}
