using System;
using Http2Nano.Fields;
using Http2Nano.Hpack;
using Http2Nano.Http2;

namespace Http2Nano.Tracing
{
    /// <summary>
    /// The fields in the two dynamic HPACK tables (RFC 7541 2.3.2) of the connection that a <see cref="FrameTrace"/> follows.
    /// </summary>
    /// <remarks>
    /// Values are told only of fields that are known to hold no secret: never those of <c>authorization</c>, cookies, or of names that
    /// the server does not know. Allocates nothing after it was made. For the server's thread.
    /// </remarks>
    public sealed class TableView
    {
        /// <summary>The table that the client's requests refer to.</summary>
        public const int OfRequests = 0;

        /// <summary>The table that the server's responses refer to.</summary>
        public const int OfResponses = 1;

        /// <summary>Length of a value that is not told, because it may be a secret or was not kept.</summary>
        public const int Withheld = -1;

        private readonly FrameTrace _trace;
        private readonly HeaderList _fields = new HeaderList(new byte[0]);
        private DynamicTable _table;
        private int _place;

        /// <summary>Makes a view.</summary>
        /// <param name="trace">The trace whose connection it is about.</param>
        public TableView(FrameTrace trace)
        {
            _trace = trace;
        }

        /// <summary>Number of fields whose names are stored.</summary>
        /// <param name="table"><see cref="OfRequests"/> or <see cref="OfResponses"/>.</param>
        /// <returns>The number; 0 while no connection is followed.</returns>
        public int Count(int table)
        {
            Http2Connection connection = _trace.Followed;
            _table = connection == null ? null : table == OfRequests ? connection.FieldBlocks.Decoder.Table : connection.Responses.Table;
            return _table == null ? 0 : _table.Next - _table.Kept;
        }

        /// <summary>Chooses the field that the other members are about.</summary>
        /// <param name="table"><see cref="OfRequests"/> or <see cref="OfResponses"/>.</param>
        /// <param name="index">0 for the newest, whose index on the wire is 62 (RFC 7541 2.3.3).</param>
        /// <returns>Whether there is such a field.</returns>
        public bool Select(int table, int index)
        {
            if (index < 0 || index >= Count(table))
            {
                return false;
            }

            _place = _table.Next - 1 - index;
            _fields.Storage = _table.Packed;
            return true;
        }

        /// <summary>Size of the field in the table: name, value and 32 (RFC 7541 4.1).</summary>
        public int Size
        {
            get { return _table.Sum[_place + 1] - _table.Sum[_place]; }
        }

        /// <summary>Length of the name in octets; 0 for one that was not kept.</summary>
        public int NameLength
        {
            get { return _fields.NameLength(Position); }
        }

        /// <summary>Length of the value in octets, or <see cref="Withheld"/>.</summary>
        public int ValueLength
        {
            get
            {
                int position = Position;
                int lost = _fields.Storage[position] < HeaderList.StaticField ? _fields.Storage[position + 1] & HeaderList.ValueLost : 0;
                return lost != 0 || !IsHarmless(_fields.NameIndex(position)) ? Withheld : _fields.ValueLength(position);
            }
        }

        private int Position
        {
            get { return _table.Start[_place]; }
        }

        /// <summary>Copies the name.</summary>
        /// <param name="destination">Must have room for <see cref="NameLength"/> octets.</param>
        /// <param name="offset">Where the first goes.</param>
        public void CopyName(byte[] destination, int offset)
        {
            _fields.CopyName(Position, destination, offset);
        }

        /// <summary>Copies the value, without the query of a path. It must not be withheld.</summary>
        /// <param name="destination">Must have room for <see cref="ValueLength"/> octets.</param>
        /// <param name="offset">Where the first goes.</param>
        /// <returns>Number of octets.</returns>
        public int CopyValue(byte[] destination, int offset)
        {
            int length = _fields.CopyValue(Position, destination, offset);
            int query = _fields.NameIndex(Position) == FieldName.Path ? Array.IndexOf(destination, BoxedOctets.QuestionMark, offset, length) : -1;
            return query < 0 ? length : query - offset;
        }

        // What pages and servers say about themselves, their formats and their caches.
        private static bool IsHarmless(int name)
        {
            switch (name)
            {
                case FieldName.Authorization:
                case FieldName.Cookie:
                case FieldName.From:
                case FieldName.Link:
                case FieldName.Location:
                case FieldName.ContentLocation:
                case FieldName.None:
                case FieldName.ProxyAuthenticate:
                case FieldName.ProxyAuthorization:
                case FieldName.Referer:
                case FieldName.Refresh:
                case FieldName.SetCookie:
                case FieldName.Via:
                case FieldName.WwwAuthenticate:
                case FieldName.LastEventId:
                    return false;

                default:
                    return true;
            }
        }
    }
}
