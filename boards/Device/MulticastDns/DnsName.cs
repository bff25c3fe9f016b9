using System;
using System.Text;

namespace Http2Nano.Devices
{
    /// <summary>
    /// A domain name: a first label and a parent name. It is compared with names in a message, compressed or not, and
    /// written with compression pointers to names written before (RFC 1035 4.1.4). Reading and writing allocate nothing.
    /// </summary>
    public sealed class DnsName
    {
        /// <summary>The longest label in octets (RFC 1035 2.3.4).</summary>
        public const int LongestLabel = 63;

        private const int LongestName = 255;
        private const int Pointer = 0xC0;
        private const int HighestPlace = 0x3FFF;

        private readonly DnsName _parent;
        private byte[] _labels;
        private int _place;

        /// <summary>Makes a name.</summary>
        /// <param name="label">Its first label, 1 to 63 octets.</param>
        /// <param name="parent">The name that follows; null for the root.</param>
        public DnsName(string label, DnsName parent)
        {
            _parent = parent;
            Rename(label);
        }

        /// <summary>Replaces the first label.</summary>
        /// <param name="label">1 to 63 octets.</param>
        public void Rename(string label)
        {
            byte[] octets = Encoding.UTF8.GetBytes(label);
            if (octets.Length == 0 || octets.Length > LongestLabel)
            {
                throw new ArgumentException("A label of a name has 1 to 63 octets; \"" + label + "\" has " + octets.Length.ToString() + ".");
            }

            _labels = new byte[octets.Length + 1];
            _labels[0] = (byte)octets.Length;
            Array.Copy(octets, 0, _labels, 1, octets.Length);
        }

        /// <summary>Finds the end of a name in a message.</summary>
        /// <param name="message">The message.</param>
        /// <param name="at">Offset of the name.</param>
        /// <param name="count">Length of the message.</param>
        /// <returns>
        /// The offset after it; -1 when it extends past the end of the message, is longer than 255 octets, or has a pointer
        /// to anything but an earlier name after the header. So pointers cannot form a loop.
        /// </returns>
        public static int End(byte[] message, int at, int count)
        {
            int end = -1;
            int first = at;
            int octets = 0;
            while (at < count)
            {
                int length = message[at];
                if (length >= Pointer)
                {
                    int target = at + 1 < count ? (length & 0x3F) << 8 | message[at + 1] : first;
                    if (target >= first || target < DnsMessage.HeaderSize)
                    {
                        return -1;
                    }

                    end = end < 0 ? at + 2 : end;
                    first = target;
                    at = target;
                    continue;
                }

                octets += length + 1;
                if (length > LongestLabel || octets > LongestName)
                {
                    return -1;
                }

                at += length + 1;
                if (length == 0)
                {
                    return end < 0 ? at : end;
                }
            }

            return -1;
        }

        /// <summary>Whether a name in a message is this one, ignoring the case of ASCII letters (RFC 6762 16).</summary>
        /// <param name="message">The message.</param>
        /// <param name="at">Offset of the name, which <see cref="End"/> has checked.</param>
        public bool Is(byte[] message, int at)
        {
            return Compare(message, at, true) == 0;
        }

        /// <summary>Compares the octets of this name with those of a name in a message (RFC 6762 8.2).</summary>
        /// <param name="message">The message.</param>
        /// <param name="at">Offset of the name, which <see cref="End"/> has checked.</param>
        /// <returns>Negative, 0 or positive, when this one is less, equal or greater.</returns>
        public int CompareTo(byte[] message, int at)
        {
            return Compare(message, at, false);
        }

        /// <summary>Writes the name.</summary>
        /// <param name="message">Takes the name.</param>
        /// <param name="at">Offset at which to write.</param>
        /// <param name="limit">The end of the room, exclusive.</param>
        /// <param name="whole">Whether compression is not allowed.</param>
        /// <returns>The offset after it; <see cref="int.MaxValue"/> when it does not fit.</returns>
        public int Write(byte[] message, int at, int limit, bool whole)
        {
            DnsName name = this;
            while (name != null)
            {
                if (name._place != 0 && !whole)
                {
                    if (at > limit - 2)
                    {
                        return int.MaxValue;
                    }

                    message[at] = (byte)(Pointer | name._place >> 8);
                    message[at + 1] = (byte)name._place;
                    return at + 2;
                }

                int length = name._labels.Length;
                if (at > limit - length)
                {
                    return int.MaxValue;
                }

                Array.Copy(name._labels, 0, message, at, length);
                name._place = name._place == 0 && at <= HighestPlace ? at : name._place;
                at += length;
                name = name._parent;
            }

            if (at >= limit)
            {
                return int.MaxValue;
            }

            message[at] = 0;
            return at + 1;
        }

        /// <summary>Forgets names that were written from an offset on.</summary>
        public void ForgetFrom(int position)
        {
            for (DnsName name = this; name != null; name = name._parent)
            {
                name._place = name._place >= position ? 0 : name._place;
            }
        }

        private int Compare(byte[] message, int at, bool folds)
        {
            DnsName name = this;
            int own = 0;
            int left = 0;
            while (true)
            {
                if (left == 0)
                {
                    while (message[at] >= Pointer)
                    {
                        at = (message[at] & 0x3F) << 8 | message[at + 1];
                    }

                    left = message[at] + 1;
                }

                while (name != null && own == name._labels.Length)
                {
                    name = name._parent;
                    own = 0;
                }

                // The lengths of labels are compared like octets, because none of them equals a letter.
                int mine = name == null ? 0 : name._labels[own++];
                int theirs = message[at++];
                left--;
                int difference = folds ? Lower(mine) - Lower(theirs) : mine - theirs;
                if (difference != 0 || name == null)
                {
                    return difference;
                }
            }
        }

        private static int Lower(int octet)
        {
            return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
        }
    }
}
