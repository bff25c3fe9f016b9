using Http2Nano.Boards.Tests;

namespace System.Net.NetworkInformation
{
    /// <summary>The board's own Wi-Fi, as it is stored: a copy, until it is saved.</summary>
    public class WirelessAPConfiguration
    {
        [Flags]
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoStart = 4 | Enable,
        }

        public WirelessAPConfiguration(uint id)
        {
        }

        public AuthenticationType Authentication { get; set; }

        public EncryptionType Encryption { get; set; }

        public ConfigurationOptions Options { get; set; }

        public string Password { get; set; }

        public string Ssid { get; set; }

        public byte MaxConnections { get; set; }

        public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations()
        {
            return new[] { (WirelessAPConfiguration)FakeBoard.Present.AccessPoint.MemberwiseClone() };
        }

        public void SaveConfiguration()
        {
            FakeBoard.Present.AccessPoint = this;
        }
    }
}
