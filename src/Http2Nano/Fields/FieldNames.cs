namespace Http2Nano.Fields
{
    /// <summary>Lists of names that applications declare.</summary>
    internal static class FieldNames
    {
        /// <summary>Whether a list has a name; null has none.</summary>
        internal static bool Contain(byte[][] names, byte[] bytes, int at, int length)
        {
            for (int i = names == null ? 0 : names.Length; --i >= 0;)
            {
                if (names[i].Length == length && Octets.Equal(bytes, at, names[i], 0, length))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
