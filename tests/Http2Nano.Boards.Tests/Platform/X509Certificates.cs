using System.Text;
using Http2Nano.Boards.Tests;

namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
    }

    /// <summary>Takes what the firmware's parser takes: PEM with a zero behind it.</summary>
    public class X509Certificate2 : X509Certificate
    {
        public X509Certificate2(byte[] rawData, byte[] key, string password)
        {
            if (FakeBoard.Present.RefusesCertificates || !IsText(rawData, "CERTIFICATE") || !IsText(key, "PRIVATE KEY"))
            {
                throw new ArgumentException("0x2180");
            }
        }

        public X509Certificate2(string rawData, string key, string password)
            : this(Encoding.UTF8.GetBytes(rawData + "\0"), Encoding.UTF8.GetBytes(key + "\0"), password)
        {
        }

        private static bool IsText(byte[] pem, string label)
        {
            return pem.Length > 0 && pem[pem.Length - 1] == 0 && Encoding.UTF8.GetString(pem).StartsWith("-----BEGIN " + label + "-----", StringComparison.Ordinal);
        }
    }
}
