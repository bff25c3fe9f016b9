using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // The part that adds fields of the two tables to the list (RFC 7541 6.1).
    public sealed partial class HpackDecoder
    {
        // Adds a field of either table. RFC 7541 6.1: index 0 is an error; 2.3.3: so is an index beyond the tables.
        private void AddIndexed(int index)
        {
            if (!BeginField() || index == 0)
            {
                _state = Failed;
                return;
            }

            _state = AtField;
            HeaderList list = _list;
            if (index <= StaticTable.Count)
            {
                if (list == null)
                {
                    return;
                }

                if (list.Used >= BoundOf(list))
                {
                    list.Faults |= HeaderList.Dropped;
                    return;
                }

                list.Storage[list.Used] = (byte)(index | HeaderList.StaticField);
                list.Total += StaticTable.Size(index);
                list.Fields++;
                if (list.Admit(list.Storage, list.Used, 1, Kept))
                {
                    list.Used++;
                }

                return;
            }

            DynamicTable table = _table;
            int place = table.Next + StaticTable.Count - index;
            if (place < table.Kept)
            {
                if (!table.MayHave(place))
                {
                    _state = Failed;
                    return;
                }

                LoseReference(list);
                return;
            }

            int from = table.Start[place];
            int size = table.Sum[place + 1] - table.Sum[place];
            if ((table.Packed[from + 1] & HeaderList.ValueLost) != 0)
            {
                if (list == null || Kept == null || ((table.Packed[from + 1] & HeaderList.NameLost) == 0 && !Kept.MayGo(table.Packed, from, HeaderList.OverAll)))
                {
                    LoseReference(list);
                    return;
                }

                // Its value was read over when the field went into the table, or gave way to others there.
                list.Faults |= HeaderList.Gone | (table.Packed[from + 1] & HeaderList.Invalid);
                list.Total += size;
                list.Fields++;
                return;
            }

            if (list == null || (_careful & Incomplete) != 0)
            {
                return;
            }

            list.Faults |= table.Packed[from + 1] & HeaderList.Invalid;
            int length = table.Start[place + 1] - from;
            bool admitted = list.Admit(table.Packed, from, length, Kept);
            if (!admitted && (list.Faults & HeaderList.Dropped) != 0)
            {
                return;
            }

            list.Total += size;
            list.Fields++;
            if (admitted)
            {
                Array.Copy(table.Packed, from, list.Storage, list.Used, length);
                list.Used += length;
            }
        }

        // A list that is too large without the field is refused for its length, on this connection as on any other.
        private void LoseReference(HeaderList list)
        {
            if (list == null || !list.TooLarge)
            {
                _careful |= Incomplete;
            }

            if (list != null)
            {
                list.Faults |= HeaderList.Dropped;
            }
        }
    }
}
