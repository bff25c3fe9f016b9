namespace System.Net.NetworkInformation;

public class WirelessAPConfiguration
{
    public extern WirelessAPConfiguration(uint id);

    public extern AuthenticationType Authentication { get; set; }
    public extern EncryptionType Encryption { get; set; }
    public extern ConfigurationOptions Options { get; set; }
    public extern string Password { get; set; }
    public extern string Ssid { get; set; }
    public extern byte Channel { get; set; }
    public extern byte MaxConnections { get; set; }
    public extern uint Id { get; }

    public static extern WirelessAPConfiguration[] GetAllWirelessAPConfigurations();
    public extern void SaveConfiguration();

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoStart = 4 | Enable,
        HiddenSSID = 8,
    }
}
