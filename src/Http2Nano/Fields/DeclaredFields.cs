using System;
using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>
    /// What an application declares about request fields before the server is made: those that nobody reads, those that it cannot do
    /// without, and its cookies.
    /// </summary>
    public static class DeclaredFields
    {
        private const int MostNames = 64;

        /// <summary>Declares that nobody reads a field. To be called before the server is made.</summary>
        /// <param name="unread">The fields that nobody reads.</param>
        /// <param name="name">The field's name, in any case.</param>
        /// <exception cref="ArgumentException">
        /// The name is not a token, the server needs the field, or there are too many names.
        /// </exception>
        public static void Add(this UnreadFields unread, string name)
        {
            byte[] octets = Lower(name);
            int number = FieldName.IndexOf(octets);
            if (number != FieldName.None)
            {
                if (IsNeeded(number))
                {
                    throw new ArgumentException("The server itself reads " + name + ": it cannot be unread.");
                }

                Set(unread, number, true);
                return;
            }

            unread.Names = With(unread.Names, octets);
        }

        /// <summary>Declares that the application reads a field. To be called before the server is made.</summary>
        /// <param name="unread">The fields that nobody reads.</param>
        /// <param name="name">The field's name, in any case.</param>
        /// <exception cref="ArgumentException">The name is not a token.</exception>
        public static void Remove(this UnreadFields unread, string name)
        {
            byte[] octets = Lower(name);
            int number = FieldName.IndexOf(octets);
            if (number != FieldName.None)
            {
                Set(unread, number, false);
                return;
            }

            if (!unread.Contains(octets, 0, octets.Length))
            {
                return;
            }

            byte[][] names = new byte[unread.Names.Length - 1][];
            int kept = 0;
            foreach (byte[] other in unread.Names)
            {
                if (other.Length != octets.Length || !Octets.Equal(other, 0, octets, 0, octets.Length))
                {
                    names[kept++] = other;
                }
            }

            unread.Names = names;
        }

        /// <summary>Declares that the application cannot do without a field. To be called before the server is made.</summary>
        /// <param name="kept">The fields that are kept.</param>
        /// <param name="name">The field's name, in any case; at most 64 octets.</param>
        /// <exception cref="ArgumentException">The name is not a token, is too long, or there are too many names.</exception>
        public static void Add(this KeptFields kept, string name)
        {
            kept.Unread.Remove(name);
            byte[] octets = Short(Lower(name));
            int number = FieldName.IndexOf(octets);
            kept.Names = With(kept.Names, number == FieldName.None ? octets : new byte[] { 0, (byte)number });
        }

        /// <summary>
        /// Declares that the application reads a cookie, which then is kept, and that it reads no others than those declared.
        /// To be called before the server is made.
        /// </summary>
        /// <param name="kept">The fields that are kept.</param>
        /// <param name="name">The cookie's name, in the case that it has; at most 64 octets.</param>
        /// <exception cref="ArgumentException">The name is not a token, is too long, or there are too many names.</exception>
        public static void AddCookie(this KeptFields kept, string name)
        {
            kept.Unread.Remove("cookie");
            Lower(name);
            kept.Cookies = With(kept.Cookies, Short(Encoding.UTF8.GetBytes(name)));
        }

        // The pseudo-header fields (RFC 9113 8.3), and the fields that decide how the message is read.
        private static bool IsNeeded(int number)
        {
            switch (number)
            {
                case FieldName.ContentLength:
                case FieldName.Expect:
                case FieldName.Host:
                case FieldName.TransferEncoding:
                case FieldName.Connection:
                case FieldName.KeepAlive:
                case FieldName.ProxyConnection:
                case FieldName.TE:
                case FieldName.Upgrade:
                case FieldName.Protocol:
                    return true;

                default:
                    return number <= KeptFields.LastPseudo;
            }
        }

        private static void Set(UnreadFields fields, int number, bool unread)
        {
            long bit = 1L << (number & ((1 << UnreadFields.HalfBits) - 1));
            if (number >> UnreadFields.HalfBits == 0)
            {
                fields.Low = unread ? fields.Low | bit : fields.Low & ~bit;
            }
            else
            {
                fields.High = unread ? fields.High | bit : fields.High & ~bit;
            }
        }

        // A name in lower case. Refuses one that is not a token.
        private static byte[] Lower(string name)
        {
            byte[] octets = Encoding.UTF8.GetBytes(name);
            FieldSyntax.ToLower(octets, 0, octets.Length);
            if (!FieldSyntax.IsName(octets, 0, octets.Length))
            {
                throw new ArgumentException("'" + name + "' is no name: it must be a token (RFC 9110 5.6.2).");
            }

            return octets;
        }

        private static byte[] Short(byte[] octets)
        {
            if (octets.Length > KeptFields.LongestName)
            {
                throw new ArgumentException("A name of " + octets.Length.ToString() + " octets cannot be kept: at most 64 can.");
            }

            return octets;
        }

        // A list with one name more, unless it has it.
        private static byte[][] With(byte[][] names, byte[] octets)
        {
            int count = names == null ? 0 : names.Length;
            if (FieldNames.Contain(names, octets, 0, octets.Length))
            {
                return names;
            }

            if (count == MostNames)
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
    }
}
