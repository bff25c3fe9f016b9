using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>
    /// Text that is only written. On the device a constant array is copied to the heap, but the text of a string literal stays in
    /// flash: a <c>static readonly string</c> takes 24 bytes however long it is. A part of it is found by counting characters, over the
    /// whole string and once more up to the part: so what most responses need is in an array
    /// (<see cref="Fields.KnownText"/>). A literal in a method would take 12 bytes at each use.
    /// </summary>
    internal static class FlashText
    {
        /// <summary>
        /// Writes parts of such text without allocating. Kept here because the platform makes another one each time it is asked.
        /// </summary>
        internal static readonly Encoding Utf8 = Encoding.UTF8;
    }
}
