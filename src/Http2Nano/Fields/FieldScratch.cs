namespace Http2Nano.Fields
{
    /// <summary>
    /// Where a value of the request can be looked at decoded: the end of the response's storage, which is free until the
    /// response is made.
    /// </summary>
    internal static class FieldScratch
    {
        /// <summary>Copies a value, decoded, so that it ends where the response's storage ends.</summary>
        /// <param name="fields">The request's fields.</param>
        /// <param name="position">Position of the field.</param>
        /// <param name="free">The response's fields, over the same array.</param>
        /// <returns>Where the value begins; -1 when there is no room.</returns>
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
