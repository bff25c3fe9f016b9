using Http2Nano.Boards.Tests;

namespace System.Device.Wifi
{
    public class WifiConnectionResult
    {
        internal WifiConnectionResult(WifiConnectionStatus status)
        {
            ConnectionStatus = status;
        }

        public WifiConnectionStatus ConnectionStatus { get; }
    }

    public class WifiAvailableNetwork
    {
        internal WifiAvailableNetwork(string ssid, double strength)
        {
            Ssid = ssid;
            NetworkRssiInDecibelMilliwatts = strength;
        }

        public string Ssid { get; }

        public double NetworkRssiInDecibelMilliwatts { get; }
    }

    public class WifiNetworkReport
    {
        internal WifiNetworkReport(WifiAvailableNetwork[] networks)
        {
            AvailableNetworks = networks;
        }

        public WifiAvailableNetwork[] AvailableNetworks { get; }
    }

    /// <summary>A radio that hears the networks of the test.</summary>
    public sealed class WifiAdapter
    {
        internal WifiAdapter()
        {
        }

        public WifiNetworkReport NetworkReport
        {
            get { return new WifiNetworkReport(new[] { new WifiAvailableNetwork("other", -80), new WifiAvailableNetwork(FakeBoard.Present.Ssid, FakeBoard.Present.Strength) }); }
        }

        public static WifiAdapter[] FindAllAdapters()
        {
            return FakeBoard.Present.HasWifi ? new[] { new WifiAdapter() } : new WifiAdapter[0];
        }

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
        {
            return new WifiConnectionResult(FakeBoard.Present.Join(ssid, passwordCredential));
        }

        public void ScanAsync()
        {
            FakeBoard.Present.Scan();
        }
    }
}
