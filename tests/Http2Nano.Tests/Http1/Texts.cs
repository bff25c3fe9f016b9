namespace Http2Nano.Tests.Http1
{
    /// <summary>Texts for tests.</summary>
    public static class Texts
    {
        /// <summary>A text of one character only.</summary>
        public static string Repeat(char character, int count)
        {
            return new string(character, count);
        }
    }
}
