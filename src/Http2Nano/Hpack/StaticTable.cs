using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>
    /// The static table (RFC 7541 appendix A). <see cref="WellKnownFields"/> holds its names and values; the numbers there
    /// are its indices.
    /// </summary>
    internal static class StaticTable
    {
        /// <summary>Number of entries; the dynamic table's indices begin above (RFC 7541 2.3.3).</summary>
        internal const int Count = WellKnownFields.LastOfStaticTable;

        /// <summary>The size of an entry in octets (RFC 7541 4.1).</summary>
        /// <param name="index">1 to <see cref="Count"/>.</param>
        internal static int Size(int index)
        {
            return index <= WellKnownFields.LastValue
                ? WellKnownFields.NameByHash[WellKnownFields.SizeWithValue + index]
                : HeaderList.FieldOverhead + (WellKnownFields.Spans[index] & WellKnownFields.LengthMask);
        }
    }
}
