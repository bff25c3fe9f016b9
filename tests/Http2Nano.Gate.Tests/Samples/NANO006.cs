namespace Samples
{
    internal static class Sums
    {
        internal static int Refused(int a, int b)
        {
            return checked(a + b); // NANO006
        }

        internal static byte Narrow(int a)
        {
            checked
            {
                return (byte)a; // NANO006
            }
        }

        internal static byte LongIndex(byte[] buffer, long at)
        {
            return buffer[at]; // NANO006
        }

        internal static int Accepted(int a, int b)
        {
            return a > int.MaxValue - b ? int.MaxValue : a + b;
        }

        internal static byte AcceptedIndex(byte[] buffer, long at)
        {
            return at < 0 || at >= buffer.Length ? (byte)0 : buffer[(int)at];
        }
    }
}
