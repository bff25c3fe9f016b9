using Http2Nano.Boards.Tests;

namespace System.Net.NetworkInformation
{
    /// <summary>The network that the board has stored: a copy, until it is saved.</summary>
    public class Wireless80211Configuration
    {
        [Flags]
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 4 | Enable,
        }

        public Wireless80211Configuration(uint id)
        {
            Ssid = FakeBoard.Present.StoredSsid;
            Password = FakeBoard.Present.StoredPassword;
            Options = FakeBoard.Present.StoredOptions;
        }

        public AuthenticationType Authentication { get; set; }

        public EncryptionType Encryption { get; set; }

        public ConfigurationOptions Options { get; set; }

        public string Password { get; set; }

        public string Ssid { get; set; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations()
        {
            return new[] { new Wireless80211Configuration(0) };
        }

        public void SaveConfiguration()
        {
            FakeBoard.Present.StoredSsid = Ssid;
            FakeBoard.Present.StoredPassword = Password;
            FakeBoard.Present.StoredAuthentication = Authentication;
            FakeBoard.Present.StoredOptions = Options;
        }
    }
}
