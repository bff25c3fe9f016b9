namespace Http2Nano.Hosting
{
    /// <summary>
    /// The sizes of objects on the device's managed heap, in bytes. The heap consists of blocks of 12: an object takes one,
    /// and one more for each field of any type; the elements of an array are stored contiguously after 20 bytes.
    /// </summary>
    internal static class HeapCost
    {
        private const int Block = 12;
        private const int ArrayHeader = 20;

        /// <summary>An object with a number of fields, including those of its base classes.</summary>
        internal static int Object(int fields)
        {
            return Block + Block * fields;
        }

        /// <summary>An array of numbers.</summary>
        /// <param name="length">Number of elements.</param>
        /// <param name="size">Bytes of one element: 1, 2, 4 or 8.</param>
        internal static int Array(int length, int size)
        {
            int bytes = ArrayHeader + length * size;
            return bytes + (Block - bytes % Block) % Block;
        }

        /// <summary>An array of references.</summary>
        internal static int References(int length)
        {
            return Array(length, Block);
        }
    }
}
