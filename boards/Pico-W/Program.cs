using Http2Nano.Devices;

namespace Http2Nano.Boards.PicoW
{
    /// <summary>A Raspberry Pi Pico W: what is left of 256 KB, four sockets in all.</summary>
    public static class Program
    {
        // A light of your own at GP15: the one on the board hangs on the radio.
        private const int OutputPin = 15;

        /// <summary>The application's beginning.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano Pico W";
            profile.Shrink();

            // A listener, the client being served and one that waits; with TLS there are two listeners.
            profile.Backlog = 1;
            new DeviceApplication(profile, new WifiNetwork(), ChipSensor.Rp2040(), OutputPin).Run();
        }
    }
}
