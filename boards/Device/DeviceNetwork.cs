using System.Net.NetworkInformation;
using System.Threading;
using Http2Nano.Dashboard;

namespace Http2Nano.Devices
{
    /// <summary>The board's network interface.</summary>
    public abstract class DeviceNetwork
    {
        private const int AddressWait = 20000;
        private const int Step = 250;
        private const string NoAddress = "0.0.0.0";

        /// <summary>Whether the device has been told which network to join.</summary>
        public virtual bool IsConfigured
        {
            get { return true; }
        }

        /// <summary>Strength of the radio signal in dBm, as last measured, or <see cref="Board.Unknown"/>.</summary>
        public virtual int Signal
        {
            get { return Board.Unknown; }
        }

        /// <summary>The IP address, or null while there is none.</summary>
        public string Address
        {
            get
            {
                NetworkInterface found = Find(Type);
                string address = found == null ? null : found.IPv4Address;
                return address == NoAddress || address == string.Empty ? null : address;
            }
        }

        /// <summary>The type of the firmware's interface.</summary>
        protected abstract NetworkInterfaceType Type { get; }

        /// <summary>Joins the network. Takes up to about 40 seconds, and reports what fails.</summary>
        public abstract void Connect(DeviceLog log);

        /// <summary>
        /// Lets people choose a network, where the board can: serves for half a minute, and is to be called again. Restarts
        /// the device when a network has been chosen.
        /// </summary>
        /// <param name="log">Takes the instructions.</param>
        /// <param name="port">The port of the page.</param>
        /// <returns>False when the board cannot.</returns>
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

        /// <summary>Requests an address by DHCP and waits for it, up to 20 seconds.</summary>
        /// <param name="network">The interface.</param>
        /// <returns>Whether the interface has an address.</returns>
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
