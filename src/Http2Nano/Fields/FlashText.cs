using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>
    /// Text that is only written. On the device a constant array is copied to the heap, but the text of a string literal
    /// stays in flash: a <c>static readonly string</c> takes 24 bytes, however long it is. Finding a part of it is slow,
    /// because the platform counts characters over the whole string and again up to the part; so the text that most
    /// responses need is in an array (<see cref="Fields.KnownText"/>). A literal in a method would take 12 bytes at each
    /// use.
    /// </summary>
    internal static class FlashText
    {
        /// <summary>
        /// Writes parts of such text without allocating. Kept here, because the platform makes a new encoding at each call.
        /// </summary>
        internal static readonly Encoding Utf8 = Encoding.UTF8;
    }
}
