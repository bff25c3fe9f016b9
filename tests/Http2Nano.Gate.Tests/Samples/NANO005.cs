namespace Samples
{
    internal unsafe class Refused
    {
        private byte* _at; // NANO005

        internal int First(byte[] buffer)
        {
            fixed (byte* first = buffer) // NANO005
            {
                return *first;
            }
        }

        internal void Set(byte* at) // NANO005
        {
            _at = at;
        }
    }

    internal class Accepted
    {
        internal int First(byte[] buffer)
        {
            return buffer[0];
        }

        internal void ByReference(ref int value, out byte other)
        {
            value++;
            other = (byte)value;
        }
    }
}
