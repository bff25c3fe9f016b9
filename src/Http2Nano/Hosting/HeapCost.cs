namespace Http2Nano.Hosting
{
    /// <summary>
    /// What things take on the device's managed heap, in bytes. It is made of blocks of 12: an object has one for itself and
    /// one for each field, whatever the field's type; the elements of an array lie close together behind 20 bytes.
    /// </summary>
    internal static class HeapCost
    {
        private const int Block = 12;
        private const int ArrayHeader = 20;

        /// <summary>An object with a number of fields, those of its base classes too.</summary>
        internal static int Object(int fields)
        {
            return Block + Block * fields;
        }

        /// <summary>An array of numbers.</summary>
        /// <param name="length">Elements.</param>
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
