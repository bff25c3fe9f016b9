namespace Samples
{
    internal static class Stack
    {
        internal static unsafe int Refused(int n)
        {
            byte* buffer = stackalloc byte[n]; // NANO004
            return buffer[0];
        }

        internal static int Accepted(int n)
        {
            byte[] buffer = new byte[n];
            return buffer[0];
        }
    }
}
