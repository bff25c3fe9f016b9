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
            int end = AssetPackFormat.HeaderSize;
            byte[] pack = new byte[end + AssetPackFormat.ChecksumSize];
            Array.Copy(BitConverter.GetBytes(AssetPackFormat.Magic), pack, 4);
            pack[VersionOffset] = AssetPackFormat.Version;
            Array.Copy(BitConverter.GetBytes(pack.Length), 0, pack, LengthOffset, 4);
            Array.Copy(BitConverter.GetBytes(AssetPackFormat.Checksum(AssetPackFormat.NoChecksum, pack, 0, end)), 0, pack, end, AssetPackFormat.ChecksumSize);
            return pack;
        }
    }
}
