using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>Names of fields, compared and as text.</summary>
    public static class HeaderNames
    {
        /// <summary>Whether a field has a name.</summary>
        /// <param name="list">The list.</param>
        /// <param name="position">A position in this list.</param>
        /// <param name="name">The name, in lower case.</param>
        public static bool NameEquals(this HeaderList list, int position, byte[] name)
        {
            int length = list.NameLength(position);
            if (length != name.Length)
            {
                return false;
            }

            int index = list.NameIndex(position);
            return index == 0
                ? Octets.Equal(list.Storage, position + HeaderList.Prefix + 2, name, 0, length)
                : WellKnownFields.IndexOf(name, 0, length) == index;
        }

        /// <summary>The name as text. Allocates it.</summary>
        /// <param name="list">The list.</param>
        /// <param name="position">A position in this list.</param>
        public static string GetName(this HeaderList list, int position)
        {
            int index = list.NameIndex(position);
            if (index == 0)
            {
                return Encoding.UTF8.GetString(list.Storage, position + HeaderList.Prefix + 2, list.NameLength(position));
            }

            int span = WellKnownFields.Spans[index];
            return span < WellKnownFields.Rare
                ? Encoding.UTF8.GetString(WellKnownFields.Text, span >> WellKnownFields.LengthBits, span & WellKnownFields.LengthMask)
                : WellKnownFields.RareNames.Substring((span - WellKnownFields.Rare) >> WellKnownFields.LengthBits, span & WellKnownFields.LengthMask);
        }
    }
}
