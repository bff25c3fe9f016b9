using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Assets
{
    /// <summary>Reads an asset pack, and is the source of the bodies in it.</summary>
    /// <remarks>
    /// The whole index is checked when the pack is opened; <see cref="IsWhole"/> checks the contents too. The heap holds 2 bytes for each path and one buffer for a
    /// record, of a few hundred bytes; paths, types and contents stay in the store. Layout: <see cref="AssetPackFormat"/>.
    /// </remarks>
    public sealed class AssetPack : BodySource
    {
        /// <summary>How often a path was looked for, wrapping: each time the record is another one.</summary>
        internal int Searches;

        private readonly AssetStore _store;

        // The upper half of each path's hash. It narrows the search to the few index entries whose records have to be read.
        private readonly short[] _hashes;
        private readonly byte[] _record;
        private readonly int _length;

        /// <summary>Opens a pack and reads its index.</summary>
        /// <param name="store">Where the pack is.</param>
        /// <exception cref="ArgumentException">It is not an asset pack, is damaged, or has another version.</exception>
        public AssetPack(AssetStore store)
        {
            _store = store;
            byte[] header = new byte[AssetPackFormat.HeaderSize];
            if (!ReadAll(0, header, 0, header.Length) || BitConverter.ToInt32(header, 0) != AssetPackFormat.Magic)
            {
                throw new ArgumentException("This is no asset pack.");
            }

            if (header[4] != AssetPackFormat.Version)
            {
                throw new ArgumentException("This asset pack is of another version: pack it again.");
            }

            int count = BitConverter.ToUInt16(header, 6);
            int longest = BitConverter.ToUInt16(header, 8);
            _length = BitConverter.ToInt32(header, 12);
            if (count > AssetPackFormat.MostPaths
                || (count != 0 && longest < AssetPackFormat.RecordSize)
                || longest > AssetPackFormat.RecordSize + AssetPackFormat.LongestType + AssetPackFormat.LongestPath
                || _length < AssetPackFormat.HeaderSize + (count * AssetPackFormat.IndexEntrySize) + AssetPackFormat.ChecksumSize)
            {
                throw Damaged();
            }

            _hashes = new short[count];
            _record = new byte[longest];
            int before = int.MinValue;
            for (int i = 0; i < count; i++)
            {
                if (!ReadAll(AssetPackFormat.HeaderSize + (i * AssetPackFormat.IndexEntrySize), _record, 0, AssetPackFormat.IndexEntrySize))
                {
                    throw Damaged();
                }

                int hash = BitConverter.ToInt32(_record, 0);
                int position = BitConverter.ToInt32(_record, 4);
                if (position < 0 || position > _length - AssetPackFormat.RecordSize || hash < before
                    || !ReadRecord(position) || !IsInside(4) || !IsInside(12))
                {
                    throw Damaged();
                }

                _hashes[i] = (short)(hash >> 16);
                before = hash;
            }
        }

        /// <summary>Number of paths.</summary>
        public int Count
        {
            get { return _hashes.Length; }
        }

        /// <summary>Length of the whole pack in bytes.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Reads the whole pack and compares its checksum. Opening a pack checks the index only. Allocates nothing.</summary>
        /// <param name="buffer">Takes the octets; the longer, the faster. 4 bytes at least.</param>
        /// <returns>Whether the pack is as it was made.</returns>
        public bool IsWhole(byte[] buffer)
        {
            int sum = AssetPackFormat.NoChecksum;
            int piece = buffer.Length & ~3;
            int end = _length - AssetPackFormat.ChecksumSize;
            for (int at = 0; at < end; at += piece)
            {
                int count = end - at < piece ? end - at : piece;
                if (!ReadAll(at, buffer, 0, count))
                {
                    return false;
                }

                sum = AssetPackFormat.Checksum(sum, buffer, 0, count);
            }

            return ReadAll(end, buffer, 0, AssetPackFormat.ChecksumSize) && BitConverter.ToInt32(buffer, 0) == sum;
        }

        /// <summary>The record that <see cref="Find"/> found, until it is called again.</summary>
        internal byte[] Record
        {
            get { return _record; }
        }

        /// <summary>Looks for a path. Allocates nothing.</summary>
        /// <param name="bytes">Array that holds the path, decoded, without the solidus at its beginning.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <returns>Whether the pack has it; <see cref="Record"/> then holds its record.</returns>
        internal bool Find(byte[] bytes, int offset, int count)
        {
            Searches++;
            int half = AssetPackFormat.Hash(bytes, offset, count) >> 16;

            // A client can choose a path with the same hash as another, so the path itself is compared.
            short[] hashes = _hashes;
            byte[] record = _record;
            for (int path = First(half); path < hashes.Length && hashes[path] == half; path++)
            {
                // Nearly every store gives an entry, and a record, with one call.
                int entry = AssetPackFormat.HeaderSize + (path * AssetPackFormat.IndexEntrySize) + 4;
                if ((_store.Read(entry, record, 0, 4) == 4 || ReadAll(entry, record, 0, 4))
                    && ReadRecord(BitConverter.ToInt32(record, 0))
                    && BitConverter.ToUInt16(record, 0) == count
                    && Octets.Equal(record, AssetPackFormat.RecordSize + record[2], bytes, offset, count))
                {
                    return true;
                }
            }

            return false;
        }

        // The first path whose half of the hash is not less.
        private int First(int half)
        {
            short[] hashes = _hashes;
            int low = 0;
            int high = hashes.Length;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                if (hashes[middle] < half)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            // The key is the offset of the content. The server knows the content's length and asks for nothing after it.
            int read = _store.Read(key + position, buffer, offset, count);
            return read < 1 ? Failed : read;
        }

        // A record's length is known only when its beginning is read, so the longest record is asked for with one call.
        private bool ReadRecord(int position)
        {
            int length = _record.Length;
            if (length > _length - position)
            {
                length = _length - position;
            }

            return (_store.Read(position, _record, 0, length) == length || ReadAll(position, _record, 0, length))
                && AssetPackFormat.RecordSize + _record[2] + BitConverter.ToUInt16(_record, 0) <= length;
        }

        private bool IsInside(int field)
        {
            int offset = BitConverter.ToInt32(_record, field);
            int length = BitConverter.ToInt32(_record, field + 4);
            return offset >= 0 && length >= 0 && offset <= _length && length <= _length - offset;
        }

        private bool ReadAll(int position, byte[] buffer, int offset, int count)
        {
            while (count > 0)
            {
                int read = _store.Read(position, buffer, offset, count);
                if (read == count)
                {
                    return true;
                }

                if (read < 1 || read > count)
                {
                    return false;
                }

                position += read;
                offset += read;
                count -= read;
            }

            return true;
        }

        private static ArgumentException Damaged()
        {
            return new ArgumentException("This asset pack is damaged.");
        }
    }
}
