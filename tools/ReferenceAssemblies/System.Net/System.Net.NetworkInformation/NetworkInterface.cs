namespace System.Net.NetworkInformation;

public class NetworkInterface
{
    protected extern NetworkInterface(int interfaceIndex);

    public extern bool IsAutomaticDnsEnabled { get; }
    public extern string IPv4Address { get; }
    public extern string IPv4GatewayAddress { get; }
    public extern string IPv4SubnetMask { get; }
    public extern bool IsDhcpEnabled { get; }
    public extern string[] IPv4DnsAddresses { get; }
    public extern byte[] PhysicalAddress { get; set; }
    public extern NetworkInterfaceType NetworkInterfaceType { get; }
    public extern uint SpecificConfigId { get; set; }

    public static extern bool GetIsNetworkAvailable();
    public static extern NetworkInterface[] GetAllNetworkInterfaces();
    public extern void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress);
    public extern void EnableStaticIPv6(string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress);
    public extern void EnableStaticIP(string ipv4Address, string ipv4subnetMask, string ipv4gatewayAddress, string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress);
    public extern void EnableDhcp();
    public extern void EnableStaticIPv4Dns(string[] dnsAddresses);
    public extern void EnableStaticIPv6Dns(string[] dnsAddresses);
    public extern void ReleaseDhcpLease();
    public extern void RenewDhcpLease();
}
