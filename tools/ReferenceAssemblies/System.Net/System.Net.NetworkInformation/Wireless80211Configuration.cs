namespace System.Net.NetworkInformation;

public class Wireless80211Configuration
{
    public extern Wireless80211Configuration(uint id);

    public extern AuthenticationType Authentication { get; set; }
    public extern EncryptionType Encryption { get; set; }
    public extern ConfigurationOptions Options { get; set; }
    public extern string Password { get; set; }
    public extern string Ssid { get; set; }
    public extern uint Id { get; }

    public static extern Wireless80211Configuration[] GetAllWireless80211Configurations();
    public extern void SaveConfiguration();

    [Flags]
    public enum ConfigurationOptions : byte
    {
        None = 0,
        Disable = 1,
        Enable = 2,
        AutoConnect = 4 | Enable,
        SmartConfig = 8 | Enable,
    }
}
