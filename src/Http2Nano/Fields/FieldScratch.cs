namespace Http2Nano.Fields
{
    /// <summary>
    /// Free storage in which a request's value can be decoded and read: the end of the response's storage, until the
    /// response is made.
    /// </summary>
    internal static class FieldScratch
    {
        /// <summary>Copies a value, decoded, to the very end of the response's storage.</summary>
        /// <param name="fields">The request's fields.</param>
        /// <param name="position">Position of the field.</param>
        /// <param name="free">The response's fields, over the same array.</param>
        /// <returns>Offset of the value; -1 when it does not fit.</returns>
        internal static int Copy(HeaderList fields, int position, HeaderList free)
        {
            int length = fields.ValueLength(position);
            if (length > free.Limit - free.End)
            {
                return -1;
            }

            int at = free.Limit - length;
            fields.CopyValue(position, free.Storage, at);
            return at;
        }
    }
}
