using System.Collections.Generic;
using Http2Nano.Boards.Tests;

namespace System.Net.NetworkInformation
{
    /// <summary>The interfaces that the test's board has.</summary>
    public class NetworkInterface
    {
        protected NetworkInterface(int interfaceIndex)
        {
            NetworkInterfaceType = (NetworkInterfaceType)interfaceIndex;
        }

        public NetworkInterfaceType NetworkInterfaceType { get; }

        public uint SpecificConfigId
        {
            get { return 0; }
        }

        public byte[] PhysicalAddress
        {
            get { return new byte[] { 0x24, 0x6F, 0x28, 0x01, 0xAB, 0x0C }; }
        }

        public bool IsDhcpEnabled
        {
            get { return FakeBoard.Present.IsDhcpEnabled; }
        }

        public string IPv4Address
        {
            get { return NetworkInterfaceType == NetworkInterfaceType.WirelessAP ? FakeBoard.Present.AccessPointAddress : FakeBoard.Present.Address; }
        }

        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            if (FakeBoard.Present.NetworkFailure != null)
            {
                throw FakeBoard.Present.NetworkFailure;
            }

            List<NetworkInterface> all = new List<NetworkInterface>();
            if (FakeBoard.Present.HasWifi)
            {
                all.Add(new NetworkInterface((int)NetworkInterfaceType.Wireless80211));
            }

            if (FakeBoard.Present.HasAccessPoint)
            {
                all.Add(new NetworkInterface((int)NetworkInterfaceType.WirelessAP));
            }

            if (FakeBoard.Present.HasEthernet)
            {
                all.Add(new NetworkInterface((int)NetworkInterfaceType.Ethernet));
            }

            return all.ToArray();
        }

        public void EnableDhcp()
        {
            FakeBoard.Present.IsDhcpEnabled = true;
        }

        public void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress)
        {
            FakeBoard.Present.AccessPointAddress = ipv4Address;
        }
    }
}
