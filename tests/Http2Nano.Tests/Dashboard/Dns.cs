using System.Text;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>Messages of DNS for tests.</summary>
    internal static class Dns
    {
        internal const int A = 1;
        internal const int Pointer = 12;
        internal const int Text = 16;
        internal const int Ipv6 = 28;
        internal const int Location = 33;
        internal const int Any = 255;

        /// <summary>A message with one question, without compression.</summary>
        internal static byte[] Question(string name, int type, int kind)
        {
            return Octets("000000000001000000000000" + Name(name) + Number(type) + Number(kind));
        }

        /// <summary>A name in hexadecimal digits, its labels between dots.</summary>
        internal static string Name(string name)
        {
            string digits = string.Empty;
            string[] labels = name.Split('.');
            for (int i = 0; i < labels.Length; i++)
            {
                byte[] label = Encoding.UTF8.GetBytes(labels[i]);
                digits += label.Length.ToString("X2") + Hex(label, 0, label.Length);
            }

            return digits + "00";
        }

        /// <summary>A record in hexadecimal digits.</summary>
        internal static string Record(string name, int type, int time, string data)
        {
            return Name(name) + Number(type) + "0001" + "0000" + Number(time) + Number(data.Length / 2) + data;
        }

        internal static string Number(int number)
        {
            return (number >> 8).ToString("X2") + (number & 0xFF).ToString("X2");
        }

        internal static byte[] Octets(string digits)
        {
            byte[] text = Encoding.UTF8.GetBytes(digits);
            byte[] octets = new byte[text.Length / 2];
            for (int i = 0; i < octets.Length; i++)
            {
                octets[i] = (byte)(Digit(text[2 * i]) << 4 | Digit(text[(2 * i) + 1]));
            }

            return octets;
        }

        internal static string Hex(byte[] octets, int from, int to)
        {
            string text = string.Empty;
            for (int i = from; i < to; i++)
            {
                text += octets[i].ToString("X2");
            }

            return text;
        }

        private static int Digit(int character)
        {
            return character <= '9' ? character - '0' : character - 'A' + 10;
        }
    }
}
