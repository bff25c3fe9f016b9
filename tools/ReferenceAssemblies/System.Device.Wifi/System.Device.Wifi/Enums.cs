namespace System.Device.Wifi;

public enum WifiConnectionStatus
{
    AccessRevoked,
    InvalidCredential,
    NetworkNotAvailable,
    Success,
    Timeout,
    UnspecifiedFailure,
    UnsupportedAuthenticationProtocol,
}

public enum WifiReconnectionKind
{
    Automatic,
    Manual,
}
