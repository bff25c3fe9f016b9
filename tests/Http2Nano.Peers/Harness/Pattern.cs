namespace Http2Nano.Peers.Harness;

/// <summary>What <c>/api/bytes/{n}</c> is made of, as the board documents it.</summary>
internal static class Pattern
{
    public static byte[] Of(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8));
        }

        return bytes;
    }
}
