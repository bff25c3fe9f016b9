using System.Text;

namespace Http2Nano.Buffers
{
    /// <summary>
    /// Text that is only written. On the device a constant array is copied to the heap, but the text of a string literal stays in
    /// flash: a <c>static readonly string</c> takes 24 bytes however long it is. To find a part takes longer the further behind it
    /// stands, so what every response needs is in an array (<see cref="Messages.KnownText"/>).
    /// </summary>
    internal static class FlashText
    {
        /// <summary>Writes parts of such text. Kept here because the platform makes another one each time it is asked.</summary>
        internal static readonly Encoding Utf8 = Encoding.UTF8;
    }
}
