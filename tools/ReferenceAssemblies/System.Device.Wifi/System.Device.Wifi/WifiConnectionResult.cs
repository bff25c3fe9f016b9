namespace System.Device.Wifi;

public class WifiConnectionResult
{
    private extern WifiConnectionResult();

    public extern WifiConnectionStatus ConnectionStatus { get; }
}
