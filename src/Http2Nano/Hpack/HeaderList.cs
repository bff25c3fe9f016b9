namespace Http2Nano.Hpack
{
    /// <summary>
    /// An ordered collection of header fields (RFC 7541 1.3), packed into a region of a byte array that somebody
    /// else owns. Requests, responses and trailers of both protocols are kept in lists of this kind.
    /// </summary>
    /// <remarks>
    /// A field is addressed by its position, an integer that is valid until the list is cleared; -1 means none.
    /// Names are stored in lower case. A value may be stored Huffman-coded as it came (its length and validity
    /// are known); the accessors below hide that. Nothing here allocates except the methods that return a string.
    /// </remarks>
    public sealed class HeaderList
    {
        // CONTRACT (to be implemented):
        // HeaderList(byte[] storage)
        // void Reset(int start, int end)            use storage[start..end) from now on; clears
        // int Start, End                            the region used so far is storage[Start..End)
        // int Limit                                 end of the region it may use
        // int Count                                 fields
        // int Size                                  RFC 9113 6.5.2: sum of name + value + 32 (decoded lengths)
        // int MaximumCount, MaximumSize             limits of their own
        // bool TooLarge                             a field did not fit or a limit was passed; it was dropped
        // -- building, plain octets, piecewise; also across receive buffers
        // void BeginField(); void AppendName(byte[],int,int); void AppendValue(byte[],int,int); void EndField()
        // void Add(byte[] name, byte[] value); void Add(byte[] name, byte[] value, int offset, int count)
        // void AddNumber(byte[] name, int value)    decimal
        // void Add(string name, string value)       lower-cases the name; validity of name and value is checked: ArgumentException
        // -- reading
        // int First(); int Next(int position)
        // int Find(byte[] name); int FindNext(int position, byte[] name)
        // int NameIndex(int position)               index of a static-table entry with this name, or 0
        // int NameLength(int position); bool NameEquals(int position, byte[] name); string GetName(int position)
        // int ValueLength(int position)             decoded length
        // bool ValueEquals(int position, byte[] expected); bool ValueEqualsIgnoreCase(...)
        // int CopyValue(int position, byte[] destination, int offset)  decoded
        // string GetValue(int position)
        // int ParseNumber(int position)             decimal digits only, -1 when it is not one or exceeds int
    }
}
