using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>The Wi-Fi whose name and password the device has stored.</summary>
    public sealed class WifiNetwork : DeviceNetwork
    {
        private const int ScanTime = 3000;
        private const string NoWifi = "The firmware has no Wi-Fi: flash the firmware of this board's target.";

        private WifiAdapter _adapter;
        private SetupAccessPoint _setup;
        private int _signal = Board.Unknown;

        /// <inheritdoc/>
        public override bool IsConfigured
        {
            get
            {
                // What is chosen now is joined after the restart, which its chooser is told first.
                Wireless80211Configuration stored = _setup == null ? Stored() : null;
                return stored != null && !string.IsNullOrEmpty(stored.Ssid);
            }
        }

        /// <inheritdoc/>
        public override int Signal
        {
            get { return _signal; }
        }

        /// <inheritdoc/>
        protected override NetworkInterfaceType Type
        {
            get { return NetworkInterfaceType.Wireless80211; }
        }

        /// <summary>Stores the name and the password of a network. The device joins it when it starts the next time.</summary>
        /// <param name="ssid">1 to 32 octets.</param>
        /// <param name="password">8 to 63 characters; empty for a network without one.</param>
        public static void Store(string ssid, string password)
        {
            Wireless80211Configuration stored = Stored();
            stored.Ssid = ssid;
            stored.Password = password;
            stored.Authentication = password.Length == 0 ? AuthenticationType.Open : AuthenticationType.WPA2;
            stored.Encryption = password.Length == 0 ? EncryptionType.None : EncryptionType.WPA2_PSK;
            stored.Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect;
            stored.SaveConfiguration();
        }

        /// <inheritdoc/>
        public override void Connect(DeviceLog log)
        {
            NetworkInterface network = Find(Type);
            if (network == null || !FindAdapter())
            {
                log.Complain(NoWifi);
                return;
            }

            SetupAccessPoint.TurnOff(log);
            Wireless80211Configuration stored = Stored();
            WifiConnectionResult result = _adapter.Connect(stored.Ssid, WifiReconnectionKind.Automatic, stored.Password);
            switch (result.ConnectionStatus)
            {
                case WifiConnectionStatus.Success:
                    AwaitAddress(log, network, "does the access point have one to give?");
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

        /// <inheritdoc/>
        public override bool SetUp(DeviceLog log, int port)
        {
            if (Find(Type) == null)
            {
                log.Complain(NoWifi);
                return false;
            }

            if (_setup == null)
            {
                _setup = new SetupAccessPoint(log, port);
            }

            if (_setup.Serve())
            {
                return true;
            }

            _setup = null;
            return false;
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

        private static Wireless80211Configuration Stored()
        {
            NetworkInterface network = Find(NetworkInterfaceType.Wireless80211);
            if (network == null)
            {
                return null;
            }

            Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
            return network.SpecificConfigId < all.Length ? all[(int)network.SpecificConfigId] : null;
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
