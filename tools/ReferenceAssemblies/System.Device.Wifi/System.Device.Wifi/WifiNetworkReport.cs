namespace System.Device.Wifi;

public class WifiNetworkReport
{
    private extern WifiNetworkReport();

    public extern WifiAvailableNetwork[] AvailableNetworks { get; }
}
