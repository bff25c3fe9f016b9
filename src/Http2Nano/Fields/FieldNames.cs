using System;
using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>Lists of names that are made before the server is.</summary>
    internal static class FieldNames
    {
        private const int Most = 64;

        /// <summary>A name in lower case.</summary>
        /// <exception cref="ArgumentException">It is not a token.</exception>
        internal static byte[] Lower(string name)
        {
            byte[] octets = Encoding.UTF8.GetBytes(name);
            FieldSyntax.ToLower(octets, 0, octets.Length);
            if (!FieldSyntax.IsName(octets, 0, octets.Length))
            {
                throw new ArgumentException("'" + name + "' is no name: it must be a token (RFC 9110 5.6.2).");
            }

            return octets;
        }

        /// <summary>A list with one name more, unless it has it.</summary>
        /// <exception cref="ArgumentException">There are too many.</exception>
        internal static byte[][] With(byte[][] names, byte[] octets)
        {
            int count = names == null ? 0 : names.Length;
            if (Contain(names, octets, 0, octets.Length))
            {
                return names;
            }

            if (count == Most)
            {
                throw new ArgumentException("There are " + count.ToString() + " names already: one more would take too long to look through.");
            }

            byte[][] more = new byte[count + 1][];
            for (int i = 0; i < count; i++)
            {
                more[i] = names[i];
            }

            more[count] = octets;
            return more;
        }

        /// <summary>Whether a list has a name; null has none.</summary>
        internal static bool Contain(byte[][] names, byte[] bytes, int at, int length)
        {
            for (int i = names == null ? 0 : names.Length; --i >= 0;)
            {
                if (names[i].Length == length && Octets.Equal(bytes, at, names[i], 0, length))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
