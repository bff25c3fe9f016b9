using Http2Nano.Dashboard;
using Http2Nano.Hosting;
using Http2Nano.Messages;

namespace Http2Nano.Devices
{
    /// <summary>The properties in which boards differ. To be set before <see cref="DeviceApplication.Run"/>.</summary>
    public sealed class DeviceProfile
    {
        /// <summary>The board's name, which the dashboard shows until somebody changes it.</summary>
        public string Name = "Http2Nano";

        /// <summary>The name in the local network; null for none, and where the firmware has no multicast.</summary>
        public NetworkName NetworkName;

        /// <summary>What the main loop does besides; null, the default, for nothing.</summary>
        public DeviceTasks Tasks;

        /// <summary>The limits of the server, which determine its share of the heap.</summary>
        public HttpLimits Limits = HttpProfiles.Default();

        /// <summary>The sizes of the dashboard, which determine its share of the heap.</summary>
        public DashboardOptions Dashboard = new DashboardOptions();

        /// <summary>The drive with the pages, the certificate and the settings.</summary>
        public string Drive = "I:\\";

        /// <summary>The pages on that drive. By default nobody can replace them over the network.</summary>
        public DevicePages Pages = new DevicePages();

        /// <summary>
        /// The port of HTTP; <see cref="HttpServerOptions.Off"/> where sockets are few and there is a certificate.
        /// </summary>
        public int Port = 80;

        /// <summary>
        /// The port of HTTPS, used when <see cref="Tls"/> has a certificate; <see cref="HttpServerOptions.Off"/> turns it off.
        /// </summary>
        public int TlsPort = 443;

        /// <summary>
        /// The listen backlog. Each client in it takes one of the firmware's sockets, and a client that finds it full tries again a
        /// second later: a proxy that opens many connections at once is several times as fast with 8 as with 4.
        /// </summary>
        public int Backlog = 8;

        /// <summary>
        /// Places for silent connections, kept while another one is served. Each takes a socket and 240 bytes.
        /// </summary>
        public int SilentConnections = 3;

        /// <summary>Connections that are served at once; <see cref="Grow"/> makes it four. Each takes a socket and its part of the budget.</summary>
        public int Connections = 1;

        /// <summary>What https is served with; null, the default, for a board without https.</summary>
        public DeviceTls Tls;

        /// <summary>
        /// Whether the strength of the Wi-Fi is measured. That takes a scan every five minutes, and for a moment about 170
        /// bytes of heap for each network in range.
        /// </summary>
        public bool MeasuresSignal = true;

        /// <summary>Enlarges the sizes for a heap of megabytes.</summary>
        public void Grow()
        {
            Limits = HttpProfiles.Large();
            Connections = 4;
            Dashboard.EchoRingSize = 16384;
            Dashboard.HistorySamples = 720;
            Dashboard.HistoryInterval = 10;
        }

        /// <summary>Reduces the sizes for a heap of less than 80 KB.</summary>
        public void Shrink()
        {
            Limits = HttpProfiles.Tiny();
            SilentConnections = 1;
            Connections = 1;
            MeasuresSignal = false;
            Dashboard = DashboardOptions.Small();
        }
    }
}
