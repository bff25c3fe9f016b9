using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // What is dropped where the memory is smaller than the table.
    internal sealed partial class DynamicTable
    {
        // What is lost: values of fields that may be read over, then their names; then paths, which are many and seldom come
        // again, while an authority or what a client accepts comes with each request; then any value.
        private const int Unneeded = 0;
        private const int Names = 1;
        private const int Paths = 2;
        private const int AnyValue = 3;

        /// <summary>Whether a field of a length leaves room for others.</summary>
        internal bool LeavesRoom(int length)
        {
            return (State & Short) == 0 || length <= Packed.Length >> 1;
        }

        /// <summary>Length of a packed field without its value.</summary>
        internal static int NameLength(byte[] packed, int at)
        {
            return packed[at] != 0
                ? HeaderList.Prefix
                : HeaderList.Prefix + 2 + (packed[at + HeaderList.Prefix] << 8 | packed[at + HeaderList.Prefix + 1]);
        }

        /// <summary>
        /// Adds a packed field without its value, for which there is no memory. <see cref="Evict"/> has returned true.
        /// </summary>
        internal void InsertName(byte[] source, int at, int size)
        {
            int length = NameLength(source, at);
            int end = (State & Short) != 0 ? Reserve(0, length) : -1;
            if (end < 0)
            {
                InsertLost(size);
                return;
            }

            Array.Copy(source, at, Packed, end, length);
            LoseValue(end, length);
            Commit(length, size);
        }

        /// <summary>Marks the value of a packed field as lost.</summary>
        internal void LoseValue(int at, int length)
        {
            State |= ValuesLost;
            if ((Packed[at + 1] & HeaderList.NameLost) == 0)
            {
                Packed[at + 1] = (byte)((Packed[at + 1] & ~HeaderList.Coded) | HeaderList.ValueLost);
                Packed[at + 2] = (byte)(length >> 8);
                Packed[at + 3] = (byte)length;
            }
        }

        /// <summary>
        /// Adds a field that is not stored and only counts with its size. <see cref="Evict"/> has returned true.
        /// </summary>
        internal void InsertLost(int size)
        {
            // Everything moves down each time, because sums without stored octets could exceed 65,535.
            Kept = Next;
            Start[Next] = 0;
            MoveDown(0, 0);
            int next = Next;
            Sum[next + 1] = (ushort)(Sum[next] + size);
            Next = ++next;
            Kept = next;
            Start[next] = 0;
        }

        // Whether a new field may be stored with its value when memory is short: one that may be read over takes no room from
        // others that may not.
        private bool MayTakeRoom(byte[] source, int at, int length)
        {
            int lacking = Start[Next] - Start[Kept] + length - Packed.Length;
            if ((State & Short) == 0 || lacking <= 0 || Needed == null || !Needed.MayGo(source, at, HeaderList.OverAll))
            {
                return true;
            }

            LoseValues(lacking, 0, Unneeded);
            return Start[Next] - Start[Kept] + length <= Packed.Length;
        }

        // Frees octets by dropping parts of the oldest fields, and some more, so that the next time is not soon.
        private void LoseValues(int octets, int present, int which)
        {
            byte[] packed = Packed;
            ushort[] start = Start;
            octets += packed.Length >> 2;
            int to = start[Kept];
            for (int place = Kept; place < Next; place++)
            {
                int from = start[place];
                int length = start[place + 1] - from;
                if (octets > 0)
                {
                    int least = NameLength(packed, from);
                    bool some = which == Names ? least > HeaderList.WithoutName && (packed[from + 1] & HeaderList.Invalid) == 0 : least < length;
                    if (some && (which == AnyValue || (which == Paths && packed[from] == FieldName.Path) || Needed.MayGo(packed, from, HeaderList.OverAll)))
                    {
                        LoseValue(from, least);
                        if (which == Names)
                        {
                            least = HeaderList.WithoutName;
                            packed[from + 1] |= HeaderList.NameLost;
                            packed[from + least - 2] = 0;
                            packed[from + least - 1] = 0;
                        }

                        octets -= length - least;
                        length = least;
                    }
                }

                Array.Copy(packed, from, packed, to, length);
                start[place] = (ushort)to;
                to += length;
            }

            Array.Copy(packed, start[Next], packed, to, present);
            start[Next] = (ushort)to;
        }

        // Forgets the oldest fields if there are more than places, so that the spare places are free after everything has moved
        // down. As long as a few of the spare places suffice, as for short paths, nothing is forgotten.
        private void Forget()
        {
            int spare = (State & OfPeer) != 0 ? PlacesForPeers : 0;
            int oldest = Next + spare + 1 - Start.Length;
            if (oldest > Oldest + (spare * 3 >> 2))
            {
                Oldest = oldest;
                Kept = Kept < oldest ? oldest : Kept;
                State |= Forgotten;
            }
        }
    }
}
