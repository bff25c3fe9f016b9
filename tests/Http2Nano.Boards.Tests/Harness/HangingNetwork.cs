using System.Net.NetworkInformation;

namespace Http2Nano.Devices
{
    /// <summary>A driver that never returns.</summary>
    internal sealed class HangingNetwork : DeviceNetwork
    {
        protected override NetworkInterfaceType Type
        {
            get { return NetworkInterfaceType.Ethernet; }
        }

        public override void Connect(DeviceLog log)
        {
            while (true)
            {
                Thread.Sleep(1000);
            }
        }
    }
}
