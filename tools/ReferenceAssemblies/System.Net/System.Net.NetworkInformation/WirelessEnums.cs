namespace System.Net.NetworkInformation;

public enum AuthenticationType : byte
{
    None = 0,
    EAP,
    PEAP,
    WCN,
    Open,
    Shared,
    WEP,
    WPA,
    WPA2,
}

public enum EncryptionType : byte
{
    None = 0,
    WEP,
    WPA,
    WPA2,
    WPA_PSK,
    WPA2_PSK,
    Certificate,
}
