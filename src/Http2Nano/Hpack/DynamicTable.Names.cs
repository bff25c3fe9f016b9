using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // A new field with the name of an older one, which is copied within the table.
    internal sealed partial class DynamicTable
    {
        /// <summary>
        /// Makes room for a new field that has the name of an older one, and copies the name into it. This may evict the
        /// older one (RFC 7541 4.4).
        /// </summary>
        /// <param name="place">Place of the older field, whose name is stored as text.</param>
        /// <param name="length">Length of the name.</param>
        /// <returns>
        /// <see cref="Repeated"/>; <see cref="TooLong"/>, when the table is empty afterwards; or <see cref="NoMemory"/>.
        /// </returns>
        internal int RepeatName(int place, int length)
        {
            byte[] packed = Packed;
            int to = HeaderList.Prefix + 2;
            int name = Start[place] + to;
            if (!Evict(HeaderList.FieldOverhead + length))
            {
                return TooLong;
            }

            Forget();
            int lacking = Start[Next] - Start[Kept] + to + length - packed.Length;
            if (lacking > 0)
            {
                if ((State & Short) != 0)
                {
                    LoseValues(lacking, 0, AnyValue);
                }

                if (Start[Next] - Start[Kept] + to + length > packed.Length)
                {
                    return NoMemory;
                }

                name = place >= Oldest ? Start[place] + to : name;
            }

            if (place >= Oldest)
            {
                int begin = Start[Kept];
                to += Reserve(0, to + length);
                Array.Copy(packed, name - begin + Start[Kept], packed, to, length);
                return Repeated;
            }

            RescueName(name, length);
            Reserve(to + length, to + length);
            name = Start[Next];
            Array.Copy(packed, name, packed, name + to, length);
            return Repeated;
        }

        // The field with the name has been evicted, and its name precedes all others: it has to move after them.
        private void RescueName(int name, int length)
        {
            byte[] packed = Packed;
            int kept = Start[Oldest];
            int less = Sum[Oldest];
            int used = Start[Next] - kept;
            Array.Copy(packed, name, packed, 0, length);
            Array.Copy(packed, kept, packed, length, used);
            for (int i = Oldest; i <= Next; i++)
            {
                Start[i] -= (ushort)kept;
                Sum[i] -= (ushort)less;
            }

            Swap(length, length + used);
        }

        // Exchanges the first octets with the others, up to the end of these. Only the free octets may be used for it.
        private void Swap(int length, int both)
        {
            byte[] packed = Packed;
            int free = packed.Length - both;
            for (int rest = length; rest > 0; rest -= free)
            {
                int step = rest < free ? rest : free;
                Array.Copy(packed, 0, packed, both, step);
                Array.Copy(packed, step, packed, 0, both);
            }
        }
    }
}
