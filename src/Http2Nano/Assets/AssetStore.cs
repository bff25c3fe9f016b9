using System;
using System.IO;

namespace Http2Nano.Assets
{
    /// <summary>The place where the octets of an asset pack are stored: a file, a resource in flash, an array.</summary>
    public abstract class AssetStore
    {
        /// <summary>Reads octets. Called on the server's thread.</summary>
        /// <param name="position">Offset in the pack, inside it.</param>
        /// <param name="buffer">Takes the octets; the store may use it only during the call.</param>
        /// <param name="offset">Offset in the buffer.</param>
        /// <param name="count">Most bytes to read, at least 1; never beyond the end of the pack.</param>
        /// <returns>Bytes read, at least 1; less than 1 when reading fails.</returns>
        public abstract int Read(int position, byte[] buffer, int offset, int count);
    }

    /// <summary>An asset pack in an array.</summary>
    public sealed class MemoryAssetStore : AssetStore
    {
        private readonly byte[] _pack;

        /// <summary>Takes the pack.</summary>
        /// <param name="pack">The whole pack; it must not change.</param>
        public MemoryAssetStore(byte[] pack)
        {
            _pack = pack;
        }

        /// <inheritdoc/>
        public override int Read(int position, byte[] buffer, int offset, int count)
        {
            int left = _pack.Length - position;
            if (count > left)
            {
                count = left;
            }

            if (count > 0)
            {
                Array.Copy(_pack, position, buffer, offset, count);
            }

            return count;
        }
    }

    /// <summary>An asset pack in a file on internal storage, or in any other stream that can be positioned.</summary>
    public sealed class StreamAssetStore : AssetStore
    {
        private readonly Stream _stream;
        private int _position = -1;

        /// <summary>Takes the stream.</summary>
        /// <param name="stream">An open stream that begins with the pack. It stays the caller's to close, after the server.</param>
        public StreamAssetStore(Stream stream)
        {
            _stream = stream;
        }

        /// <inheritdoc/>
        public override int Read(int position, byte[] buffer, int offset, int count)
        {
            // A seek walks through the blocks of the file system, so it is left out where the file is already there.
            if (position != _position)
            {
                _stream.Position = position;
            }

            int read = _stream.Read(buffer, offset, count);
            _position = position + read;
            return read;
        }
    }
}
