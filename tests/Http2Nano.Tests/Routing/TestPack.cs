using System;
using System.Text;
using Http2Nano.Assets;

namespace Http2Nano.Tests.Routing
{
    /// <summary>Builds an asset pack by the description of its format, so that tests of the server need no tool.</summary>
    public class TestPack
    {
        private readonly byte[][] _records = new byte[64][];
        private readonly int[] _hashes = new int[64];
        private int _count;
        private byte[] _contents = new byte[0];

        /// <summary>Adds a file. Its tag is made of its path.</summary>
        /// <param name="path">The path.</param>
        /// <param name="type">The content type.</param>
        /// <param name="plain">The content, or null.</param>
        /// <param name="gzip">What stands for the content coded with gzip, or null.</param>
        /// <param name="flags">Flags of the record.</param>
        public void Add(string path, string type, byte[] plain, byte[] gzip, int flags)
        {
            byte[] name = Encoding.UTF8.GetBytes(path);
            byte[] record = new byte[AssetPackFormat.RecordSize + type.Length + name.Length];
            Put(record, 0, 2, name.Length);
            record[2] = (byte)type.Length;
            record[3] = (byte)flags;

            // Offsets from the beginning of the contents for now, one more so that 0 is none.
            Put(record, 4, 4, plain == null ? 0 : AddContent(plain) + 1);
            Put(record, 8, 4, plain == null ? 0 : plain.Length);
            Put(record, 12, 4, gzip == null ? 0 : AddContent(gzip) + 1);
            Put(record, 16, 4, gzip == null ? 0 : gzip.Length);
            byte[] tag = Encoding.UTF8.GetBytes(Tag(path));
            Array.Copy(tag, 0, record, AssetPackFormat.TagOffset, tag.Length);
            Array.Copy(Encoding.UTF8.GetBytes(type), 0, record, AssetPackFormat.RecordSize, type.Length);
            Array.Copy(name, 0, record, AssetPackFormat.RecordSize + type.Length, name.Length);

            int hash = AssetPackFormat.Hash(name, 0, name.Length);
            int at = _count++;
            while (at > 0 && _hashes[at - 1] > hash)
            {
                _hashes[at] = _hashes[at - 1];
                _records[at] = _records[at - 1];
                at--;
            }

            _hashes[at] = hash;
            _records[at] = record;
        }

        /// <summary>The tag of a path, without quotes.</summary>
        public static string Tag(string path)
        {
            return ("0123456789abcdef" + path).Substring(path.Length, 16);
        }

        /// <summary>The pack.</summary>
        public byte[] Build()
        {
            int records = AssetPackFormat.HeaderSize + (_count * AssetPackFormat.IndexEntrySize);
            int contents = records;
            int longest = 0;
            for (int i = 0; i < _count; i++)
            {
                contents += _records[i].Length;
                longest = _records[i].Length > longest ? _records[i].Length : longest;
            }

            byte[] pack = new byte[contents + _contents.Length + AssetPackFormat.ChecksumSize];
            Put(pack, 0, 4, AssetPackFormat.Magic);
            pack[4] = AssetPackFormat.Version;
            Put(pack, 6, 2, _count);
            Put(pack, 8, 2, longest);
            Put(pack, 12, 4, pack.Length);
            int at = records;
            for (int i = 0; i < _count; i++)
            {
                Put(pack, AssetPackFormat.HeaderSize + (i * AssetPackFormat.IndexEntrySize), 4, _hashes[i]);
                Put(pack, AssetPackFormat.HeaderSize + (i * AssetPackFormat.IndexEntrySize) + 4, 4, at);
                Array.Copy(_records[i], 0, pack, at, _records[i].Length);
                Move(pack, at + 4, contents);
                Move(pack, at + 12, contents);
                at += _records[i].Length;
            }

            Array.Copy(_contents, 0, pack, contents, _contents.Length);
            Sum(pack);
            return pack;
        }

        /// <summary>Makes the checksum of a pack right, which a test has changed.</summary>
        public static void Sum(byte[] pack)
        {
            int end = pack.Length - AssetPackFormat.ChecksumSize;
            Put(pack, end, AssetPackFormat.ChecksumSize, AssetPackFormat.Checksum(AssetPackFormat.NoChecksum, pack, 0, end));
        }

        private int AddContent(byte[] content)
        {
            byte[] longer = new byte[_contents.Length + content.Length];
            Array.Copy(_contents, 0, longer, 0, _contents.Length);
            Array.Copy(content, 0, longer, _contents.Length, content.Length);
            int at = _contents.Length;
            _contents = longer;
            return at;
        }

        private static void Move(byte[] bytes, int offset, int contents)
        {
            int value = BitConverter.ToInt32(bytes, offset);
            if (value != 0)
            {
                Put(bytes, offset, 4, value - 1 + contents);
            }
        }

        private static void Put(byte[] bytes, int offset, int count, int value)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[offset + i] = (byte)value;
                value >>= 8;
            }
        }
    }
}
