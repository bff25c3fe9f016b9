using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The stored Wi-Fi network, joined through the platform's adapter, which gives the reason when it cannot join, and the
    /// strength of the signal. The adapter's assembly takes 1.5 KB of heap with its objects.
    /// </summary>
    public sealed partial class WifiNetwork : StoredWifiNetwork
    {
        private const int ScanTime = 3000;

        private WifiAdapter _adapter;
        private int _signal = Board.Unknown;

        /// <inheritdoc/>
        public override int Signal
        {
            get { return _signal; }
        }

        /// <inheritdoc/>
        public override void Measure()
        {
            if (!FindAdapter())
            {
                return;
            }

            Wireless80211Configuration stored = Stored();
            _adapter.ScanAsync();
            Thread.Sleep(ScanTime);
            WifiAvailableNetwork[] found = _adapter.NetworkReport.AvailableNetworks;
            for (int i = 0; i < found.Length; i++)
            {
                if (found[i].Ssid == stored.Ssid)
                {
                    _signal = (int)found[i].NetworkRssiInDecibelMilliwatts;
                    return;
                }
            }
        }

        /// <inheritdoc/>
        protected override void Join(DeviceLog log, NetworkInterface network, Wireless80211Configuration stored)
        {
            if (!FindAdapter())
            {
                log.Complain("The firmware has no adapter for Wi-Fi: flash the firmware of this board's target.");
                return;
            }

            WifiConnectionResult result = _adapter.Connect(stored.Ssid, WifiReconnectionKind.Automatic, stored.Password);
            switch (result.ConnectionStatus)
            {
                case WifiConnectionStatus.Success:
                    if (!GetsAddress(network))
                    {
                        log.Complain("The network gives no address by DHCP: does the access point have one to give?");
                    }

                    break;
                case WifiConnectionStatus.InvalidCredential:
                    log.Complain("The Wi-Fi \"" + stored.Ssid + "\" refuses the stored password: store the right one (boards/README.md).");
                    break;
                case WifiConnectionStatus.NetworkNotAvailable:
                    log.Complain("There is no Wi-Fi \"" + stored.Ssid + "\" here: the name must be exact, and the network one of 2.4 GHz.");
                    break;
                case WifiConnectionStatus.UnsupportedAuthenticationProtocol:
                    log.Complain("The Wi-Fi \"" + stored.Ssid + "\" wants an authentication that the firmware does not know: use WPA2.");
                    break;
                default:
                    log.Complain("The Wi-Fi \"" + stored.Ssid + "\" cannot be joined: is the access point too far away, or full?");
                    break;
            }
        }

        private bool FindAdapter()
        {
            if (_adapter == null)
            {
                WifiAdapter[] all = WifiAdapter.FindAllAdapters();
                _adapter = all.Length == 0 ? null : all[0];
            }

            return _adapter != null;
        }
    }
}
