using System;
using System.Text;
using Http2Nano.Assets;

namespace Http2Nano.Devices
{
    /// <summary>An asset pack without files, or with one page only: what is served where the drive has no pack.</summary>
    public static class EmptyPack
    {
        private const string Html = "text/html; charset=utf-8";

        // The layout of AssetPackFormat.
        private const int VersionOffset = 4;
        private const int CountOffset = 6;
        private const int LongestOffset = 8;
        private const int LengthOffset = 12;
        private const int TypeLengthOffset = 2;
        private const int FlagsOffset = 3;
        private const int PlainOffset = 4;

        /// <summary>Makes a pack without files.</summary>
        public static byte[] Make()
        {
            return End(new byte[AssetPackFormat.HeaderSize + AssetPackFormat.ChecksumSize]);
        }

        /// <summary>Makes a pack with one page, which has the path of the root.</summary>
        /// <param name="html">The page, UTF-8.</param>
        public static byte[] Make(byte[] html)
        {
            byte[] type = Encoding.UTF8.GetBytes(Html);
            int record = AssetPackFormat.HeaderSize + AssetPackFormat.IndexEntrySize;
            int size = AssetPackFormat.RecordSize + type.Length;
            byte[] pack = new byte[record + size + html.Length + AssetPackFormat.ChecksumSize];
            pack[CountOffset] = 1;
            pack[LongestOffset] = (byte)size;
            Put(pack, AssetPackFormat.HeaderSize, AssetPackFormat.Hash(html, 0, 0));
            Put(pack, AssetPackFormat.HeaderSize + 4, record);
            pack[record + TypeLengthOffset] = (byte)type.Length;
            pack[record + FlagsOffset] = AssetPackFormat.Page;
            Put(pack, record + PlainOffset, record + size);
            Put(pack, record + PlainOffset + 4, html.Length);
            for (int i = 0; i < AssetPackFormat.TagSize; i++)
            {
                pack[record + AssetPackFormat.TagOffset + i] = (byte)'0';
            }

            Array.Copy(type, 0, pack, record + AssetPackFormat.RecordSize, type.Length);
            Array.Copy(html, 0, pack, record + size, html.Length);
            return End(pack);
        }

        private static byte[] End(byte[] pack)
        {
            int end = pack.Length - AssetPackFormat.ChecksumSize;
            Put(pack, 0, AssetPackFormat.Magic);
            pack[VersionOffset] = AssetPackFormat.Version;
            Put(pack, LengthOffset, pack.Length);
            Put(pack, end, AssetPackFormat.Checksum(AssetPackFormat.NoChecksum, pack, 0, end));
            return pack;
        }

        private static void Put(byte[] pack, int offset, int value)
        {
            Array.Copy(BitConverter.GetBytes(value), 0, pack, offset, 4);
        }
    }
}
