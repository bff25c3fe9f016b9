using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>The board's way to the network.</summary>
    public abstract class DeviceNetwork
    {
        private const int AddressWait = 20000;
        private const int Step = 250;
        private const string NoAddress = "0.0.0.0";

        /// <summary>Whether it is known which network to join.</summary>
        public virtual bool IsConfigured
        {
            get { return true; }
        }

        /// <summary>Strength of the radio signal in dBm, as measured last, or <see cref="Board.Unknown"/>.</summary>
        public virtual int Signal
        {
            get { return Board.Unknown; }
        }

        /// <summary>The address, or null while there is none.</summary>
        public string Address
        {
            get
            {
                NetworkInterface found = Find(Type);
                string address = found == null ? null : found.IPv4Address;
                return address == NoAddress || address == string.Empty ? null : address;
            }
        }

        /// <summary>Which of the firmware's interfaces it is.</summary>
        protected abstract NetworkInterfaceType Type { get; }

        /// <summary>Joins the network. Takes up to about 40 seconds, and says what is wrong when it does not work.</summary>
        public abstract void Connect(DeviceLog log);

        /// <summary>
        /// Lets people choose a network, where there is a way: for half a minute, and to be called again. Restarts the device when
        /// one was chosen.
        /// </summary>
        /// <param name="log">Where to say how.</param>
        /// <param name="port">The port of http.</param>
        /// <returns>False where there is no way.</returns>
        public virtual bool SetUp(DeviceLog log, int port)
        {
            return false;
        }

        /// <summary>Measures <see cref="Signal"/>.</summary>
        public virtual void Measure()
        {
        }

        /// <summary>The first interface of a type, or null.</summary>
        protected static NetworkInterface Find(NetworkInterfaceType type)
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == type)
                {
                    return all[i];
                }
            }

            return null;
        }

        /// <summary>Asks for an address by DHCP and waits for it, up to 20 seconds.</summary>
        /// <param name="network">The interface.</param>
        /// <returns>Whether one came.</returns>
        protected bool GetsAddress(NetworkInterface network)
        {
            if (!network.IsDhcpEnabled)
            {
                network.EnableDhcp();
            }

            for (int waited = 0; waited < AddressWait; waited += Step)
            {
                if (Address != null)
                {
                    return true;
                }

                Thread.Sleep(Step);
            }

            return false;
        }
    }
}
