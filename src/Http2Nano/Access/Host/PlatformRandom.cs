using System.Security.Cryptography;

namespace Http2Nano.Access
{
    /// <summary>Random octets of the operating system.</summary>
    internal sealed class PlatformRandom
    {
        /// <summary>Fills an array.</summary>
        internal void Fill(byte[] octets)
        {
            RandomNumberGenerator.Fill(octets);
        }
    }
}
