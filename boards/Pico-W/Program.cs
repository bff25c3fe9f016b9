using Http2Nano.Devices;

namespace Http2Nano.Boards.PicoW
{
    /// <summary>
    /// A Raspberry Pi Pico W: the managed heap is what the firmware leaves of 256 KB; four sockets in all.
    /// </summary>
    public static class Program
    {
        // The pin (GP15) of an LED of your own: the one on the board is connected to the radio chip.
        private const int OutputPin = 15;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano Pico W";
            profile.Shrink();

            // The four sockets: a listener (two with TLS), the client being served, and one in the backlog.
            profile.Backlog = 1;
            new DeviceApplication(profile, new WifiNetwork(), ChipSensor.Rp2040(), OutputPin).Run();
        }
    }
}
