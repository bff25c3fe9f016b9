using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32C3
{
    /// <summary>An ESP32-C3: 54 KB of heap, the smallest that the server supports.</summary>
    public static class Program
    {
        // The pin of an LED of your own: the one on the DevKitM-1 needs a protocol.
        private const int OutputPin = 3;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-C3";
            profile.Shrink();

            // The firmware joins the Wi-Fi, and there is no sensor: other boards take 4 KB of heap for both.
            new DeviceApplication(profile, new StoredWifiNetwork(), null, OutputPin).Run();
        }
    }
}
