using System.Text;

namespace Http2Nano.Dashboard
{
    /// <summary>Which texts a device takes as settings.</summary>
    public static class ControlText
    {
        private const int LongestWifi = 32;
        private const int ShortestPassword = 8;
        private const int LongestPassword = 63;

        // IEEE 802.11: the key itself instead of a password.
        private const int KeyDigits = 64;
        private const int LongestLabel = 63;
        private const int LongestServer = 64;
        private const int LongestZone = 40;

        /// <summary>Whether a text can be the name of a Wi-Fi: 1 to 32 octets, none of them a control character.</summary>
        public static bool IsWifiName(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            return octets.Length > 0 && octets.Length <= LongestWifi && IsPrintable(octets);
        }

        /// <summary>Whether a text can be the password of a Wi-Fi, which may have none.</summary>
        public static bool IsWifiPassword(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            if (octets.Length == KeyDigits)
            {
                return Consists(octets, "0123456789abcdefABCDEF");
            }

            return octets.Length == 0 || (octets.Length >= ShortestPassword && octets.Length <= LongestPassword && IsPrintable(octets));
        }

        /// <summary>Whether a text can be the password of the device: 8 to 64 octets, none of them a control character.</summary>
        public static bool IsPassword(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            return octets.Length >= ShortestPassword && octets.Length <= LongestServer && IsPrintable(octets);
        }

        /// <summary>Whether a text can be a name in the local network (RFC 1123 2.1), in lower case.</summary>
        public static bool IsHostName(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            return octets.Length > 0 && octets.Length <= LongestLabel && octets[0] != '-' && octets[octets.Length - 1] != '-'
                && Consists(octets, "abcdefghijklmnopqrstuvwxyz0123456789-");
        }

        /// <summary>Whether a text can be a time server: a host name or an address.</summary>
        public static bool IsServer(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            return octets.Length > 0 && octets.Length <= LongestServer
                && Consists(octets, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:");
        }

        /// <summary>Whether a text can be the name of a time zone, or is empty. The page knows which there are.</summary>
        public static bool IsZone(string text)
        {
            byte[] octets = Encoding.UTF8.GetBytes(text);
            return octets.Length <= LongestZone && Consists(octets, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_+-");
        }

        private static bool IsPrintable(byte[] octets)
        {
            for (int i = 0; i < octets.Length; i++)
            {
                if (octets[i] < ' ' || octets[i] == 0x7F)
                {
                    return false;
                }
            }

            return true;
        }

        private static bool Consists(byte[] octets, string allowed)
        {
            for (int i = 0; i < octets.Length; i++)
            {
                if (octets[i] == 0 || octets[i] > 0x7F || allowed.IndexOf((char)octets[i]) < 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
