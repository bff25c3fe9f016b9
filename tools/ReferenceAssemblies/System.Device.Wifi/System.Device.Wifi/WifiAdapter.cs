namespace System.Device.Wifi;

public sealed class WifiAdapter : IDisposable
{
    private extern WifiAdapter();

    public extern int NetworkInterface { get; }
    public extern WifiNetworkReport NetworkReport { get; }

    public static extern WifiAdapter[] FindAllAdapters();
    public extern WifiConnectionResult Connect(WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind, string passwordCredential);
    public extern WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential);
    public extern void Disconnect();
    public extern void Dispose();
    public extern void ScanAsync();
    public extern void SetDeviceName(string deviceName);
}
