namespace Http2Nano.Tests.Hpack
{
    /// <summary>A dynamic table as RFC 7541 2.3.2 and 4 describe it, without a thought for memory: what others are compared with.</summary>
    internal sealed class PlainTable
    {
        private const int Overhead = 32;

        // The oldest first.
        private readonly string[] _names = new string[128];
        private readonly string[] _values = new string[128];

        /// <summary>The most that the sizes of all fields may add up to.</summary>
        internal int Limit = 4096;

        internal int Count { get; private set; }

        internal int Size { get; private set; }

        /// <summary>The name of a field; 0 is the newest.</summary>
        internal string Name(int age)
        {
            return _names[Count - 1 - age];
        }

        /// <summary>The value of a field; 0 is the newest.</summary>
        internal string Value(int age)
        {
            return _values[Count - 1 - age];
        }

        internal void SetLimit(int limit)
        {
            Limit = limit;
            Evict(0);
        }

        internal void Insert(string name, string value)
        {
            int size = name.Length + value.Length + Overhead;
            Evict(size);
            if (size <= Limit)
            {
                _names[Count] = name;
                _values[Count++] = value;
                Size += size;
            }
        }

        private void Evict(int more)
        {
            while (Count > 0 && Size + more > Limit)
            {
                Size -= _names[0].Length + _values[0].Length + Overhead;
                Count--;
                for (int i = 0; i < Count; i++)
                {
                    _names[i] = _names[i + 1];
                    _values[i] = _values[i + 1];
                }
            }
        }
    }
}
