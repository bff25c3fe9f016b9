using Http2Nano.Dashboard;
using Http2Nano.Devices;

namespace Http2Nano.Boards.Stm32F769I
{
    /// <summary>An STM32F769I-DISCOVERY: 13 MB of heap, four sockets in all, Ethernet, pages on an SD card.</summary>
    public static class Program
    {
        // LD2, the green LED, at PJ5. A port has sixteen pins.
        private const int OutputPin = (9 * 16) + 5;

        // Frames that the protocol page gets to see.
        private const int Frames = 128;

        /// <summary>The entry point.</summary>
        public static void Main()
        {
            DeviceProfile profile = new DeviceProfile();
            profile.Name = "Http2Nano STM32F769I";
            profile.Pages = new DrivePages();
            profile.Tls = new DeviceCertificate();
            profile.Dashboard.AddPart(new SessionRoutes());
            profile.Grow();
            profile.Dashboard.AddPart(new FrameRoutes(Frames, profile.Dashboard.Clock));
            DeviceManager.AddTo(profile);
            profile.Drive = "D:\\";

            // The four sockets: a listener (two with TLS), the client being served, and one in the backlog.
            profile.Backlog = 1;
            profile.SilentConnections = 1;
            profile.Connections = 1;
            new DeviceApplication(profile, new EthernetNetwork(), ChipSensor.Stm32F7(), OutputPin).Run();
        }
    }
}
