namespace Http2Nano.Fields
{
    /// <summary>
    /// Makes the constant texts of this room. Reads no static field, so that static initialisers may call it.
    /// </summary>
    internal static class Ascii
    {
        /// <summary>The octets of a text of ASCII characters, in a new array.</summary>
        internal static byte[] Pack(string text)
        {
            char[] characters = text.ToCharArray();
            byte[] bytes = new byte[characters.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)characters[i];
            }

            return bytes;
        }
    }
}
