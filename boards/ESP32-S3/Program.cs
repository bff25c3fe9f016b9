using Http2Nano.Dashboard;
using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32S3
{
    /// <summary>An ESP32-S3. With PSRAM it has megabytes of heap; the application fits without it too.</summary>
    public static class Program
    {
        private const int Megabyte = 1024 * 1024;

        // The pin of an LED of your own: the one on the DevKitC-1 needs a protocol.
        private const int OutputPin = 2;

        // The I2C bus of an LM75, TMP75 or TMP102. Without a sensor the dashboard shows no temperature.
        private const int SensorData = 8;
        private const int SensorClock = 9;

        // Frames that the protocol page gets to see.
        private const int Frames = 128;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-S3";
            profile.Pages = new DrivePages();
            profile.Tls = new DeviceCertificate();
            profile.Dashboard.AddPart(new SessionRoutes());
            profile.NetworkName = new MulticastDns("http2nano");
            if (nanoFramework.Runtime.Native.GC.Run(true) > Megabyte)
            {
                profile.Grow();
                profile.Dashboard.AddPart(new FrameRoutes(Frames, profile.Dashboard.Clock));
            }

            DeviceManager.AddTo(profile);
            new DeviceApplication(profile, new WifiNetwork(), new PinnedLm75Sensor(SensorData, SensorClock), OutputPin).Run();
        }
    }
}
