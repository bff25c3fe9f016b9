using System;
using System.Text;

namespace Http2Nano.Tests.Certificates
{
    /// <summary>Writes certificates and keys that look like those of people, and keep no secret: points and numbers are made up.</summary>
    internal static class MadeUp
    {
        internal const string P256 = "06082A8648CE3D030107";
        internal const string Brainpool = "06092B2403030208010107";
        internal const string Begin = "261101000000Z";
        internal const string End = "271101000000Z";

        /// <summary>Seconds since 1970 at noon of 1 December 2026.</summary>
        internal const long Now = 1796126400;

        /// <summary>A certificate on P-256 with two names.</summary>
        internal static byte[] Certificate(int key)
        {
            return Certificate(CurveKey(P256, key), Name("device.example"), Name("device.example"), Begin, End, Names(Text(0x82, "device.example"), Element(0x87, Hex("C0A80107"))));
        }

        internal static byte[] Certificate(byte[] publicKey, byte[] issuer, byte[] subject, string begin, string end, byte[] extensions)
        {
            byte[] body = Element(0x30, Hex("A003020102"), Hex("020101"), Hex("300A06082A8648CE3D040302"), issuer, Element(0x30, Time(begin), Time(end)), subject, publicKey, extensions);
            return Element(0x30, body, Hex("300A06082A8648CE3D040302"), Hex("030500AABBCCDD"));
        }

        internal static byte[] Names(params byte[][] names)
        {
            return Element(0xA3, Element(0x30, Extension("0603551D13", Hex("0101FF"), Element(0x04, Hex("3000"))), Extension("0603551D11", new byte[0], Element(0x04, Element(0x30, names)))));
        }

        internal static byte[] Name(string common)
        {
            return Element(0x30, Element(0x31, Element(0x30, Hex("0603550403"), Text(0x0C, common))));
        }

        internal static byte[] CurveKey(string curve, int key)
        {
            return Element(0x30, Element(0x30, Hex("06072A8648CE3D0201"), Hex(curve)), Element(0x03, new byte[] { 0 }, Point(key)));
        }

        internal static byte[] RsaKey(int bits, int key)
        {
            byte[] numbers = Element(0x30, Modulus(bits, key), Hex("0203010001"));
            return Element(0x30, Element(0x30, Hex("06092A864886F70D010101"), Hex("0500")), Element(0x03, new byte[] { 0 }, numbers));
        }

        /// <summary>PKCS #8.</summary>
        internal static byte[] PrivateKey(string curve, int key)
        {
            return Element(0x30, Hex("020100"), Element(0x30, Hex("06072A8648CE3D0201"), Hex(curve)), Element(0x04, PrivateCurve(null, key, true)));
        }

        internal static byte[] PrivateCurve(string curve, int key, bool whole)
        {
            byte[] named = curve == null ? new byte[0] : Element(0xA0, Hex(curve));
            byte[] point = whole ? Element(0xA1, Element(0x03, new byte[] { 0 }, Point(key))) : new byte[0];
            return Element(0x30, Hex("020101"), Element(0x04, new byte[32]), named, point);
        }

        internal static byte[] PrivateRsa(int bits, int key)
        {
            return Element(0x30, Hex("020100"), Modulus(bits, key), Hex("0203010001"), Hex("020101"));
        }

        internal static string Pem(string label, byte[] der)
        {
            string text = Convert.ToBase64String(der);
            string lines = string.Empty;
            while (text.Length > 64)
            {
                lines += text.Substring(0, 64) + "\n";
                text = text.Substring(64);
            }

            return "-----BEGIN " + label + "-----\n" + lines + text + "\n-----END " + label + "-----\n";
        }

        internal static byte[] Text(int tag, string text)
        {
            return Element(tag, Encoding.UTF8.GetBytes(text));
        }

        internal static byte[] Element(int tag, params byte[][] content)
        {
            int length = 0;
            for (int i = 0; i < content.Length; i++)
            {
                length += content[i].Length;
            }

            int head = length < 128 ? 2 : length < 256 ? 3 : 4;
            byte[] bytes = new byte[head + length];
            bytes[0] = (byte)tag;
            bytes[1] = (byte)(head == 2 ? length : 0x80 + head - 2);
            if (head == 3)
            {
                bytes[2] = (byte)length;
            }
            else if (head == 4)
            {
                bytes[2] = (byte)(length >> 8);
                bytes[3] = (byte)length;
            }

            int at = head;
            for (int i = 0; i < content.Length; i++)
            {
                Array.Copy(content[i], 0, bytes, at, content[i].Length);
                at += content[i].Length;
            }

            return bytes;
        }

        internal static byte[] Hex(string digits)
        {
            byte[] bytes = new byte[digits.Length / 2];
            char[] characters = digits.ToCharArray();
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digit(characters[2 * i]) << 4) | Digit(characters[(2 * i) + 1]));
            }

            return bytes;
        }

        private static byte[] Time(string text)
        {
            return Text(text.Length == 13 ? 0x17 : 0x18, text);
        }

        private static byte[] Extension(string identifier, byte[] critical, byte[] value)
        {
            return Element(0x30, Hex(identifier), critical, value);
        }

        private static byte[] Point(int key)
        {
            byte[] point = new byte[65];
            point[0] = 4;
            point[64] = (byte)key;
            return point;
        }

        private static byte[] Modulus(int bits, int key)
        {
            byte[] number = new byte[(bits / 8) + 1];
            number[1] = 0xC1;
            number[bits / 8] = (byte)key;
            return Element(0x02, number);
        }

        private static int Digit(int character)
        {
            return character <= '9' ? character - '0' : character - 'A' + 10;
        }
    }
}
