using Http2Nano.Devices;

namespace Http2Nano.Boards.Esp32C3
{
    /// <summary>An ESP32-C3: 54 KB of heap, the least that the server is made for.</summary>
    public static class Program
    {
        // A light of your own: the one on the DevKitM-1 is no simple one.
        private const int OutputPin = 3;

        /// <summary>The application's beginning.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano ESP32-C3";
            profile.Shrink();

            // The firmware joins the Wi-Fi, and there is no sensor: what other boards have for both takes 4 KB of heap.
            new DeviceApplication(profile, new StoredWifiNetwork(), null, OutputPin).Run();
        }
    }
}
