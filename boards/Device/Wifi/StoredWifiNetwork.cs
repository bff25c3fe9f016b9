using System.Net.NetworkInformation;
using nanoFramework.Runtime.Native;

namespace Http2Nano.Devices
{
    /// <summary>
    /// The Wi-Fi network whose name and password the device has stored. The firmware joins it by itself, again whenever it
    /// is lost, and gives no reason when it cannot.
    /// </summary>
    public class StoredWifiNetwork : DeviceNetwork
    {
        private const string NoWifi = "The firmware has no Wi-Fi: flash the firmware of this board's target.";

        private SetupAccessPoint _setup;

        /// <inheritdoc/>
        public override bool IsConfigured
        {
            get
            {
                // A network that is chosen after the start is joined after the restart; until then the setup page has to
                // answer.
                Wireless80211Configuration stored = _setup == null ? Stored() : null;
                return stored != null && !string.IsNullOrEmpty(stored.Ssid);
            }
        }

        /// <inheritdoc/>
        protected override NetworkInterfaceType Type
        {
            get { return NetworkInterfaceType.Wireless80211; }
        }

        /// <summary>Stores the name and the password of a network. The device joins it at its next start.</summary>
        /// <param name="ssid">1 to 32 octets.</param>
        /// <param name="password">8 to 63 characters or 64 hexadecimal digits; empty for a network without one.</param>
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
            if (network == null)
            {
                log.Complain(NoWifi);
                return;
            }

            SetupAccessPoint.TurnOff(log);
            Wireless80211Configuration stored = Stored();
            Join(log, network, stored);
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

        /// <summary>Joins the network and waits for an address, or reports why it has none.</summary>
        /// <param name="log">Takes the reason.</param>
        /// <param name="network">The interface.</param>
        /// <param name="stored">The name and the password.</param>
        protected virtual void Join(DeviceLog log, NetworkInterface network, Wireless80211Configuration stored)
        {
            if (stored.Options != Wireless80211Configuration.ConfigurationOptions.AutoConnect)
            {
                stored.Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect;
                stored.SaveConfiguration();
                log.Say("The firmware joins the Wi-Fi by itself from now on; the device restarts.");
                Power.RebootDevice();
            }

            if (!GetsAddress(network))
            {
                log.Complain("The Wi-Fi \"" + stored.Ssid + "\" is not joined, or gives no address: is the stored password the right one (boards/README.md), the name exact, "
                    + "and the network one of 2.4 GHz and near enough?");
            }
        }

        /// <summary>The stored configuration, or null when the firmware has no Wi-Fi.</summary>
        protected static Wireless80211Configuration Stored()
        {
            NetworkInterface network = Find(NetworkInterfaceType.Wireless80211);
            if (network == null)
            {
                return null;
            }

            Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
            return network.SpecificConfigId < all.Length ? all[(int)network.SpecificConfigId] : null;
        }
    }
}
