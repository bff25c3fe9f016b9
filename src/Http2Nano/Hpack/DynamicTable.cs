using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>
    /// A dynamic table (RFC 7541 2.3.2, 4): the fields one behind the other, oldest first, packed as in a
    /// <see cref="HeaderList"/>, and for each the place where it begins.
    /// </summary>
    /// <remarks>
    /// <para>On this platform moving 4 KB with Array.Copy costs no more than a dozen additions. So nothing wraps around: new
    /// fields go to the end, the oldest fall off the beginning, and when the end is reached everything moves down. Fields
    /// that follow each other in the table thus lie in one piece, and a run of them is copied at once.</para>
    /// <para>A packed field needs at most the octets that RFC 7541 4.1 counts for it, so what the size of the table allows
    /// always fits if there are as many octets.</para>
    /// <para>There may be fewer: a client may use 4,096 until it has acknowledged less (RFC 9113 6.5.2), and some never use less;
    /// what they put there takes half as much, and the values that nobody reads take nothing. If it does not fit, the octets of
    /// the oldest fields are lost, while their sizes stay and the table's eviction is right. Where that is to last, names are
    /// kept longer than values, and values that would take half of the memory not at all. Of fields that are next to empty
    /// there may be more than there are places: then the oldest are forgotten with their sizes, and fields are evicted later
    /// than the client evicts them, which it cannot see. Once the limit is no larger than the memory, none are lost and none
    /// forgotten.</para>
    /// </remarks>
    internal sealed class DynamicTable
    {
        /// <summary>The largest capacity in octets.</summary>
        internal const int MaximumCapacity = 16384;

        private const int MostSum = ushort.MaxValue;

        /// <summary>
        /// Places to spare for fields that a peer inserts. Those of nothing but their 32 counted octets use up the places
        /// long before the octets, and moving down, which visits each field, is to come with every sixteenth of them and not
        /// with each (CVE-2019-9516).
        /// </summary>
        internal const int PlacesForPeers = 16;

        /// <summary>A name has been repeated.</summary>
        internal const int Repeated = 1;

        /// <summary>The size of a name alone is more than the table's limit.</summary>
        internal const int TooLong = 2;

        /// <summary>There is less memory than the table's limit, and not enough for a name.</summary>
        internal const int NoMemory = 3;

        /// <summary>The octets of the fields. What is in use is Packed[Start[Kept] .. Start[Next]).</summary>
        internal readonly byte[] Packed;

        /// <summary>Where each field begins, from Kept on. The newest is at Next - 1; Start[Next] is where the next one will.</summary>
        internal readonly ushort[] Start;

        /// <summary>
        /// The sizes (RFC 7541 4.1) of all fields before this one added up, since the last move. There is another move before
        /// they exceed 65,535.
        /// </summary>
        internal readonly ushort[] Sum;

        /// <summary>Place of the oldest field.</summary>
        internal int Oldest;

        /// <summary>Place of the oldest field whose name is still there; Oldest, if memory has sufficed.</summary>
        internal int Kept;

        /// <summary>Place of the next field to come, one above that of the newest.</summary>
        internal int Next;

        /// <summary>The most that the sizes of all fields may add up to (RFC 7541 4.2).</summary>
        internal int Limit;

        /// <summary>How many places the fields have moved down since the table was empty; for who keeps places.</summary>
        internal int Moved;

        /// <summary>The peer may have fields that are older than the oldest one here.</summary>
        internal bool Forgotten;

        /// <summary>There was a field whose value is lost, and it may still be there.</summary>
        internal bool ValuesLost;

        private readonly int _mostFields;
        private readonly bool _short;

        /// <summary>Makes a table, whose limit is to be set.</summary>
        /// <param name="octets">Octets of memory for fields.</param>
        /// <param name="fields">The most fields to remember; a table of the size of the memory has no more than a 32nd of it.</param>
        /// <param name="sparePlaces">Further places.</param>
        /// <param name="isShort">The memory is less than the limit for good.</param>
        internal DynamicTable(int octets, int fields, int sparePlaces, bool isShort)
        {
            Packed = new byte[octets];
            _mostFields = fields;
            _short = isShort;
            int places = fields + 1 + sparePlaces;
            Start = new ushort[places];
            Sum = new ushort[places];
        }

        /// <summary>Number of fields.</summary>
        internal int Count
        {
            get { return Next - Oldest; }
        }

        /// <summary>The sum of the fields' sizes (RFC 7541 4.1).</summary>
        internal int Size
        {
            get { return Sum[Next] - Sum[Oldest]; }
        }

        internal void Clear()
        {
            Oldest = 0;
            Kept = 0;
            Next = 0;
            Moved = 0;
            Forgotten = false;
            ValuesLost = false;
            Start[0] = 0;
            Sum[0] = 0;
        }

        /// <summary>Sets the limit. Evicts what exceeds it (RFC 7541 4.3).</summary>
        internal void SetLimit(int limit)
        {
            Limit = limit;
            Evict(0);

            // What a table of this size can hold was never forgotten.
            Forgotten &= limit > Packed.Length;
        }

        /// <summary>Whether the peer may have a field at a place below <see cref="Kept"/>.</summary>
        internal bool MayHave(int place)
        {
            return place >= Oldest || (Forgotten && Next - place <= Limit / HeaderList.FieldOverhead);
        }

        /// <summary>Evicts the oldest fields until there is room for one of a size (RFC 7541 4.4).</summary>
        /// <returns>Whether there is. A field larger than the table empties it, and is no error.</returns>
        internal bool Evict(int size)
        {
            int room = Limit - size;
            int oldest = Oldest;
            int next = Next;
            ushort[] sum = Sum;
            int end = sum[next];
            if (room < 0)
            {
                Oldest = next;
                Kept = next;
                Forgotten = false;
                return false;
            }

            while (end - sum[oldest] > room)
            {
                oldest++;
            }

            Oldest = oldest;
            if (Kept < oldest)
            {
                Kept = oldest;
            }

            return true;
        }

        /// <summary>Adds a packed field (RFC 7541 4.4). One that is larger than the table only empties it.</summary>
        internal void Insert(byte[] source, int at, int length, int size)
        {
            ushort[] start = Start;
            ushort[] sum = Sum;
            int next = Next;
            int after = sum[next] + size;
            if (after - sum[Oldest] > Limit)
            {
                if (!Evict(size))
                {
                    return;
                }

                if (sum[next] > MostSum - size)
                {
                    MoveDown(0, 0);
                    next = Next;
                    after = sum[next] + size;
                }
            }

            int end = start[next];
            if (end + length > Packed.Length || next == start.Length - 1)
            {
                if (!LeavesRoom(length) || !MoveDown(0, length))
                {
                    InsertName(source, at, size);
                    return;
                }

                next = Next;
                end = start[next];
                after = sum[next] + size;
            }

            Array.Copy(source, at, Packed, end, length);
            sum[++next] = (ushort)after;
            Next = next;
            start[next] = (ushort)(end + length);
        }

        /// <summary>Whether a field of so many octets leaves room for others.</summary>
        internal bool LeavesRoom(int length)
        {
            return !_short || length <= Packed.Length >> 1;
        }

        /// <summary>Length of what a packed field has before its value.</summary>
        internal static int NameLength(byte[] packed, int at)
        {
            return packed[at] != 0
                ? HeaderList.Prefix
                : HeaderList.Prefix + 2 + (packed[at + HeaderList.Prefix] << 8 | packed[at + HeaderList.Prefix + 1]);
        }

        /// <summary>Adds a packed field without its value, for which there is no memory. <see cref="Evict"/> said that it may be added.</summary>
        internal void InsertName(byte[] source, int at, int size)
        {
            int length = NameLength(source, at);
            int end = _short ? Reserve(0, length) : -1;
            if (end < 0)
            {
                InsertLost(size);
                return;
            }

            Array.Copy(source, at, Packed, end, length);
            LoseValue(end, length);
            Commit(length, size);
        }

        /// <summary>Makes a packed field one whose value is lost.</summary>
        internal void LoseValue(int at, int length)
        {
            Packed[at + 1] = (byte)((Packed[at + 1] & ~HeaderList.Coded) | HeaderList.ValueLost);
            Packed[at + 2] = (byte)(length >> 8);
            Packed[at + 3] = (byte)length;
            ValuesLost = true;
        }

        /// <summary>Adds a field whose octets have no place: only its size counts. <see cref="Evict"/> said that it may be added.</summary>
        internal void InsertLost(int size)
        {
            // Moved each time, because sums that no octets go with would outgrow their places.
            Kept = Next;
            Start[Next] = 0;
            MoveDown(0, 0);
            int next = Next;
            Sum[next + 1] = (ushort)(Sum[next] + size);
            Next = ++next;
            Kept = next;
            Start[next] = 0;
        }

        /// <summary>
        /// Sees to it that there is room for a field behind the newest, of which some octets are there already.
        /// <see cref="Evict"/> said that it may be added.
        /// </summary>
        /// <param name="present">Octets behind the newest field that are to be kept.</param>
        /// <param name="length">Octets in all that must fit there.</param>
        /// <returns>Where the newest field ends, or -1 if there is not as much memory; what was present is gone then.</returns>
        internal int Reserve(int present, int length)
        {
            int end = Start[Next];
            if (end + length > Packed.Length || Next == Start.Length - 1 || Sum[Next] > MostSum - Limit)
            {
                if (!MoveDown(present, length))
                {
                    return -1;
                }

                end = Start[Next];
            }

            return end;
        }

        /// <summary>
        /// Makes room as for a new field whose name is that of an older one, and copies the name to where it belongs in it.
        /// The older one may be evicted in this (RFC 7541 4.4).
        /// </summary>
        /// <param name="place">Place of the older field, whose name is text and not lost.</param>
        /// <param name="length">Length of the name.</param>
        /// <returns>
        /// <see cref="Repeated"/>; <see cref="TooLong"/> for the table, which is empty then; <see cref="NoMemory"/>.
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
                if (_short)
                {
                    LoseValues(lacking, 0);
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

        // The field of a name is gone, and the name lies before all others: it has to get behind them.
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

        // Gets so many octets at the beginning behind the others, up to where these end. What is free is all there is to do
        // it with.
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

        /// <summary>Makes the octets behind the newest field the newest.</summary>
        internal void Commit(int length, int size)
        {
            int next = Next;
            Start[next + 1] = (ushort)(Start[next] + length);
            Sum[next + 1] = (ushort)(Sum[next] + size);
            Next = next + 1;
        }

        // Slack pays for this: a packed field takes at least 24 octets less than its size, so many fields come between
        // two moves, the more the more there are to be adjusted; and spare places pay where fields are next to empty.
        //
        // False if there is not enough memory for what is present and shall become so long, even when nothing else is kept.
        private bool MoveDown(int present, int length)
        {
            Forget();
            int oldest = Oldest;
            int count = Next - oldest;
            ushort[] start = Start;
            ushort[] sum = Sum;
            if (length > Packed.Length)
            {
                return false;
            }

            if (_short && start[Next] - start[Kept] + length > Packed.Length)
            {
                LoseValues(start[Next] - start[Kept] + length - Packed.Length, present);
            }

            while (start[Next] - start[Kept] + length > Packed.Length)
            {
                Kept++;
            }

            int begin = start[Kept];
            int less = sum[oldest];
            Array.Copy(Packed, begin, Packed, 0, start[Next] - begin + present);
            for (int i = 0; i <= count; i++)
            {
                start[i] = (ushort)(start[oldest + i] - begin);
                sum[i] = (ushort)(sum[oldest + i] - less);
            }

            Oldest = 0;
            Kept -= oldest;
            Next = count;
            Moved += oldest;
            return true;
        }

        // Frees octets by forgetting values of the oldest fields, and some more octets, so that the next time is not soon.
        private void LoseValues(int octets, int present)
        {
            byte[] packed = Packed;
            ushort[] start = Start;
            octets += packed.Length >> 2;
            int to = start[Kept];
            for (int place = Kept; place < Next; place++)
            {
                int from = start[place];
                int length = start[place + 1] - from;
                int name = octets > 0 ? NameLength(packed, from) : length;
                if (name < length)
                {
                    LoseValue(from, name);
                    octets -= length - name;
                    length = name;
                }

                Array.Copy(packed, from, packed, to, length);
                start[place] = (ushort)to;
                to += length;
            }

            Array.Copy(packed, start[Next], packed, to, present);
            start[Next] = (ushort)to;
        }

        // Sees to it that the spare places will be free when everything has moved down.
        private void Forget()
        {
            int oldest = Next - _mostFields;
            if (oldest > Oldest)
            {
                Oldest = oldest;
                Kept = Kept < oldest ? oldest : Kept;
                Forgotten = true;
            }
        }
    }
}
