using System;
using Http2Nano.Assets;

namespace Http2Nano.Devices
{
    /// <summary>An asset pack without files.</summary>
    public static class EmptyPack
    {
        // The layout of AssetPackFormat.
        private const int VersionOffset = 4;
        private const int LengthOffset = 12;

        /// <summary>Makes the pack.</summary>
        public static byte[] Make()
        {
            byte[] pack = new byte[AssetPackFormat.HeaderSize];
            Array.Copy(BitConverter.GetBytes(AssetPackFormat.Magic), pack, 4);
            pack[VersionOffset] = AssetPackFormat.Version;
            Array.Copy(BitConverter.GetBytes(pack.Length), 0, pack, LengthOffset, 4);
            return pack;
        }
    }
}
