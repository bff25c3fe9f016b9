using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using nanoFramework.Runtime.Native;

namespace Http2Nano.Devices
{
    /// <summary>
    /// An access point, for a device that knows no network to join. Whoever connects to it finds a page that asks for the
    /// name and password of a Wi-Fi network.
    /// </summary>
    internal sealed class SetupAccessPoint
    {
        private const string Address = "192.168.4.1";
        private const string Mask = "255.255.255.0";
        private const string GuestAddress = "192.168.4.2";
        private const int PasswordDigits = 8;
        private const int UsualPort = 80;
        private const int TimeForTheAnswer = 2000;

        // Milliseconds; shorter than the watchdog's time, because people take minutes.
        private const int Turn = 30000;
        private const int Step = 500;

        private readonly DeviceLog _log;
        private readonly int _port;
        private AddressServer _addresses;
        private NameServer _names;
        private SetupPage _page;
        private HttpServer _server;

        internal SetupAccessPoint(DeviceLog log, int port)
        {
            _log = log;
            _port = port == HttpServerOptions.Off ? UsualPort : port;
        }

        /// <summary>Turns off the access point if it is on; then the device restarts.</summary>
        internal static void TurnOff(DeviceLog log)
        {
            WirelessAPConfiguration stored = Stored();
            if (stored != null && (stored.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0)
            {
                stored.Options = WirelessAPConfiguration.ConfigurationOptions.Disable;
                stored.SaveConfiguration();
                log.Say("The device's own Wi-Fi is turned off; the device restarts.");
                Power.RebootDevice();
            }
        }

        /// <summary>
        /// Serves the page for half a minute, or until a network has been chosen; then the device restarts.
        /// </summary>
        /// <returns>False when the firmware has no access point.</returns>
        internal bool Serve()
        {
            if (_server == null && !Open())
            {
                return false;
            }

            for (int waited = 0; waited < Turn && !_page.IsDone; waited += Step)
            {
                Thread.Sleep(Step);
            }

            if (_page.IsDone)
            {
                Thread.Sleep(TimeForTheAnswer);
                _server.Stop();
                _addresses.Stop();
                _names.Stop();
                _log.Say("A Wi-Fi was chosen; the device restarts.");
                Power.RebootDevice();
            }

            return true;
        }

        private bool Open()
        {
            WirelessAPConfiguration stored = Stored();
            if (stored == null)
            {
                _log.Complain("No Wi-Fi is stored, and this firmware has no access point to ask for one: store it with nanoff (boards/README.md).");
                return false;
            }

            TurnOn(stored);
            string page = "http://" + Address + (_port == UsualPort || _port == 0 ? string.Empty : ":" + _port.ToString());
            if (_addresses == null)
            {
                _addresses = new AddressServer(Address, Mask, GuestAddress, page + SetupPage.ApiPath);
                if (!_addresses.Start())
                {
                    _log.Complain("No addresses can be given to whoever joins: set " + GuestAddress + " by hand.");
                }
            }

            if (_names == null)
            {
                _names = new NameServer(Address);
                if (!_names.Start())
                {
                    _log.Complain("Names are not answered, so that phones do not open the page by themselves: open it by its address.");
                }
            }

            _page = new SetupPage(page);
            HttpServerOptions options = new HttpServerOptions();
            options.Port = _port;
            options.Limits = HttpProfiles.Tiny();
            HttpServer server = new HttpServer(options, _page.Router);
            server.Start();
            _server = server;
            _log.Say("No Wi-Fi is stored. Join \"" + stored.Ssid + "\" with the password " + stored.Password + " and open http://" + Address
                + (server.Port == UsualPort ? string.Empty : ":" + server.Port.ToString()) + " to choose one.");
            return true;
        }

        // The firmware starts an access point only when the device starts.
        private void TurnOn(WirelessAPConfiguration stored)
        {
            NetworkInterface network = Interface();
            WirelessAPConfiguration.ConfigurationOptions wanted = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            if (stored.Options == wanted && network.IPv4Address == Address && !string.IsNullOrEmpty(stored.Password))
            {
                return;
            }

            network.EnableStaticIPv4(Address, Mask, Address);
            byte[] mac = network.PhysicalAddress;
            stored.Ssid = "Http2Nano-" + mac[mac.Length - 2].ToString("X2") + mac[mac.Length - 1].ToString("X2");
            stored.Password = RandomDigits.Make(PasswordDigits);
            stored.Authentication = AuthenticationType.WPA2;
            stored.Encryption = EncryptionType.WPA2_PSK;
            stored.MaxConnections = 1;
            stored.Options = wanted;
            stored.SaveConfiguration();
            _log.Say("The device's own Wi-Fi is set up; the device restarts.");
            Power.RebootDevice();
        }

        private static WirelessAPConfiguration Stored()
        {
            NetworkInterface network = Interface();
            if (network == null)
            {
                return null;
            }

            WirelessAPConfiguration[] all = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
            return network.SpecificConfigId < all.Length ? all[(int)network.SpecificConfigId] : null;
        }

        private static NetworkInterface Interface()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == NetworkInterfaceType.WirelessAP)
                {
                    return all[i];
                }
            }

            return null;
        }
    }
}
