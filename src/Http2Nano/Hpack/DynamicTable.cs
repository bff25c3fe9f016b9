using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>
    /// A dynamic table (RFC 7541 2.3.2, 4): the fields, oldest first, packed as in a <see cref="HeaderList"/>, and the
    /// offset of each.
    /// </summary>
    /// <remarks>
    /// <para>On this platform moving 4 KB with Array.Copy costs no more than a dozen additions. So the storage does not
    /// wrap around: new fields are appended, evicted ones leave a gap at the beginning, and when the end is reached
    /// everything moves down. Fields that are neighbours in the table are therefore neighbours in storage, and a run of
    /// them is copied at once.</para>
    /// <para>A packed field takes at most the octets that RFC 7541 4.1 counts for it, so storage of the table's size always
    /// suffices.</para>
    /// <para>The storage may be smaller than the table: a client may use 4,096 octets until it has acknowledged less (RFC
    /// 9113 6.5.2), and some never use less. In practice their fields take half of that, and unread values take nothing.
    /// When the storage is full, the octets of the oldest fields are dropped; their sizes stay, so that eviction remains
    /// correct. In a table that is permanently short of memory, names are kept longer than values, and a value of half the
    /// memory is not kept at all. There may be more nearly empty fields than there are places: then the oldest are
    /// forgotten with their sizes, and the table evicts later than the client, which the client cannot notice. When the
    /// limit does not exceed the memory, nothing is dropped or forgotten.</para>
    /// </remarks>
    internal sealed partial class DynamicTable
    {
        /// <summary>The largest capacity in octets.</summary>
        internal const int MaximumCapacity = 16384;

        private const int MostSum = ushort.MaxValue;

        /// <summary>
        /// Spare places for fields that a peer inserts. Nearly empty fields, which count 32 octets each, use up the places
        /// long before the storage. The spare places make the table move down, which visits each field, only once for
        /// sixteen of them (CVE-2019-9516).
        /// </summary>
        internal const int PlacesForPeers = 16;

        /// <summary>The name has been copied.</summary>
        internal const int Repeated = 1;

        /// <summary>The size of the name alone exceeds the table's limit.</summary>
        internal const int TooLong = 2;

        /// <summary>The memory is smaller than the table's limit, and too small for the name.</summary>
        internal const int NoMemory = 3;

        /// <summary>The octets of the fields; those in use are Packed[Start[Kept] .. Start[Next]).</summary>
        internal readonly byte[] Packed;

        /// <summary>
        /// The offset of each field, from Kept on. The newest is at Next - 1; Start[Next] is the offset for the next one.
        /// </summary>
        internal readonly ushort[] Start;

        /// <summary>
        /// For each field, the sum of the sizes (RFC 7541 4.1) of all fields before it since the last move. The table moves
        /// down before a sum exceeds 65,535.
        /// </summary>
        internal readonly ushort[] Sum;

        /// <summary>Place of the oldest field.</summary>
        internal int Oldest;

        /// <summary>
        /// Place of the oldest field whose name is still stored; equals Oldest while the memory suffices.
        /// </summary>
        internal int Kept;

        /// <summary>Place of the next field, one above the newest.</summary>
        internal int Next;

        /// <summary>The largest sum of the fields' sizes (RFC 7541 4.2).</summary>
        internal int Limit;

        /// <summary>
        /// Number of places by which the fields have moved down since the table was empty, for callers that keep places.
        /// </summary>
        internal int Moved;

        /// <summary>In <see cref="State"/>: the peer may still have fields older than the oldest one here.</summary>
        internal const int Forgotten = 1;

        /// <summary>In <see cref="State"/>: the table may still contain a field whose value is lost.</summary>
        internal const int ValuesLost = 2;

        /// <summary>The bits above and below: on the device each field takes 12 bytes.</summary>
        internal int State;

        /// <summary>Says which fields give way first when memory is short; null when all are alike.</summary>
        internal KeptFields Needed;

        // The memory is permanently smaller than the limit; a peer inserts fields, and there are spare places.
        private const int Short = 4;
        private const int OfPeer = 8;

        /// <summary>Makes a table. The caller sets its limit.</summary>
        /// <param name="octets">Octets of memory for fields.</param>
        /// <param name="fields">The most fields; a table of the memory's size has at most a 32nd of it.</param>
        /// <param name="ofPeer">Whether a peer inserts the fields, which takes <see cref="PlacesForPeers"/> more places.</param>
        /// <param name="isShort">Whether the memory is permanently smaller than the limit.</param>
        internal DynamicTable(int octets, int fields, bool ofPeer, bool isShort)
        {
            Packed = new byte[octets];
            State = (isShort ? Short : 0) | (ofPeer ? OfPeer : 0);
            int places = fields + 1 + (ofPeer ? PlacesForPeers : 0);
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
            State &= Short | OfPeer;
            Start[0] = 0;
            Sum[0] = 0;
        }

        /// <summary>Sets the limit. Evicts what exceeds it (RFC 7541 4.3).</summary>
        internal void SetLimit(int limit)
        {
            Limit = limit;
            Evict(0);

            // Nothing has been forgotten that a table of this size can contain.
            if (limit <= Packed.Length)
            {
                State &= ~Forgotten;
            }
        }

        /// <summary>Whether the peer may have a field at a place below <see cref="Kept"/>.</summary>
        internal bool MayHave(int place)
        {
            return place >= Oldest || ((State & Forgotten) != 0 && Next - place <= Limit / HeaderList.FieldOverhead);
        }

        /// <summary>Evicts the oldest fields until a field of the given size fits (RFC 7541 4.4).</summary>
        /// <returns>Whether it fits. A field larger than the table empties it, and is not an error.</returns>
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
                State &= ~Forgotten;
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

        /// <summary>Adds a packed field (RFC 7541 4.4). One that is larger than the table empties the table.</summary>
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
                if (!LeavesRoom(length) || !MayTakeRoom(source, at, length) || !MoveDown(0, length))
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

        /// <summary>
        /// Makes room after the newest field for the next one, a part of which is already there. <see cref="Evict"/> has
        /// returned true.
        /// </summary>
        /// <param name="present">Number of octets after the newest field to keep.</param>
        /// <param name="length">Number of octets in all that must fit.</param>
        /// <returns>
        /// The end of the newest field, or -1 if the memory is too small; then the octets present are lost.
        /// </returns>
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

        /// <summary>Adds the octets after the newest field as the newest field.</summary>
        internal void Commit(int length, int size)
        {
            int next = Next;
            Start[next + 1] = (ushort)(Start[next] + length);
            Sum[next + 1] = (ushort)(Sum[next] + size);
            Next = next + 1;
        }

        // Moving is cheap on average: a packed field takes at least 24 octets less than its size, so many fields are added
        // between two moves, the more the more there are to move; for nearly empty fields the spare places have the same
        // effect. Returns false when the octets present cannot grow to the length even if nothing else is kept.
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

            for (int which = Needed == null ? AnyValue : Unneeded; (State & Short) != 0 && which <= AnyValue && start[Next] - start[Kept] + length > Packed.Length; which++)
            {
                LoseValues(start[Next] - start[Kept] + length - Packed.Length, present, which);
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
    }
}
