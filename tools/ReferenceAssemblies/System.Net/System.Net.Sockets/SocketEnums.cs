namespace System.Net.Sockets;

public enum AddressFamily
{
    Unknown = -1,
    Unspecified = 0,
    InterNetwork = 2,
    InterNetworkV6 = 23,
}

public enum ProtocolType
{
    IP = 0,
    IPv4 = 4,
    Tcp = 6,
    Udp = 17,
    IPv6 = 41,
}

public enum SelectMode
{
    SelectRead = 0,
    SelectWrite = 1,
    SelectError = 2,
}

[Flags]
public enum SocketFlags
{
    None = 0,
    Peek = 2,
}

public enum SocketOptionLevel
{
    Socket = 65535,
    IP = 0,
    IPv6 = 41,
    Tcp = 6,
    Udp = 17,
}

public enum SocketOptionName
{
    MulticastTimeToLive = 10,
    AddMembership = 12,
    ReuseAddress = 4,
    KeepAlive = 8,
    Broadcast = 32,
    Linger = 128,
    DontLinger = -129,
    ExclusiveAddressUse = -5,
    SendBuffer = 4097,
    ReceiveBuffer = 4098,
    SendTimeout = 4101,
    ReceiveTimeout = 4102,
    Error = 4103,
    Type = 4104,
    MaxConnections = 2147483647,
    NoDelay = 1,
}

public enum SocketType
{
    Stream = 1,
    Dgram = 2,
    Unknown = -1,
}
