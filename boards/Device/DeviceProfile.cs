using Http2Nano.Dashboard;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Devices
{
    /// <summary>What distinguishes one board from another. Set before <see cref="DeviceApplication.Run"/>.</summary>
    public sealed class DeviceProfile
    {
        /// <summary>The board's name, which the dashboard shows until somebody gives the device another one.</summary>
        public string Name = "Http2Nano";

        /// <summary>The name in the local network, without <c>.local</c>; null where the firmware has no multicast.</summary>
        public string HostName;

        /// <summary>What the server may take of the heap.</summary>
        public HttpLimits Limits = HttpProfiles.Default();

        /// <summary>What the dashboard may take of it.</summary>
        public DashboardOptions Dashboard = new DashboardOptions();

        /// <summary>The drive with the pages, the certificate and the settings.</summary>
        public string Drive = "I:\\";

        /// <summary>The port of http; <see cref="HttpServerOptions.Off"/> where sockets are few and there is a certificate.</summary>
        public int Port = 80;

        /// <summary>The port of https, once there is a certificate; <see cref="HttpServerOptions.Off"/> turns it off.</summary>
        public int TlsPort = 443;

        /// <summary>Clients that may wait. The firmware's sockets are for all of them together.</summary>
        public int Backlog = 4;

        /// <summary>Connections that have not spoken yet and are kept while others are served, each with a socket and 168 bytes.</summary>
        public int SilentConnections = 3;

        /// <summary>
        /// Whether TLS uses the certificate that <c>nanoff --networkdeployment</c> has stored, when there is none on the drive.
        /// </summary>
        public bool UseStoredCertificate;

        /// <summary>
        /// Whether the strength of the Wi-Fi is measured. It takes a scan every five minutes, and for a moment about 170 bytes of
        /// heap for each network in reach.
        /// </summary>
        public bool MeasuresSignal = true;

        /// <summary>Makes sizes larger for a heap of megabytes.</summary>
        public void Grow()
        {
            Limits = HttpProfiles.Large();
            Dashboard.EchoRingSize = 16384;
        }

        /// <summary>Makes sizes smaller for a heap of less than 80 KB.</summary>
        public void Shrink()
        {
            Limits = HttpProfiles.Tiny();
            SilentConnections = 1;
            MeasuresSignal = false;
            Dashboard = DashboardOptions.Small();
        }
    }
}
