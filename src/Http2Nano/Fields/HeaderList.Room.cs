using System;

namespace Http2Nano.Fields
{
    // The part that makes room when the fields of a request take more than there is: first those go that nobody reads, then all
    // that are not kept (KeptFields). What has gone once does not come back in the same request, so that a handler sees the same
    // fields in whatever order they came.
    public partial class HeaderList
    {
        /// <summary>In <see cref="Faults"/>: unread fields are read over.</summary>
        internal const int OverUnread = 2;

        /// <summary>In <see cref="Faults"/>: all fields are read over that are not kept.</summary>
        internal const int OverAll = 4;

        /// <summary>In <see cref="Faults"/>: a field was read over, so none may be a pseudo-header field after it (RFC 9113 8.3).</summary>
        internal const int Gone = 16;

        private const int LastPseudo = 14;

        /// <summary>Whether a field was read over.</summary>
        public bool IsPartial
        {
            get { return (Faults & Gone) != 0; }
        }

        /// <summary>Makes room at the cost of fields that may go. Positions are other ones afterwards.</summary>
        /// <param name="kept">Says which they are; null when none may go.</param>
        /// <param name="end">The end of the octets behind the fields that move with them.</param>
        /// <returns>The octets by which these have moved down, maybe 0; -1 when nothing more may go.</returns>
        internal int GiveWay(KeptFields kept, int end)
        {
            if (kept == null || (Faults & OverAll) != 0)
            {
                return NoField;
            }

            Faults |= (Faults & OverUnread) == 0 ? OverUnread : OverAll;
            return Sweep(kept, end);
        }

        /// <summary>Removes the fields that may go.</summary>
        internal int Sweep(KeptFields kept, int end)
        {
            byte[] storage = Storage;
            int to = Origin;
            int next;
            for (int position = Origin; position < Used; position = next)
            {
                next = position + (storage[position] >= StaticField ? 1 : storage[position + 2] << 8 | storage[position + 3]);
                if (kept.MayGo(storage, position, Faults))
                {
                    Faults |= Gone;
                    continue;
                }

                if (to != position)
                {
                    Array.Copy(storage, position, storage, to, next - position);
                }

                to += next - position;
            }

            int moved = Used - to;
            if (moved != 0)
            {
                Array.Copy(storage, Used, storage, to, end - Used);
                Used = to;
            }

            return moved;
        }

        /// <summary>Decides whether a packed field is added, and makes room for it.</summary>
        /// <param name="packed">Holds it: another array, or this list's, where it was put together behind the fields.</param>
        /// <param name="from">Its offset there.</param>
        /// <param name="length">Its length.</param>
        /// <param name="kept">Says which fields may go; null when none may.</param>
        /// <returns>Whether there is room at <see cref="Used"/>, to which a field of this list's array has been moved.</returns>
        internal bool Admit(byte[] packed, int from, int length, KeptFields kept)
        {
            bool here = packed == Storage;
            for (; ; )
            {
                if ((Faults & (OverUnread | OverAll)) != 0)
                {
                    int name = packed[from] & ~StaticField;
                    if ((Faults & Gone) != 0 && name != 0 && (name <= LastPseudo || name == FieldName.Protocol))
                    {
                        Faults |= Invalid;
                    }

                    if (kept.MayGo(packed, from, Faults))
                    {
                        Faults |= Gone;
                        return false;
                    }
                }

                if (length <= Bound - Used)
                {
                    return true;
                }

                if (GiveWay(kept, here ? Used + length : Used) < 0)
                {
                    Faults |= Dropped;
                    return false;
                }

                from = here ? Used : from;
            }
        }

        /// <summary>Makes room behind the fields, as far as fields may go.</summary>
        internal void FreeBehind(int octets, KeptFields kept)
        {
            while (Bound - Used < octets && GiveWay(kept, Used) >= 0)
            {
            }
        }

        /// <summary>Counts a field that is read over.</summary>
        internal void CountOver(int octets)
        {
            Fields++;
            Total += octets + FieldOverhead;
        }

        /// <summary>Makes room for octets of the field that is being added in pieces.</summary>
        /// <param name="count">Their number.</param>
        /// <param name="kept">Says which fields may go.</param>
        /// <returns>
        /// False when the field itself goes, which has been counted as far as it came, or when nothing more may.
        /// </returns>
        internal bool HasRoom(int count, KeptFields kept)
        {
            if (Cursor < 0)
            {
                Faults |= Dropped;
                return false;
            }

            if (NewValue == 0)
            {
                EndName();
            }

            while (count > Bound - Cursor)
            {
                if ((Faults & (OverUnread | OverAll)) != 0 && kept.MayGo(Storage, Used, Faults))
                {
                    int index = Storage[Used];
                    int value = NewValue;
                    int octets = Cursor - Used - value;
                    Faults |= Gone;
                    CountOver(octets + (index == 0 ? value - Prefix - 2 : WellKnownFields.Spans[index] & WellKnownFields.LengthMask));
                    Cursor = NoField;
                    return false;
                }

                int moved = GiveWay(kept, Cursor);
                if (moved < 0)
                {
                    Cursor = NoField;
                    Faults |= Dropped;
                    return false;
                }

                Cursor -= moved;
            }

            return true;
        }
    }
}
