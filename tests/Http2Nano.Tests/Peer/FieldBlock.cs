using System;
using System.Text;

namespace Http2Nano.Tests.Peer
{
    /// <summary>Builds a field block of literals without indexing (RFC 7541 6.2.2), valid or not.</summary>
    public class FieldBlock
    {
        /// <summary>The size of the table that <see cref="WithTable"/> asks for; the server's may not be smaller.</summary>
        public const int TableSize = 768;

        /// <summary>The block, in its first <see cref="Count"/> octets.</summary>
        public byte[] Bytes { get; private set; }

        /// <summary>Length of the block.</summary>
        public int Count { get; private set; }

        /// <summary>Makes an empty block.</summary>
        public FieldBlock()
        {
            Bytes = new byte[64];
        }

        /// <summary>The fields of a GET.</summary>
        public static FieldBlock Get(string path)
        {
            return Request("GET", path);
        }

        /// <summary>
        /// The pseudo-header fields of a request, behind a table size update to 0, as the first block after a smaller table was
        /// announced must have one (RFC 7541 4.2) and any may.
        /// </summary>
        public static FieldBlock Request(string method, string path)
        {
            return new FieldBlock().Raw(0x20).Fields(method, path);
        }

        /// <summary>The fields of a GET behind a table size update to <see cref="TableSize"/>, for blocks that use the table.</summary>
        public static FieldBlock WithTable(string path)
        {
            return new FieldBlock().Raw(0x3F, 0xE1, 0x05).Fields("GET", path);
        }

        /// <summary>Adds a field. The value may hold anything but NUL.</summary>
        public FieldBlock Add(string name, string value)
        {
            return Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        }

        /// <summary>Adds a field of any octets.</summary>
        public FieldBlock Add(byte[] name, byte[] value)
        {
            Octet(0);
            Text(name);
            Text(value);
            return this;
        }

        /// <summary>Adds octets as they are.</summary>
        public FieldBlock Raw(params byte[] octets)
        {
            for (int i = 0; i < octets.Length; i++)
            {
                Octet(octets[i]);
            }

            return this;
        }

        /// <summary>The block as an array of its own.</summary>
        public byte[] ToArray()
        {
            byte[] block = new byte[Count];
            Array.Copy(Bytes, 0, block, 0, Count);
            return block;
        }

        private FieldBlock Fields(string method, string path)
        {
            return Add(":method", method).Add(":scheme", "http").Add(":path", path).Add(":authority", "device");
        }

        private void Text(byte[] octets)
        {
            int length = octets.Length;
            if (length < 127)
            {
                Octet(length);
            }
            else
            {
                Octet(127);
                for (length -= 127; length >= 128; length >>= 7)
                {
                    Octet(length | 128);
                }

                Octet(length);
            }

            Raw(octets);
        }

        private void Octet(int octet)
        {
            if (Count == Bytes.Length)
            {
                byte[] larger = new byte[Count + (Count / 2)];
                Array.Copy(Bytes, 0, larger, 0, Count);
                Bytes = larger;
            }

            Bytes[Count++] = (byte)octet;
        }
    }
}
