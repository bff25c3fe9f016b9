using System;

namespace Http2Nano.Assets
{
    /// <summary>Returns octets of a pack in a new array.</summary>
    /// <param name="position">Offset in the pack, inside it.</param>
    /// <param name="count">Number of octets, all of them inside the pack.</param>
    /// <returns>An array of that length.</returns>
    public delegate byte[] AssetChunk(int position, int count);

    /// <summary>
    /// An asset pack that is read in chunks by a delegate, such as a binary resource in flash:
    /// <c>new ChunkAssetStore((position, count) => (byte[])ResourceUtility.GetObject(Resources.ResourceManager,
    /// Resources.BinaryResources.pages, position, count))</c>.
    /// </summary>
    /// <remarks>The platform allocates an array for each chunk of a resource.</remarks>
    public sealed class ChunkAssetStore : AssetStore
    {
        private const int LongestChunk = 1024;

        private readonly AssetChunk _chunk;

        /// <summary>Takes the delegate that reads.</summary>
        /// <param name="chunk">Returns octets of the pack, at most 1,024 at a time.</param>
        public ChunkAssetStore(AssetChunk chunk)
        {
            _chunk = chunk;
        }

        /// <inheritdoc/>
        public override int Read(int position, byte[] buffer, int offset, int count)
        {
            if (count > LongestChunk)
            {
                count = LongestChunk;
            }

            byte[] chunk = _chunk(position, count);
            if (chunk == null || chunk.Length != count)
            {
                return 0;
            }

            Array.Copy(chunk, 0, buffer, offset, count);
            return count;
        }
    }
}
