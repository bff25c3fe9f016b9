using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading;

namespace Http2Nano.Devices
{
    // The part that lets people choose a network on the page.
    public sealed partial class WifiNetwork : INetworkChoice
    {
        // The network from before a test, while it lasts.
        private const string BeforeTest = "wifi.old";

        private string[] _found;
        private int[] _strengths;

        /// <inheritdoc/>
        public string Name
        {
            get
            {
                Wireless80211Configuration stored = Stored();
                return stored == null || stored.Ssid == null ? string.Empty : stored.Ssid;
            }
        }

        /// <inheritdoc/>
        public int FoundCount
        {
            get { return _found == null ? 0 : _found.Length; }
        }

        /// <inheritdoc/>
        public string FoundName(int index)
        {
            return _found[index];
        }

        /// <inheritdoc/>
        public int FoundSignal(int index)
        {
            return _strengths[index];
        }

        /// <inheritdoc/>
        public void Scan()
        {
            if (!FindAdapter())
            {
                return;
            }

            _adapter.ScanAsync();
            Thread.Sleep(ScanTime);
            Sort(_adapter.NetworkReport.AvailableNetworks);
        }

        /// <inheritdoc/>
        public string Try(string name, string password, DeviceFiles files, DeviceLog log)
        {
            NetworkInterface network = Find(Type);
            if (network == null || !FindAdapter())
            {
                return "The firmware has no adapter for Wi-Fi: flash the firmware of this board's target.";
            }

            Wireless80211Configuration before = Stored();
            string ssid = before.Ssid ?? string.Empty;
            string key = before.Password ?? string.Empty;

            // The adapter stores what it joins, so the network from before is kept until this one has proved itself.
            files.Write(BeforeTest, Encoding.UTF8.GetBytes(ssid + "\n" + key));
            string trouble = Why(_adapter.Connect(name, WifiReconnectionKind.Automatic, password), name);
            if (trouble == null && !GetsAddress(network))
            {
                trouble = "The Wi-Fi \"" + name + "\" gives no address by DHCP.";
            }

            if (trouble == null)
            {
                Store(name, password);
            }
            else
            {
                trouble += " The device is back in \"" + ssid + "\".";
                Store(ssid, key);
                Connect(log);
            }

            files.Delete(BeforeTest);
            return trouble;
        }

        /// <inheritdoc/>
        public void RestoreAfterTest(DeviceFiles files, DeviceLog log)
        {
            byte[] kept = files.Read(BeforeTest, 0);
            if (kept == null)
            {
                return;
            }

            string text = Encoding.UTF8.GetString(kept, 0, kept.Length);
            int end = text.IndexOf('\n');
            if (end > 0 && Find(Type) != null)
            {
                Store(text.Substring(0, end), text.Substring(end + 1));
                log.Say("The device went out while it tried another Wi-Fi; it goes back to \"" + text.Substring(0, end) + "\".");
            }

            files.Delete(BeforeTest);
        }

        /// <inheritdoc/>
        public void Forget()
        {
            if (Find(Type) != null)
            {
                Store(string.Empty, string.Empty);
            }
        }

        private static string Why(WifiConnectionResult result, string name)
        {
            switch (result.ConnectionStatus)
            {
                case WifiConnectionStatus.Success:
                    return null;
                case WifiConnectionStatus.InvalidCredential:
                    return "The Wi-Fi \"" + name + "\" refuses this password.";
                case WifiConnectionStatus.NetworkNotAvailable:
                    return "There is no Wi-Fi \"" + name + "\" here.";
                case WifiConnectionStatus.UnsupportedAuthenticationProtocol:
                    return "The Wi-Fi \"" + name + "\" wants an authentication that the firmware does not know.";
                default:
                    return "The Wi-Fi \"" + name + "\" cannot be joined.";
            }
        }

        // The strongest first, each name once.
        private void Sort(WifiAvailableNetwork[] networks)
        {
            string[] names = new string[networks.Length];
            int[] strengths = new int[networks.Length];
            int count = 0;
            for (int i = 0; i < networks.Length; i++)
            {
                string name = networks[i].Ssid;
                int strength = (int)networks[i].NetworkRssiInDecibelMilliwatts;
                int at = name == null || name.Length == 0 ? -1 : IndexOf(names, count, name);
                if (at == -1 || (at < count && strengths[at] >= strength))
                {
                    continue;
                }

                if (at == count)
                {
                    count++;
                }

                while (at > 0 && strengths[at - 1] < strength)
                {
                    names[at] = names[at - 1];
                    strengths[at] = strengths[at - 1];
                    at--;
                }

                names[at] = name;
                strengths[at] = strength;
            }

            _found = new string[count];
            _strengths = strengths;
            System.Array.Copy(names, _found, count);
        }

        private static int IndexOf(string[] names, int count, string name)
        {
            int at = 0;
            while (at < count && names[at] != name)
            {
                at++;
            }

            return at;
        }
    }
}
