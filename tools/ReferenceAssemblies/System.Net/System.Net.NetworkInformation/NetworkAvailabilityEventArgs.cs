namespace System.Net.NetworkInformation;

public class NetworkAvailabilityEventArgs : EventArgs
{
    private extern NetworkAvailabilityEventArgs();

    public extern bool IsAvailable { get; }
}
