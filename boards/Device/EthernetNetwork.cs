using System.Net.NetworkInformation;

namespace Http2Nano.Devices
{
    /// <summary>Ethernet, with an address by DHCP.</summary>
    public sealed class EthernetNetwork : DeviceNetwork
    {
        /// <inheritdoc/>
        protected override NetworkInterfaceType Type
        {
            get { return NetworkInterfaceType.Ethernet; }
        }

        /// <inheritdoc/>
        public override void Connect(DeviceLog log)
        {
            NetworkInterface network = Find(Type);
            if (network == null)
            {
                log.Complain("The firmware has no Ethernet: flash the firmware of this board's target.");
            }
            else if (!GetsAddress(network))
            {
                log.Complain("The network gives no address by DHCP: is the cable plugged in, and is there a DHCP server behind it?");
            }
        }
    }
}
