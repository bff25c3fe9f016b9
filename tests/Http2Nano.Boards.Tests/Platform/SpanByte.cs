namespace System
{
    /// <summary>The platform's span.</summary>
    public readonly ref struct SpanByte
    {
        private readonly byte[] _array;

        public SpanByte(byte[] array)
        {
            _array = array;
        }

        public byte this[int index]
        {
            get { return _array[index]; }
            set { _array[index] = value; }
        }

        public int Length
        {
            get { return _array.Length; }
        }

        public static implicit operator SpanByte(byte[] array)
        {
            return new SpanByte(array);
        }
    }
}
